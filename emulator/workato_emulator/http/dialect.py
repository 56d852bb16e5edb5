"""How a door speaks where no handler does. Nothing here knows a vendor's words."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import ClassVar, TypeVar

from starlette.responses import Response

from workato_emulator.domain.assumptions import Assumptions
from workato_emulator.domain.refusals import Refusal
from workato_emulator.http.own_errors import own_error
from workato_emulator.http.values import Json

S = TypeVar("S")


class Dialect(ABC):
    """A door's words, all in one file. Where it has none of its own, those of the emulator stand for them."""

    out_of_quota: ClassVar[Mapping[str, str]] = {}
    """The headers of an answer that says that nothing may be called any more."""

    @abstractmethod
    def refusal(self, refusal: Refusal, assumed: Assumptions) -> Response:
        """The status, and the body, that a refusal has here."""

    def failure(self, number: int) -> Response:
        """A mistake of ours: nothing was done. `number` is what this exchange has in the journal."""
        return own_error(500, "emulator_error", "the emulator failed; its log says how")

    def unwritten(self, number: int) -> Response:
        """Nothing was done, because it could not be written down."""
        message = "the state file cannot be written, so nothing changed; the log says why"
        return own_error(500, "state_not_written", message)

    def plain(self, status: int) -> Json:
        """The body of a status, put there by a fault, that has nothing more to say."""
        return {"message": f"status {status}"}


def entry_for(refusal: Refusal, table: Mapping[type[Refusal], S]) -> S:
    """What a door's table says of a refusal: of its own kind, or of the nearest one that this is a kind of."""
    return next(table[kind] for kind in type(refusal).__mro__ if kind in table)
