"""`/_emulator/v1`: what a test harness can do, and what people can do in Workato's own pages."""
