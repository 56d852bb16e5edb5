"""The written contracts and the app, held against each other."""
