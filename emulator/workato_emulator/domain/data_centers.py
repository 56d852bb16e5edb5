"""Where a workspace lives: data centers, their hosts, and whose token a host knows (Workato API: Introduction)."""

from collections.abc import Mapping
from typing import NamedTuple

from workato_emulator.domain.refusals import ElsewhereAtHome
from workato_emulator.domain.rules import Standing, rule
from workato_emulator.domain.values import Cloud, Workspace


class DataCenter(NamedTuple):
    """The hosts that answer for a data center, the usual one first, and the region in its tokens."""

    hosts: tuple[str, ...]
    region: str = ""


DATA_CENTERS: Mapping[str, DataCenter] = {
    "us": DataCenter(("www.workato.com", "app.workato.com"), "us"),
    "eu": DataCenter(("app.eu.workato.com",), "eu"),
    "jp": DataCenter(("app.jp.workato.com",), "jp"),
    "sg": DataCenter(("app.sg.workato.com",), "sg"),
    "au": DataCenter(("app.au.workato.com",), "au"),
    "il": DataCenter(("app.il.workato.com",), "il"),
    "cn": DataCenter(("app.workatoapp.cn",), "cn"),
    "kr": DataCenter(("app.kr.workato.com",), "kr"),
    "uk": DataCenter(("app.uk.workato.com",), "uk"),
    "trial": DataCenter(("app.trial.workato.com",), "trial"),
}
"""The public ones. A workspace on a private data center names its host instead."""

_AT_HOST: Mapping[str, str] = {host: name for name, each in DATA_CENTERS.items() for host in each.hosts}


def is_public_host(host: str) -> bool:
    return host in _AT_HOST


def hosts_of(data_center: str) -> tuple[str, ...]:
    """The hosts that answer for a data center, the usual one first. A private one is called by its host."""
    public = DATA_CENTERS.get(data_center)
    return (data_center,) if public is None else public.hosts


def token_prefix(data_center: str) -> str:
    """`wrka` and the region, where there is one: what tokens of this data center begin with."""
    public = DATA_CENTERS.get(data_center)
    return "wrka" if public is None else f"wrka{public.region}"


def data_center_at(cloud: Cloud, host: str) -> str | None:
    """The data center that answers at this host, in lower case; None for a host that belongs to nobody in particular.

    `localhost` and the like are such hosts: whoever serves the emulator there means all of it.
    """
    return _AT_HOST.get(host) or (host if host in cloud.private_hosts else None)


@rule(
    "AUTH-7",
    "A token of one data center is refused at another's host.",
    source="a public connector that asks each host until one takes the token",
    standing=Standing.OBSERVED,
)
def must_be_at_home(workspace: Workspace, data_center: str | None) -> None:
    if data_center is not None and data_center != workspace.data_center:
        raise ElsewhereAtHome
