"""A live workspace, asked carefully: probes as data, what is recorded of them, and what that says of our assumptions.

`exchange` is one question and its answer; only `recording` writes it, and only as `redaction` has left it.
"""
