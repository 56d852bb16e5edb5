"""The connector against a fake of Workato that fits on a page."""
