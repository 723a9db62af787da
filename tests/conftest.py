import pipelines  # noqa: F401  first of all: it sets linear algebra to one thread before numpy is imported
