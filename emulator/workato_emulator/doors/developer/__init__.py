"""Workato's Developer API, one module per resource."""
