"""What `serve` prints while it serves: a line for each request, and with `--verbose` its bodies.

A request only leaves a note. Notes are put into words a few times a second, all at once, and a thread of its own
writes them: whoever reads the output slowly, or not at all, keeps no client waiting.
"""

import asyncio
import json
import os
from collections.abc import Callable
from queue import Empty, Full, Queue
from threading import Thread
from time import perf_counter
from typing import NamedTuple

from starlette.responses import Response
from starlette.types import Scope

from workato_emulator.app import Serves
from workato_emulator.domain.rules import RuleOutcome
from workato_emulator.http.backend import Backend
from workato_emulator.http.exchange import Exchange
from workato_emulator.http.journal import STRICT, head_of_body, show_body
from workato_emulator.http.secrets import Secrets
from workato_emulator.text import counted, one_line

EVERY = 0.1
"""Seconds between two looks at the notes."""
_WAITING = 200
"""Batches that wait for a slow reader; what is more is counted and dropped."""
_AT_THE_END = 1.0
"""Seconds that the last lines have to get out."""


class Note(NamedTuple):
    """What a line is made of."""

    exchange: Exchange
    response: Response
    seconds: float


class Noting:
    """The app as a server asks it, with a note of each answer."""

    def __init__(self, app: Serves, note: Callable[[Note], None]) -> None:
        self._app = app
        self._note = note

    def begin(self, scope: Scope) -> Exchange:
        return self._app.begin(scope)

    def finish(self, exchange: Exchange, body: bytes | None) -> Response:
        begun = perf_counter()
        response = self._app.finish(exchange, body)
        self._note(Note(exchange, response, perf_counter() - begun))
        return response


class RequestLines:
    """Takes notes, and writes lines to a file descriptor."""

    def __init__(self, backend: Backend, output: int, *, bodies: bool = False) -> None:
        self._backend = backend
        self._bodies = bodies
        self._notes: list[Note] = []
        self._secrets: tuple[object, int, Secrets] | None = None
        self._dropped = 0
        self._writer = Writer(output)

    def noting(self, app: Serves) -> "Noting":
        """The app as a server asks it, with a note of each answer."""
        return Noting(app, self.take)

    def take(self, note: Note) -> None:
        """Within the server's event loop."""
        self._notes.append(note)
        if len(self._notes) == 1:
            asyncio.get_running_loop().call_later(EVERY, self.tell)

    def tell(self) -> None:
        """Hand over the lines of what was noted."""
        notes, self._notes = self._notes, []
        if not notes:
            return
        secrets = self._known_secrets()
        text = "".join(line_of(note, secrets, bodies=self._bodies) for note in notes)
        if self._dropped:
            text = f"{counted(self._dropped, 'line was', 'lines were')} left out: the output is read too slowly\n{text}"
        if self._writer.offer(text.encode(errors="replace")):
            self._dropped = 0
        else:
            self._dropped += len(notes)

    def close(self) -> None:
        self.tell()
        self._writer.close()

    def _known_secrets(self) -> Secrets:
        """Made anew only when there are other tokens than before."""
        backend = self._backend
        cloud, retired = backend.store.read().cloud, len(backend.retired)
        tokens = cloud.tokens, cloud.scim_tokens
        if self._secrets is None or self._secrets[0] != tokens or self._secrets[1] != retired:
            self._secrets = tokens, retired, backend.secrets()
        return self._secrets[2]


def line_of(note: Note, secrets: Secrets, *, bodies: bool = False) -> str:
    """Method, path, status, client, what refused it, and how long it took to decide."""
    exchange, response, seconds = note
    query = exchange.query_text
    target = f"{exchange.path}?{query}" if query else exchange.path
    caller = exchange.caller
    parts = [
        f"{exchange.method} {target}",
        str(response.status_code or "no answer"),
        *(() if caller is None else (f"{caller.client.name} of {caller.workspace.slug}",)),
        *(() if (refused := _refused_by(exchange)) is None else (f"refused by {refused}",)),
        *(() if exchange.fault is None else (f"fault {exchange.fault}",)),
        f"{seconds * 1_000:.1f} ms",
    ]
    lines = [one_line(secrets.out_of_text("  ".join(parts)))]
    if bodies and exchange.door != "inspector":  # whose bodies are pages
        lines += _shown("  > ", exchange.body, secrets)
        lines += _shown("  < ", bytes(response.body), secrets)
    return "".join(f"{line}\n" for line in lines)


def _refused_by(exchange: Exchange) -> str | None:
    if exchange.unread_refused:
        return STRICT
    trace = getattr(exchange, "trace", None)  # it has none if it was turned away
    met = () if trace is None else trace.met
    return next((id_ for id_, outcome in met if outcome is RuleOutcome.REFUSED), None)


def _shown(mark: str, body: bytes, secrets: Secrets) -> list[str]:
    shown = show_body(head_of_body(body), secrets)
    if shown is None:
        return []
    return [mark + one_line(shown if isinstance(shown, str) else json.dumps(shown, ensure_ascii=False))]


class Writer:
    """Writes what it is offered, in the background and in order.

    It goes past `sys.stdout`, whose lock a thread that is kept waiting would hold until after the end.
    """

    def __init__(self, output: int) -> None:
        self._output = output
        self._waiting: Queue[bytes | None] = Queue(_WAITING)
        self._thread = Thread(target=self._write_all, name="request lines", daemon=True)
        self._thread.start()

    def offer(self, text: bytes) -> bool:
        """Whether it will be written: not where too much waits already."""
        try:
            self._waiting.put_nowait(text)
        except Full:
            return False
        return True

    def close(self) -> None:
        """Let the last lines out, if somebody reads them."""
        try:
            self._waiting.put(None, timeout=_AT_THE_END)
        except Full:
            return
        self._thread.join(_AT_THE_END)

    def _write_all(self) -> None:
        while (text := self._waiting.get()) is not None:
            try:
                while text:
                    text = text[os.write(self._output, text) :]
            except OSError:  # nobody reads it any more
                self._drain()
                return

    def _drain(self) -> None:
        try:
            while True:
                self._waiting.get_nowait()
        except Empty:
            pass
