"""The commands that need no scenarios."""
