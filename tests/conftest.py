"""Puts this folder on the path, so that every test can `import builders`, and numpy on one thread."""

import pipelines  # noqa: F401  it sets linear algebra to one thread, so it comes before numpy
