"""`workato-emulator journal`: what the journal of a served emulator says."""

import sys
from typing import Any

import click

from workato_emulator.cli.refused import Refused
from workato_emulator.cli.served import control_token_option, url_option
from workato_emulator.http.origins import server_at
from workato_emulator.text.error_codes.commands import JOURNAL_UNREACHABLE

_MARKS = {"well": "ok  ", "badly": "bad ", "unseen": "    "}
_OK = 200


@click.group()
def journal() -> None:
    """Say what the journal of a served emulator shows."""


@journal.command()
@url_option
@control_token_option()
def judge(url: str, control_token: str | None) -> None:
    """Judge the SCIM client whose requests the journal holds: once for each behaviour.

    Exit status: 0 when nothing was done badly, 1 when something was, 2 when the journal cannot be read.
    """
    rows: list[dict[str, Any]] = read_journal(url, control_token, "/judgement")["data"]
    for each in rows:
        where = f"  (exchange {', '.join(map(str, each['badly_in'][:5]))})" if each["badly_in"] else ""
        click.echo(f"{_MARKS[each['verdict']]} {each['sentence']}  [{each['source']}]{where}")
    sys.exit(1 if any(each["verdict"] == "badly" for each in rows) else 0)


def read_journal(url: str, token: str | None, part: str = "") -> dict[str, Any]:
    """The journal of the emulator that is served there, or a part of it. Raises `Refused`."""
    import httpx  # slow to import

    if server_at(url) is None:  # it may hold a secret, and is not shown
        raise Refused(
            "--url is not an emulator's address; write one such as http://localhost:8086", JOURNAL_UNREACHABLE
        )
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    try:
        answer = httpx.get(f"{url.rstrip('/')}/_emulator/v1/journal{part}", headers=headers)
        if answer.status_code != _OK:
            raise Refused(f"{url}: the journal cannot be read, it answers {answer.status_code}", JOURNAL_UNREACHABLE)
        document = answer.json()
        found: dict[str, Any] = {"dropped": 0, **document, "data": [*document["data"]]}
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Refused(f"{url}: no emulator answers there ({type(error).__name__})", JOURNAL_UNREACHABLE) from None
    return found
