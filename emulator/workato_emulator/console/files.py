"""Whether a file can be written, asked before the work whose result it should hold."""

from pathlib import Path


def why_unwritable(file: Path) -> str | None:
    """Why this file could not be written, in words; None where it could. Nothing is left behind, nothing is changed."""
    try:
        if file.is_dir():
            return "this is a folder"
        if not file.parent.is_dir():
            return f"no such folder: {file.parent}"
        existed = file.exists()
        if existed and not file.is_file():
            return None  # a device or a pipe: opening one has effects
        with file.open("ab"):  # permissions do not tell all: a file system may be read-only, a name too long
            pass
        if not existed:
            file.unlink()
    except OSError as error:
        return f"the file cannot be written: {error.strerror}"
    return None
