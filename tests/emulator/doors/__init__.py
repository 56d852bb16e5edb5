"""The doors, each asked in its own dialect."""
