"""`python -m workato_emulator`."""

from workato_emulator.cli import main

main(prog_name="workato-emulator")
