"""The survivors that stay, each with the reason why: `accepted.toml`, a list per package."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).with_name("accepted.toml")


@dataclass(frozen=True)
class Accepted:
    module: str
    within: str
    change: tuple[str, ...]
    why: str


def accepted() -> dict[str, list[Accepted]]:
    return {
        package: [Accepted(row["module"], row["within"], tuple(row["change"]), row["why"]) for row in rows]
        for package, rows in tomllib.loads(FILE.read_text("utf-8")).items()
    }
