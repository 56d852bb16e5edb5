"""What makes a start quick changes nothing about what has started."""

import subprocess
import sys
from importlib.util import cache_from_source
from pathlib import Path

import pytest
import yaml
from faker.providers.person.en_US import Provider

from workato_emulator.http.contract import contract_file
from workato_emulator.http.parsed import parse
from workato_emulator.state.seeds.default import PEOPLE


def test_the_default_seeds_people_are_fakers() -> None:
    """First and last names stand on Faker's lists."""
    first, last = zip(*(name.split() for name in PEOPLE), strict=True)

    assert set(first) <= set(Provider.first_names)
    assert set(last) <= set(Provider.last_names)


@pytest.mark.parametrize("name", ["workato.yaml", "control.yaml"])
def test_a_contract_survives_being_kept_as_json(name: str, tmp_path: Path) -> None:
    """What a second start reads is what YAML says."""
    file = tmp_path / name
    file.write_bytes(contract_file(name).read_bytes())
    first, second = parse(file, keep=True), parse(file, keep=True)

    assert first == second == yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def test_what_is_kept_is_never_older_than_the_text(tmp_path: Path) -> None:
    """A text that changed is parsed again; a damaged copy counts for nothing; without leave nothing is written."""
    file = tmp_path / "some.yaml"
    kept = Path(cache_from_source(str(file))).with_suffix(".json")
    file.write_text("a: 1")
    assert parse(file, keep=False) == {"a": 1}
    assert not kept.exists()
    assert parse(file, keep=True) == {"a": 1}
    assert kept.exists()
    file.write_text("a: 2")
    assert parse(file, keep=True) == {"a": 2}
    kept.write_text('{"digest":')
    assert parse(file, keep=True) == {"a": 2}
    assert [each.name for each in kept.parent.iterdir()] == [kept.name]


def test_a_start_imports_no_more_than_it_needs() -> None:
    """No HTTP client, YAML, Faker, model library, schema compiler, table printer or page before the first answer."""
    heavy = {"faker", "httpx", "jinja2", "jsonschema_rs", "pydantic", "rich", "schemathesis"}
    heavy |= {"workato_emulator.doors.inspector.pages", "workato_emulator.cli.request_lines"}
    code = (
        "import sys; from workato_emulator.cli.serving import create_app, default_document, Clock;"
        "create_app(default_document(), clock=Clock.still()); print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert heavy & set(done.stdout.split()) == set()


HELD_BACK = {
    "--help": {"starlette", "uvicorn", "rich", "pydantic", "httpx", "msgspec", "yaml", "okta_org", "okta_connector"},
    "serve --help": {"starlette", "uvicorn", "rich", "pydantic", "httpx", "yaml", "okta_org", "okta_scenarios"},
    "explain INV-6": {"starlette", "uvicorn", "rich", "pydantic", "httpx", "jsonschema_rs"},
    "rules PNU-1": {"starlette", "uvicorn", "rich", "pydantic", "httpx", "jsonschema_rs"},
}
"""What a command has no use for, and would be kept waiting by."""


@pytest.mark.parametrize("line", HELD_BACK)
def test_a_command_imports_no_more_than_it_needs(line: str) -> None:
    """A server, models, clients and tables are loaded by those who serve, read, call and print them."""
    code = (
        "import sys; from workato_emulator.cli import main\n"
        f"try: main({line.split()})\n"
        "finally: print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert HELD_BACK[line] & set(done.stderr.split()) == set()
