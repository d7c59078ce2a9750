"""One file per use case: receive, develop and read, open, purge."""
