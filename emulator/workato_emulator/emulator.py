"""The handle for tests and scenarios: an emulator in this process."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import httpx

from workato_emulator.app import create_app
from workato_emulator.clock import Clock
from workato_emulator.domain.values import Workspace
from workato_emulator.doors.control.resources import PREFIX
from workato_emulator.doors.scim.resources import PREFIX as SCIM_PREFIX
from workato_emulator.http.secrets import Secrets
from workato_emulator.state import Stored
from workato_emulator.state.documents import document_of
from workato_emulator.state.garbage import no_collection
from workato_emulator.state.seats import Seat, Seats
from workato_emulator.state.seeds import SeedDocument, default_document, parse, read_seed
from workato_emulator.transport import InProcessTransport

HOST = "http://workato.example.test"


class Emulator:
    """One isolated emulator. Clients made from it speak HTTP to it without leaving the process.

    `seed` is a document, plain data, a file, or None for the two workspaces of the default seed. Time stands still at
    `clock.EPOCH` unless another `Clock` is given. Equal arguments and equal requests give equal bytes.

    A `strict` one refuses unknown query parameters and body fields.

    `consulted`, a set, takes the id of every assumption that is read, by the building of the seed and by requests,
    until assumptions are switched or another seed is built.

    Raises `SeedProblem` for a seed that cannot be.
    """

    def __init__(
        self,
        seed: SeedDocument | Mapping[str, Any] | Path | None = None,
        *,
        clock: Clock | None = None,
        ids_seed: int = 0,
        control_token: str | None = None,
        strict: bool = False,
        consulted: set[str] | None = None,
    ) -> None:
        self.clock = Clock.still() if clock is None else clock
        with no_collection():
            self.app = create_app(
                _document(seed),
                clock=self.clock,
                ids_seed=ids_seed,
                control_token=control_token,
                strict=strict,
                consulted=consulted,
            )
        self.transport = InProcessTransport(self.app)
        self._exported: tuple[Stored, Mapping[str, Any]] | None = None
        self._seats: dict[str, Seats] = {}
        self._control_token = control_token

    @cached_property
    def control(self) -> httpx.Client:
        """A client of the control plane. Most emulators never need one, and a client takes long to make."""
        token = self._control_token
        bearer = {} if token is None else {"Authorization": f"Bearer {token}"}
        return httpx.Client(transport=self.transport, base_url=f"{HOST}{PREFIX}", headers=bearer)

    def export(self) -> Mapping[str, Any]:
        """The present state as a seed document, as the control plane exports it; not to be changed.

        While nothing changes it is the same object, so looking again costs nothing.
        """
        stored = self.app.backend.store.read()
        if self._exported is None or self._exported[0] is not stored:
            self._exported = stored, document_of(stored)
        return self._exported[1]

    def seats(self, workspace: str) -> Mapping[str, Seat]:
        """Who is in a workspace and who is invited, by folded email. Cheap, for whoever looks after every request."""
        return self._seats.setdefault(workspace, Seats()).of(self.app.backend.store.read().cloud, workspace)

    def secrets(self, also: Iterable[str] = ()) -> Secrets:
        """Takes the tokens that there are and were, and these too, out of whatever is to be shown to people."""
        return self.app.backend.secrets(also)

    def token(self, workspace: str, api_client: str | None = None) -> str:
        """The token of a workspace's API client; of its first one unless one is named. Raises `LookupError`."""
        for _, client in sorted(self._workspace(workspace).clients.items()):
            if api_client in {None, client.name}:
                return client.token
        raise LookupError(f"{workspace} has no API client {api_client!r}")

    def _workspace(self, slug: str) -> Workspace:
        cloud = self.app.backend.store.read().cloud
        id_ = cloud.slugs.get(slug)
        if id_ is None:
            raise LookupError(f"no workspace {slug!r}; there are {', '.join(sorted(cloud.slugs))}")
        return cloud.workspaces[id_]

    def client(
        self,
        workspace: str,
        *,
        api_client: str | None = None,
        token: str | None = None,
        host: str | None = None,
        address: str | None = None,
    ) -> httpx.Client:
        """A client that bears the token of this workspace, or the one given. Raises `LookupError`.

        `host` is a data center's, such as `app.eu.workato.com`; `address` is where the client calls from.
        """
        return httpx.Client(
            transport=self._from(address), base_url=_base(host), headers=self._bearer(workspace, api_client, token)
        )

    def async_client(
        self,
        workspace: str,
        *,
        api_client: str | None = None,
        token: str | None = None,
        host: str | None = None,
        address: str | None = None,
    ) -> httpx.AsyncClient:
        """The same for `async` code."""
        return httpx.AsyncClient(
            transport=self._from(address), base_url=_base(host), headers=self._bearer(workspace, api_client, token)
        )

    def scim_token(self, workspace: str) -> str:
        """The SCIM token of a workspace. Raises `LookupError` where there is none."""
        held = self._workspace(workspace)
        if held.scim is None or not held.scim.tokens:
            raise LookupError(
                f"{workspace} has no SCIM token: write one into the seed, as in `scim: {{token: scim-acme}}`"
            )
        return held.scim.tokens[-1]

    def scim(self, workspace: str, *, token: str | None = None) -> httpx.Client:
        """A client of SCIM that bears the SCIM token of this workspace, or the one given. Raises `LookupError`.

        Its paths begin behind the base URL, as in `scim.get("/Users")`.
        """
        bearer = {"Authorization": f"Bearer {self.scim_token(workspace) if token is None else token}"}
        headers = {**bearer, "Accept": "application/scim+json"}
        return httpx.Client(transport=self.transport, base_url=f"{HOST}{SCIM_PREFIX}", headers=headers)

    def transport_from(self, address: str) -> InProcessTransport:
        """A way in for callers from this address, for a client that is made elsewhere."""
        return InProcessTransport(self.app, address)

    def _from(self, address: str | None) -> InProcessTransport:
        return self.transport if address is None else self.transport_from(address)

    def _bearer(self, workspace: str, api_client: str | None, token: str | None) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token(workspace, api_client) if token is None else token}"}


def _base(host: str | None) -> str:
    return HOST if host is None else f"https://{host}"


def _document(seed: SeedDocument | Mapping[str, Any] | Path | None) -> SeedDocument:
    if seed is None:
        return default_document()
    if isinstance(seed, SeedDocument):
        return seed
    return read_seed(seed) if isinstance(seed, Path) else parse(seed)
