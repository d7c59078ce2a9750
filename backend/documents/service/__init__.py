"""One file per use case: receive, adopt, develop and read, open, purge."""
