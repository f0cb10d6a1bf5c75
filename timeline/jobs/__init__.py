"""What is done with sources and the store: imports by hand and by schedule, the quarantine read again, reading anew."""
