"""An answer that goes on, under a server of somebody else's."""

import asyncio

from starlette.types import Message

from workato_emulator.http.live import Live


def test_an_answer_that_goes_on_tells_what_is_new_until_its_reader_leaves() -> None:
    """It begins with what was there. After the reader has left, nobody is listened to and nothing is sent."""
    news = [b"new"]
    incoming = ["http.request", "http.disconnect"]
    sent: list[Message] = []
    listened = 0

    async def converse() -> None:
        told = asyncio.Event()

        async def receive() -> Message:
            nonlocal listened
            listened += 1
            if listened == len(incoming):
                await told.wait()
            return {"type": incoming[listened - 1]}

        async def send(message: Message) -> None:
            sent.append(message)
            if message.get("body") == b"new":
                told.set()

        answer = Live(b"old", lambda: news.pop() if news else b"", {"content-type": "text/event-stream"})
        await answer({"type": "http"}, receive, send)

    asyncio.run(asyncio.wait_for(converse(), timeout=5))

    assert listened == len(incoming)
    assert sent == [
        {"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/event-stream")]},
        {"type": "http.response.body", "body": b"old", "more_body": True},
        {"type": "http.response.body", "body": b"new", "more_body": True},
    ]
