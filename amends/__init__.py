"""The command line over pipelines and dashboard."""

import pipelines  # noqa: F401  it sets linear algebra to one thread, so it comes before numpy
