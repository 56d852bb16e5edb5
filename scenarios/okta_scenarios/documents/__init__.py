"""Documents of the repository: the rule book, the coverage, the index, the reference, the schema, Arazzo."""
