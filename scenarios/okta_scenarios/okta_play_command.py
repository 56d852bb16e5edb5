"""`workato-emulator okta-play`: play Okta's SCIM client against a server, and say what Okta would trip over.

Exit codes: 0 Okta would get along with the server, 1 it would trip over something, 2 nothing could be played.
"""

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workato_emulator.cli.refused import OneOf, Refused
from workato_emulator.console import why_unwritable
from workato_emulator.interrupts import hold_back, interruptible

if TYPE_CHECKING:
    from okta_scenarios.okta_play.player import Shown

KINDS = ("json", "junit")
SIDE_EFFECTS = (
    "this creates, changes, deactivates and deletes users of its own at {host}: "
    "add --i-accept-side-effects if that may be, or play against this machine"
)


@click.command("okta-play")
@click.argument("url")
@click.option("--token-env", metavar="NAME", required=True, help="The environment variable that holds the token.")
@click.option(
    "--app",
    type=OneOf(["custom", "catalogue"]),
    default="custom",
    show_default=True,
    help="The kind of app: custom sends only PUT, catalogue sends PATCH too.",
)
@click.option(
    "--lifecycle",
    metavar="ACT,…",
    help="What is played, in this order: connect, spec, hire, change, suspend, leave, return, import, group.",
)
@click.option("--domain", default="example.com", show_default=True, help="The domain of the people that are made up.")
@click.option("--report", "reports", multiple=True, metavar="KIND=FILE", help="Write a report: json=FILE, junit=FILE.")
@click.option("-q", "--quiet", is_flag=True, help="Only the findings and the sum.")
@click.option(
    "--i-accept-side-effects", "accepted", is_flag=True, help="Play against a server that is not on this machine."
)
def okta_play(
    url: str,
    token_env: str,
    app: str,
    lifecycle: str | None,
    domain: str,
    reports: tuple[str, ...],
    quiet: bool,
    accepted: bool,
) -> None:
    """Play Okta's SCIM client against the SCIM server at URL, and judge what the server answers.

    URL is the base URL, such as http://localhost:8086/scim/v2. Everybody whom the player writes about is made up for
    this run, and is deleted in the end, or else deactivated and listed.
    """
    with hold_back() as let_come:
        from okta_connector import ActionFailed
        from okta_scenarios.error_codes import PLAY_REFUSED
        from okta_scenarios.okta_play.player import play
        from okta_scenarios.okta_play.session import Playing
        from okta_scenarios.okta_play.telling import act_lines, as_json, as_junit, verdict_lines
        from workato_emulator import Secrets, visible
    let_come()
    token = os.environ.get(token_env, "")
    if not token:
        raise click.UsageError(f"--token-env: the environment variable {token_env!r} is empty or not set")
    _must_be_allowed(url, accepted=accepted)
    acts = _acts(lifecycle)
    files = [_report_file(text) for text in reports]
    secrets = Secrets([token])
    playing = Playing(app=app, lifecycle=acts, domain=domain)

    def tell(act: "Shown") -> None:
        if not quiet:
            for line in act_lines(act, secrets):
                click.echo(visible(line))

    with interruptible():
        try:
            report = play(url, token, playing, tell=tell, wait=time.sleep)  # noqa: TID251
        except ActionFailed as refused:
            raise Refused(refused.summary, PLAY_REFUSED) from None
        for kind, file in files:
            text = as_json(report, secrets) if kind == "json" else as_junit(report, secrets)
            file.write_text(text, encoding="utf-8", errors="backslashreplace")
        for line in verdict_lines(report, secrets):
            click.echo(visible(line))
        if report.interrupted:
            raise KeyboardInterrupt
    sys.exit(0 if report.passed else 1)


def _must_be_allowed(url: str, *, accepted: bool) -> None:
    """Raises `Refused` for a URL without a host, and for a host elsewhere that was not agreed to."""
    from okta_scenarios.error_codes import PLAY_REFUSED
    from workato_emulator import is_loopback, parts_of

    parts = parts_of(url)
    host = "" if parts is None else parts.hostname or ""
    if not host:
        raise Refused("URL names no host; write one such as https://scim.example.com/scim/v2", PLAY_REFUSED)
    if not (accepted or is_loopback(host)):
        raise Refused(SIDE_EFFECTS.format(host=host), PLAY_REFUSED)


def _acts(lifecycle: str | None) -> tuple[str, ...]:
    """The acts that were asked for. Raises `UsageError` for one that there is not."""
    from okta_scenarios.okta_play.lifecycle import ACTS
    from okta_scenarios.okta_play.session import DEFAULT_LIFECYCLE
    from workato_emulator import did_you_mean

    acts = DEFAULT_LIFECYCLE if lifecycle is None else tuple(each.strip() for each in lifecycle.split(","))
    for name in acts:
        if name not in ACTS:
            hint = did_you_mean(name, ACTS) or f"; the acts are {', '.join(ACTS)}"
            raise click.UsageError(f"--lifecycle: unknown act {name!r}{hint}")
    return acts


def _report_file(text: str) -> tuple[str, Path]:
    """What KIND=FILE asks for. Raises `UsageError` for an unknown kind and a file that could not be written."""
    kind, _, name = text.partition("=")
    if kind not in KINDS or not name:
        raise click.UsageError(f"--report takes json=FILE or junit=FILE, not {text!r}")
    reason = why_unwritable(Path(name))
    if reason is not None:
        raise click.UsageError(f"--report {text}: {reason}")
    return kind, Path(name)
