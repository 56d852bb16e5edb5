"""The connection: from bytes to requests, and answers in their order."""
