"""The store over HTTP, to be read: the page, a JSON API, files. Nothing here writes, and nothing here prints.

Starlette and uvicorn are imported by the modules of this package, so these are imported where a server is wanted.
"""
