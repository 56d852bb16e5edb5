"""SCIM's door."""
