"""Event data sets: rows in, reports out. One file a format."""
