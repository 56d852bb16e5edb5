"""Every error that we print or answer has a code, and each code its help. Whoever raises an error names its code."""

from workato_emulator.text.error_codes.catalogue import ERROR_CODES, ErrorCode, declare, with_code

__all__ = ["ERROR_CODES", "ErrorCode", "declare", "with_code"]
