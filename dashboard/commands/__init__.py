"""One command a file, in the table of `dashboard.cli`."""
