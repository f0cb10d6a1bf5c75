"""From words to a question: what commands and the Python API ask the store, as people say it."""
