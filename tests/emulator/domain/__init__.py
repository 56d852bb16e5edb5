"""What Workato decides: each rule and each assumption, switched."""
