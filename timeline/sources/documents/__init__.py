"""What a document of a word processor or a printer says: its text in paragraphs, and its properties.

Only the worker imports what is in here, since a document can hurt who reads it. Each function gives what `made` takes.
"""
