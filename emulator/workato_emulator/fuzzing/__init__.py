"""Fuzzing the emulator against its own contracts.

`profiles` says what a run is: the contract, the world it starts in, the checks and the phases. `run` is the run itself
and the only module that needs schemathesis. The command `workato-emulator fuzz` and the tests share both.
"""
