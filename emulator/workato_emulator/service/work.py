"""One transaction: what an act reads, and what it leaves behind if it is not refused."""

from datetime import datetime

from msgspec import Struct

from workato_emulator.domain.activity import ANONYMOUS, Event, Origin, ResourceType, with_entry
from workato_emulator.domain.assumptions import Assumptions
from workato_emulator.domain.ids import IdFactory
from workato_emulator.domain.values import AccountId, Cloud, Resource, WorkspaceId


class UnitOfWork(Struct):
    """Acts replace `cloud`; whoever began the work keeps it, or drops it when the act is refused.

    `despite_refusal` is the one exception: a cloud that is kept although the act was refused, for the assumption under
    which an invitation that comes too soon starts its cool-down again.
    """

    cloud: Cloud
    now: datetime
    ids: IdFactory
    assumptions: Assumptions
    origin: Origin = ANONYMOUS
    despite_refusal: Cloud | None = None

    def record(
        self,
        workspace: WorkspaceId,
        event: Event,
        about: tuple[ResourceType, int | str, str],
        *,
        email: str | None = None,
        actor: AccountId | None = None,
        environment: str | None = None,
    ) -> None:
        """Write an act into the workspace's activity log. `about` is the resource's type, id and name.

        Without an `actor` it was the workspace's root account, as an API token is bound to the workspace and not to a
        person (Workato API: Users).
        """
        held = self.cloud.workspaces[workspace]
        type_, id_, name = about
        self.cloud = self.cloud.with_workspace(
            with_entry(
                held,
                event,
                Resource(id_, type_.value, name, email),
                actor=held.owner if actor is None else actor,
                origin=self.origin,
                now=self.now,
                assumptions=self.assumptions,
                environment=environment,
            )
        )
