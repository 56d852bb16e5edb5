"""`live.toml`: which workspace, by which API clients, with whose mailboxes, and what may be written there."""

import os
import re
import tomllib
from collections.abc import Mapping
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from okta_scenarios.live.exchange import SCIM
from okta_scenarios.live.probes import Need
from workato_emulator import address_of, allowed_hosts, data_center_of, did_you_mean, is_sendable

Name = Annotated[str, StringConstraints(min_length=1, max_length=255)]
Mailbox = Annotated[str, StringConstraints(pattern=r"^[^\s@]+@[^\s@]+$", max_length=254)]
Variable = Annotated[str, StringConstraints(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")]
_US = "https://workato.com"
"""The host in every example of a SCIM base URL."""
MAY = ("read", "objects", "people")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


class SettingsProblem(Exception):
    """What is wrong with the file, where, and what is allowed. It repeats no token."""


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Tokens(_Table):
    """The environment variables that hold further API clients' tokens."""

    twin: Variable | None = None
    narrow: Variable | None = None
    lister: Variable | None = None
    elsewhere: Variable | None = None


class People(_Table):
    """Mailboxes of one's own. Nobody else is ever invited, and nobody else removed."""

    mailboxes: tuple[Mailbox, ...] = ()
    collaborator: Mailbox | None = None
    known: Mailbox | None = None
    moderator: Mailbox | None = None
    last_administrator: Mailbox | None = None


class Scim(_Table):
    """The workspace's other door: its base URL, and the environment variable that holds its token."""

    base_url: Name
    token_env: Variable


class Settings(_Table):
    """The file as it is written."""

    host: Name
    token_env: Variable
    permission_model: Literal["environment_roles", "legacy_roles"] = "environment_roles"
    environments: tuple[Literal["dev", "test", "prod"], ...] = ("dev",)
    may: Literal["read", "objects", "people"] = "read"
    longest_wait: str = Field("1h", pattern=r"^[1-9][0-9]{0,4}[smhd]$")
    client_role: Name | None = None
    one_seat: bool = False
    tokens: Tokens = Tokens()
    people: People = People()
    scim: Scim | None = None

    @property
    def address(self) -> str:
        found = address_of(self.host)
        assert found is not None  # noqa: S101  (`read_settings` has looked)
        return found

    @property
    def elsewhere(self) -> Mapping[str, str]:
        """What is asked at another address: SCIM, at its base URL."""
        return {} if self.scim is None else {SCIM: self.scim.base_url.rstrip("/")}

    @property
    def scim_is_at(self) -> str | None:
        """Whether SCIM's base URL is at the workspace's `own` host or at a `us` one; None where both are the same."""
        if self.scim is None or data_center_of(self.address) == "us":
            return None
        base = origin_of(self.scim.base_url)
        return "own" if base == self.address else "us" if data_center_of(base) == "us" or base == _US else None

    @property
    def patience(self) -> timedelta:
        """The longest that is waited for anything."""
        return timedelta(seconds=int(self.longest_wait[:-1]) * _SECONDS[self.longest_wait[-1]])

    def lacks(self, need: Need) -> str | None:
        """What is missing where this need is not met; None where it is."""
        match need:
            case Need.NEW_MODEL | Need.LEGACY:
                met, what = self.permission_model == need.value, f"a workspace with permission_model {need.value!r}"
            case Need.ENVIRONMENTS:
                met, what = len(self.environments) > 1, "a second environment"
            case Need.NO_ENVIRONMENTS:
                met, what = len(self.environments) == 1, "a workspace without environments"
            case Need.CLIENT_ROLE:
                met, what = self.client_role is not None, "client_role, a client role that allows everything"
            case Need.ONE_SEAT:
                met, what = self.one_seat, "one_seat = true, a plan with one free seat"
            case Need.SCIM:
                met, what = self.scim is not None, "scim.base_url and scim.token_env"
            case Need.TWIN | Need.NARROW | Need.LISTER | Need.ELSEWHERE:
                met, what = getattr(self.tokens, need.value) is not None, f"tokens.{need.value}"
            case _:
                met, what = getattr(self.people, need.value) is not None, f"people.{need.value}"
        return None if met else what


def read_settings(file: Path) -> Settings:
    """Raises `SettingsProblem`."""
    try:
        settings = Settings.model_validate(tomllib.loads(file.read_text("utf-8")))
    except OSError as error:
        raise SettingsProblem(f"{file} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise SettingsProblem(f"{file} is not UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsProblem(f"{file} is not TOML: {error}") from None
    except ValidationError as problem:
        raise SettingsProblem(f"{file}: {_first(problem)}") from None
    if address_of(settings.host) is None:
        raise SettingsProblem(f"{file}: host: a token may not be sent there; write {allowed_hosts()}")
    if settings.scim is not None and not _may_be_trusted(settings.scim.base_url, settings.address):
        raise SettingsProblem(
            f"{file}: scim.base_url: a token may not be sent there; write what Workato shows beside the SCIM token, "
            f"such as {settings.address}/scim/v2"
        )
    if settings.environments[:1] != ("dev",):
        raise SettingsProblem(f"{file}: environments: the first should be 'dev'")
    return settings


def origin_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _may_be_trusted(base_url: str, address: str) -> bool:
    """Whether it is at the workspace's own host or at one of Workato's: tokens of both doors are sent there."""
    try:
        parts, origin = urlsplit(base_url), address_of(origin_of(base_url))
    except ValueError:  # half of an IPv6 address
        return False
    of_workato = origin is not None and data_center_of(origin) not in {"local", "private"}
    return not parts.query and not parts.fragment and (origin in {address, _US} or of_workato)


def _first(problem: ValidationError) -> str:
    error = problem.errors(include_input=False, include_url=False)[0]
    place = [str(each) for each in error["loc"]]
    if error["type"] == "extra_forbidden":
        tables: dict[str, type[BaseModel]] = {"tokens": Tokens, "people": People, "scim": Scim}
        model = tables.get(place[0], Settings) if len(place) > 1 else Settings
        return f"unknown key {place[-1]!r}{did_you_mean(place[-1], model.model_fields)}"
    return f"{'.'.join(place)}: {error['msg'].lower()}"


def tokens_of(settings: Settings) -> Mapping[str, str]:
    """The tokens by the client's name, `full` that of `token_env`. Raises `SettingsProblem`."""
    names = {"full": settings.token_env, **settings.tokens.model_dump(exclude_none=True)}
    if settings.scim is not None:
        names["scim"] = settings.scim.token_env
    found = {client: os.environ.get(variable, "") for client, variable in names.items()}
    for client, token in found.items():
        if not is_sendable(token):
            raise SettingsProblem(f"the environment variable {names[client]} is not set, or holds what is not a token")
    return found


def mark_of(address: str, workspace: str) -> str:
    """What is kept of a workspace's name: enough to know it again."""
    return sha256(f"{address}\n{workspace}".encode()).hexdigest()


def known_mark(file: Path) -> str | None:
    """The mark of the workspace that was named before; None where none was."""
    try:
        text = _mark_file(file).read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return text if re.fullmatch(r"[0-9a-f]{64}", text) else None


def remember(file: Path, mark: str) -> None:
    """Raises `OSError`."""
    _mark_file(file).write_text(f"{mark}\n", "ascii")


def _mark_file(file: Path) -> Path:
    return file.with_name(f"{file.name}.workspace")
