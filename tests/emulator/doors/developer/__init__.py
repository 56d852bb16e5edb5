"""The Developer API, resource by resource."""
