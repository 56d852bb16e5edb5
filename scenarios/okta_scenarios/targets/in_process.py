"""An emulator in this process, made anew for each scenario."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx

from okta_scenarios.targets.target import EVERYTHING, Ability, CannotBegin, Service
from workato_emulator import Clock, Emulator, Seat, Secrets, SeedProblem


@dataclass(frozen=True, slots=True)
class InProcess:
    @property
    def name(self) -> str:
        return "in process"

    @property
    def abilities(self) -> frozenset[Ability]:
        return EVERYTHING

    @property
    def terms(self) -> None:
        return None

    def begin(self, document: Mapping[str, Any], *, at: datetime, ids_seed: int) -> Service:
        consulted: set[str] = set()
        try:
            emulator = Emulator(document, clock=Clock.still(at), ids_seed=ids_seed, consulted=consulted)
        except SeedProblem as problem:
            raise CannotBegin(str(problem)) from None
        return _Within(emulator, consulted)


class _Within:
    def __init__(self, emulator: Emulator, consulted: set[str]) -> None:
        self._emulator = emulator
        self._consulted = consulted
        self.transport: httpx.BaseTransport = emulator.transport

    def transport_from(self, address: str) -> httpx.BaseTransport:
        return self._emulator.transport_from(address)

    def now(self) -> datetime:
        return self._emulator.clock.now()

    def move_clock(self, to: datetime) -> None:
        self._emulator.clock.set(to)

    def control(self, method: str, path: str, body: object = None) -> httpx.Response:
        return self._emulator.control.request(method, path, json=body)

    def export(self) -> Mapping[str, Any]:
        return self._emulator.export()

    def seats(self, workspace: str) -> Mapping[str, Seat]:
        return self._emulator.seats(workspace)

    def consulted(self) -> frozenset[str]:
        return frozenset(self._consulted)

    def secrets(self, also: Iterable[str]) -> Secrets:
        return self._emulator.secrets(also)
