"""What failed the last time, kept between runs in a small file below the working directory."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from okta_scenarios.play import ScenarioResult

FOLDER = ".workato-emulator"
FILE = "failed.json"


@dataclass(frozen=True, slots=True)
class Memory:
    """The files of the scenarios that failed. A run without a failure leaves nothing behind where nothing was.

    Remembering is a convenience: what cannot be read counts as nothing remembered, and what cannot be written is not.
    """

    folder: Path

    def failed_files(self) -> frozenset[Path]:
        """The files, resolved."""
        try:
            kept = json.loads((self.folder / FILE).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return frozenset()
        files = kept.get("failed") if isinstance(kept, dict) else None
        return (
            frozenset(Path(each) for each in files if isinstance(each, str)) if isinstance(files, list) else frozenset()
        )

    def keep(self, results: Iterable[ScenarioResult], unnoticed: Collection[str] = ()) -> None:
        """Remember these failures, and the scenarios with a claim that was `unnoticed`, by id.

        Those of scenarios that were not played this time stay.
        """
        before = self.failed_files()
        results = tuple(results)
        failed = before - {_file(each) for each in results} | {
            _file(each) for each in results if each.failure or each.id in unnoticed
        }
        if failed == before:
            return
        try:
            self.folder.mkdir(exist_ok=True)
            (self.folder / ".gitignore").write_text("*\n", encoding="utf-8")
            text = json.dumps({"failed": sorted(map(str, failed))}, indent=2)
            (self.folder / FILE).write_text(f"{text}\n", encoding="utf-8")
        except OSError:
            return


def _file(result: ScenarioResult) -> Path:
    return Path(result.file).resolve()
