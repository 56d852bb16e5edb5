"""What a workspace's activity log says, for whoever reads it."""

from collections.abc import Sequence

from workato_emulator.domain.activity import Sought, entries
from workato_emulator.domain.values import Account, AccountId, Activity, Workspace
from workato_emulator.service.work import UnitOfWork


def listing(work: UnitOfWork, workspace: Workspace, sought: Sought) -> Sequence[Activity]:
    """The entries that are asked for, in the order of their ids, either way (assumption `activity_order`)."""
    return entries(workspace, sought, work.assumptions)


def account(work: UnitOfWork, id_: AccountId) -> Account | None:
    """The account behind an id in the log; None when it is gone (see MEM-4, suspended)."""
    return work.cloud.account(id_) if id_ in work.cloud.account_keys else None
