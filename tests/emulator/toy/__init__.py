"""A door that no product has: a folder with a dialect, a contract, one resource, and a class."""
