"""One run: an Okta org of its own, the server, and a judge between them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import httpx

from okta_connector.scim import AppKind, ScimConnector, ScimSettings, connect_scim
from okta_org import AppSettings, CheckResult, ImportResult, OktaOrg, OktaRefusal
from okta_scenarios.okta_play.cleaning import Left, clean, patient
from okta_scenarios.okta_play.judging import Finding, Judge, Level, users_in
from okta_scenarios.okta_play.lifecycle import ACTS
from okta_scenarios.okta_play.others import Others
from okta_scenarios.okta_play.recording import Exchange, Guarded
from okta_scenarios.okta_play.session import APP, Player, Playing, filter_by
from workato_emulator import EPOCH

APP_KINDS: Mapping[str, AppKind] = {"custom": "custom", "catalogue": "catalogue_patch"}
CLEANING = "clean up"
REFUSED = range(400, 500)


@dataclass(frozen=True, slots=True)
class Shown:
    """What came of an act: what was said, and what an Okta admin sees of it."""

    name: str
    exchanges: tuple[Exchange, ...]
    okta: tuple[str, ...]
    others: Others = field(repr=False)


@dataclass(frozen=True, slots=True)
class Report:
    """A run from its beginning to its end. `judged` names the rules that came up."""

    server: str
    app: str
    acts: tuple[Shown, ...]
    judged: tuple[str, ...]
    findings: tuple[Finding, ...]
    left: tuple[Left, ...]
    others: Others = field(repr=False)
    interrupted: bool = False

    @property
    def trips(self) -> tuple[Finding, ...]:
        """What Okta would trip over."""
        return tuple(each for each in self.findings if each.rule.level is Level.TRIPS)

    @property
    def passed(self) -> bool:
        return not self.trips and not self.interrupted


def play(
    url: str,
    token: str,
    playing: Playing | None = None,
    *,
    transport: httpx.BaseTransport | None = None,
    tell: Callable[[Shown], None] = lambda _: None,
    wait: Callable[[float], None] | None = None,
) -> Report:
    """Play a lifecycle against a SCIM server, judge it, and take away whatever was made.

    Requests are sent one at a time. `tell` hears of each act when it is over. However a run ends it cleans up; one that
    is interrupted says so. `wait` lets a clean-up wait where a rate limit says how long. Raises `ActionFailed` for a
    URL or a token that cannot be used.
    """
    playing = playing or Playing()
    others = Others(playing.run)
    wire = Guarded(transport or httpx.HTTPTransport(), others)
    with connect_scim(url, token, transport=wire, timeout=playing.timeout) as http:
        wire.base = http.base_url.raw_path.decode("ascii").rstrip("/")
        player = Player(_org(playing, http), wire, http, Judge.new(), playing)
        acts: list[Shown] = []
        interrupted, failed = False, True
        try:
            for name in playing.lifecycle:
                acts.append(_act(player, name))
                tell(acts[-1])
            failed = False
        except KeyboardInterrupt:
            interrupted, failed = True, False
        finally:
            if failed:
                _clean(player, wait)
        try:
            left = _clean(player, wait)
        except KeyboardInterrupt:
            interrupted = True
            left = _clean(player, wait)
        acts.append(Shown(CLEANING, tuple(each for each in wire.exchanges if each.act == CLEANING), (), others))
        tell(acts[-1])
    for stranger in wire.withheld:
        player.judge.say("STRANGER", False, stranger, "Okta would have overwritten a user that this run did not make")
    return Report(
        url,
        playing.app,
        tuple(acts),
        tuple(player.judge.judged),
        tuple(replace(each, what=others.out_of_text(each.what)) for each in player.judge.found.values()),
        left,
        others,
        interrupted,
    )


def _org(playing: Playing, http: httpx.Client) -> OktaOrg:
    """An org with one app, which asks for nothing that Workato alone has."""
    org = OktaOrg(f"okta-play-{playing.run}", lambda: EPOCH)
    with_groups = "group" in playing.lifecycle
    kind = APP_KINDS[playing.app]
    connector = ScimConnector(http, ScimSettings(kind, ("display_name",), with_groups))
    settings = AppSettings(
        road="scim",
        mapping=("display_name",),
        governance=False,
        import_groups=False,
        push_groups=with_groups,
        auto_confirm=False,
        auto_confirm_new=False,
    )
    org.add_app(APP, connector, settings, label=playing.app)
    return org


def _act(player: Player, name: str) -> Shown:
    """Play one act and say what Okta shows of it."""
    player.wire.act = name
    said, logged = len(player.wire.exchanges), len(player.org.log)
    answers: list[str] = []
    try:
        answer = ACTS[name](player)
        if isinstance(answer, CheckResult):
            answers.append(answer.message or "Connector configured successfully")
            player.say("LIFECYCLE", answer.ok, answer.message or "")
        if isinstance(answer, ImportResult):
            answers.append(answer.error or f"{answer.scanned} scanned")
            player.say("LIFECYCLE", answer.error is None, answer.error or "")
    except (OktaRefusal, LookupError) as refused:
        answers.append(f"Okta refuses: {refused}")
        player.say("LIFECYCLE", False, str(refused))
    exchanges = tuple(player.wire.exchanges[said:])
    for exchange in exchanges:
        player.judge.hear(exchange)
    events = (f"{each.type} {each.outcome}" for each in player.org.log[logged:])
    for task in player.org.tasks.open:
        answers.append(f"task {task.state}: {task.message}")
        player.say("LIFECYCLE", False, task.message)
    others = player.wire.others
    return Shown(name, exchanges, (*map(others.out_of_text, answers), *events), others)


def _clean(player: Player, wait: Callable[[float], None] | None) -> tuple[Left, ...]:
    """Take away what was made, also by a creation that was never answered, or with a wrong id: its name is known."""
    player.wire.act = CLEANING
    send = player.send if wait is None else patient(player.send, wait)
    for address in (*player.people.values(), f"{player.prefix}spec@{player.domain}"):
        sent = [each for each in player.wire.exchanges if each.method == "POST" and address in str(each.sent)]
        if any(each.status not in REFUSED for each in sent):
            for user in users_in(send("GET", filter_by(address))):
                found = user.get("id")
                if str(user.get("userName")).casefold() == address.casefold() and isinstance(found, str) and found:
                    player.wire.made["Users", found] = None
    return clean(send, tuple(player.wire.made))
