"""YAML files of ours, parsed once per change and not once per start.

Reading a contract takes longer than everything else at start together. What came of it is therefore kept as JSON in
Python's own cache of byte code, beside the digest of the text; a text that has changed is parsed again. Where nothing
may be written there (`PYTHONDONTWRITEBYTECODE`, a read-only install) each start parses anew.
"""

import json
import os
import sys
from contextlib import suppress
from hashlib import blake2b
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any


def parse(file: Path, *, keep: bool = not sys.dont_write_bytecode) -> dict[str, Any]:
    """The mapping in this YAML file, which holds nothing that JSON could not say; kept for the next start or not."""
    text = file.read_bytes()
    digest = blake2b(text, digest_size=16).hexdigest()
    kept = Path(cache_from_source(str(file))).with_suffix(".json")
    with suppress(OSError, ValueError, KeyError, TypeError):
        found = json.loads(kept.read_bytes())
        if found["digest"] == digest:
            return dict(found["document"])
    import yaml  # needed by the first start after a change only

    from workato_emulator.text.scanner import LOADER

    document: dict[str, Any] = yaml.load(text, LOADER)  # noqa: S506  (a safe one)
    if keep:
        with suppress(OSError):
            _keep(kept, {"digest": digest, "document": document})
    return document


def _keep(place: Path, what: dict[str, Any]) -> None:
    """Written beside and moved, so that nobody reads half of it."""
    place.parent.mkdir(exist_ok=True)
    beside = place.with_suffix(f".{os.getpid()}")
    beside.write_text(json.dumps(what), encoding="utf-8")
    beside.replace(place)
