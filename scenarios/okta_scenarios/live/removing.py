"""Removes what a run made, and nothing else: by the id that it was given, or by the name that only this run gives."""

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import parse_qsl, urlsplit

from okta_connector.folding import fold
from okta_scenarios.live.exchange import Exchange, Json
from okta_scenarios.live.ledger import Item, Ledger
from okta_scenarios.live.tenant import PAGE, Tenant, paging

_GONE = frozenset({200, 204, 404})
_PAGES = 100


def removed(tenant: Tenant, item: Item, pool: Sequence[str], probe: str) -> bool:
    """Whether it is gone now. `pool` are the mailboxes of people who may be removed."""
    paths = [item.path] if item.path is not None else [*_found(tenant, item, pool, probe)]
    return all(_delete(tenant, path, probe) in _GONE for path in paths)


def clean_up(tenant: Tenant, ledger: Ledger, pool: Sequence[str]) -> list[Item]:
    """Removes what an interrupted run left; what could not be."""
    left = []
    for item in ledger.left():
        if removed(tenant, item, pool, "clean-up"):
            ledger.gone(item.number)
        else:
            left.append(item)
    return left


def _delete(tenant: Tenant, path: str, probe: str) -> int:
    answer, _ = tenant.send(Exchange("DELETE", path, 0, client="full", probe=probe, step="remove"))
    return answer.status


def _found(tenant: Tenant, item: Item, pool: Sequence[str], probe: str) -> Iterator[str]:
    """Where things of the item's very name are, or the person with its mailbox: the answer to their making was lost."""
    wanted = item.name if item.mailbox is None else fold(pool[item.mailbox])
    base = urlsplit(item.listed).path
    for row in _rows(tenant, item.listed, probe):
        shown = str(row.get("name")) if item.mailbox is None else fold(str(row.get("email")))
        if wanted and shown == wanted and "id" in row:
            yield f"{base}/{row['id']}"


def _rows(tenant: Tenant, listed: str, probe: str) -> Iterator[Mapping[str, Json]]:
    parts = urlsplit(listed)
    seen: set[object] = set()
    for number in range(1, _PAGES):
        page = paging(parts.path, number)
        query = dict(parse_qsl(parts.query)) | page
        answer, _ = tenant.send(Exchange("GET", parts.path, 0, query=query, client="full", probe=probe, step="look"))
        rows = [each for each in _list(answer.json) if each.get("id") not in seen]
        seen |= {each.get("id") for each in rows}
        yield from rows
        if len(rows) < PAGE or not page:
            return


def _list(answer: Json) -> list[Mapping[str, Json]]:
    for key in ("data", "result", "items"):
        if isinstance(answer, dict) and key in answer:
            answer = answer[key]
    return [each for each in answer if isinstance(each, dict)] if isinstance(answer, list) else []
