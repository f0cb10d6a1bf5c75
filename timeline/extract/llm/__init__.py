"""A second extractor: a language model behind a chat-completions endpoint says what happened, and the article's own
words decide whether it did. Pure but for the `Chat` that it is given; docs/extractors.md tells what is sent and kept.
"""
