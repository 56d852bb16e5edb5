"""All that is known of each person when a rehearsal is over."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from okta_connector.folding import fold
from okta_org import AppUser, UserStatus
from okta_scenarios.language.plan import Plan
from okta_scenarios.play.harness import Harness
from okta_scenarios.rehearsal.outcome import Entry, OpenTask
from okta_scenarios.rehearsal.watching import Turn, Watch
from workato_emulator import Seat


@dataclass(frozen=True, slots=True)
class Person:
    """All that is known of one person in one workspace when the rehearsal is over."""

    short: str
    in_okta: bool
    workspace: str
    before: Seat | None
    after: Seat | None
    turns: tuple[Turn, ...]
    entries: tuple[Entry, ...]
    accounts: tuple[tuple[str, AppUser], ...]
    apps: tuple[tuple[str, str], ...]
    """The orgs and apps that the person has, or had, for this workspace."""
    tasks: tuple[str, ...]
    leaves: bool
    deactivated: bool
    okta_name: str
    addresses: frozenset[str]
    """What Okta knows the person by, folded."""
    removes: bool
    """Whether an app is to remove people whom Okta takes it from."""
    shares_with: str | None
    orgs: tuple[str, ...]


def people_of(
    plan: Plan, harness: Harness, watch: Watch, leavers: frozenset[str], tasks: tuple[OpenTask, ...]
) -> Iterator[Person]:
    seats = {slug: harness.service.seats(slug) for slug in watch.workspaces}
    keys = _addresses_by_person(harness, watch, seats)
    tasks_of: dict[tuple[str, str], list[str]] = defaultdict(list)
    for task in tasks:
        tasks_of[harness.connections[task.org, task.app].workspace, task.about].append(task.message)
    orgs_of = _orgs_of(harness)
    for (slug, short), addresses in keys.items():
        key = next(iter(addresses), "")
        places = tuple(
            place for place in sorted(watch.assigned.get(short, ())) if harness.connections[place].workspace == slug
        )
        yield Person(
            short=short,
            in_okta=short in orgs_of,
            workspace=slug,
            before=watch.start[slug].get(key),
            after=seats[slug].get(key),
            turns=tuple(turn for each in addresses for turn in watch.turns.get((slug, each), ())),
            entries=tuple(watch.entries.get(short, ())),
            accounts=tuple(
                (org, account)
                for org, app in places
                if short in harness.orgs[org].users and (account := harness.orgs[org].app_user(short, app)) is not None
            ),
            apps=places,
            tasks=tuple(dict.fromkeys(tasks_of.get((slug, short), ()))),
            leaves=short in leavers,
            deactivated=_is_deactivated(harness, short),
            okta_name=_okta_name(harness, short),
            addresses=_addresses(harness, short),
            removes=all(_removes(harness, place) for place in places),
            shares_with=plan.shared.get(short),
            orgs=orgs_of.get(short, ()),
        )
    placed = {short for _, short in keys}
    for short, orgs in orgs_of.items():
        if short not in placed:
            yield Person(
                short, True, "", None, None, (), tuple(watch.entries.get(short, ())), (), (), (), short in leavers,
                _is_deactivated(harness, short), _okta_name(harness, short),
                _addresses(harness, short), True, plan.shared.get(short), orgs,
            )  # fmt: skip


def _addresses_by_person(
    harness: Harness, watch: Watch, seats: Mapping[str, Mapping[str, Seat]]
) -> Mapping[tuple[str, str], Mapping[str, None]]:
    """The folded addresses of each person in each workspace. Whom Okta has linked comes first."""
    keys: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for slug in watch.workspaces:
        for key, seat in watch.start[slug].items():
            keys[slug, harness.people.short_of(seat.email)][key] = None
    for (slug, key), turns in watch.turns.items():
        came = turns[0].after or turns[0].before
        keys[slug, harness.people.short_of(key if came is None else came.email)][key] = None
    for short, held in watch.assigned.items():
        for place in held:
            slug, key = watch.seat_of(short, *place)
            known = key in watch.start[slug] or (slug, key) in watch.turns
            keys[slug, short] |= {key: None} if known else {}
    for slug, short, key in _linked(harness, seats):
        keys[slug, short] = {key: None} | keys[slug, short]
    return keys


def _linked(harness: Harness, seats: Mapping[str, Mapping[str, Seat]]) -> Iterator[tuple[str, str, str]]:
    """Workspace, person and folded address of every account that Okta knows by the id of somebody in Workato."""
    by_id = {slug: {seat.member_id: key for key, seat in there.items()} for slug, there in seats.items()}
    for name, org in harness.orgs.items():
        for account in org.app_users:
            slug = harness.connections[name, account.app].workspace
            if account.external_id is not None and account.external_id in by_id[slug]:
                yield slug, account.user, by_id[slug][account.external_id]


def _orgs_of(harness: Harness) -> Mapping[str, tuple[str, ...]]:
    """The orgs of everybody who is or was in one."""
    found: dict[str, list[str]] = defaultdict(list)
    for name, org in harness.orgs.items():
        for short in org.users:
            found[short].append(name)
    return {short: tuple(names) for short, names in found.items()}


def _okta_name(harness: Harness, short: str) -> str:
    held = (org.users[short].display_name for org in harness.orgs.values() if short in org.users)
    return next(held, "")


def _addresses(harness: Harness, short: str) -> frozenset[str]:
    """What Okta calls somebody, or did at first: username, email, and app usernames that differ from it."""
    held = [org for org in harness.orgs.values() if short in org.users]
    named = {address for org in held for address in (org.users[short].login, org.users[short].email)}
    named |= {app.user_names[short] for org in held for app in org.apps.values() if short in app.user_names}
    first = harness.people[short]
    return frozenset(map(fold, {*named, first.user_name, first.email}))


def _is_deactivated(harness: Harness, short: str) -> bool:
    states = [org.users[short].status for org in harness.orgs.values() if short in org.users]
    return bool(states) and all(state is UserStatus.DEPROVISIONED for state in states)


def _removes(harness: Harness, place: tuple[str, str]) -> bool:
    settings = harness.orgs[place[0]].apps[place[1]].settings
    return settings.active and settings.provisioning and settings.deactivate_users
