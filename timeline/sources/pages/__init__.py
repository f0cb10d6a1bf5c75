"""What a web page says: its text among the furniture, and what it states about itself.

Only the worker imports what is in here: it stands on lxml, trafilatura and htmldate.
"""
