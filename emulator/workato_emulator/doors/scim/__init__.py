"""Workato's SCIM 2.0 API: people provisioned by an identity provider."""
