"""Scheduled imports: when they are due (`schedule`, `due`), one of them (`running`), all of them (`daemon`)."""
