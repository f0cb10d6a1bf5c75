"""The options of `timeline import` that a job may have."""

OPTIONS = (
    "publisher", "published-from", "format", "mapping", "dataset", "link", "follow", "allow-private", "contact",
    "jobs", "extractor",
)  # fmt: skip
