"""An exchange in the words of others, to be copied: as a command for curl, and as a step of a scenario."""

from json import dumps
from shlex import quote as shell_quoted
from typing import Any
from urllib.parse import parse_qsl, quote

from workato_emulator.http.contract import Operation
from workato_emulator.http.journal import Entry
from workato_emulator.http.secrets import Secrets
from workato_emulator.text import visible

_TOKEN = '-H "Authorization: Bearer $WORKATO_API_TOKEN"'  # noqa: S105  (a variable's name)


def as_curl(entry: Entry, secrets: Secrets, host: str) -> str:
    """The same request again. The journal keeps no token, so a variable stands for it."""
    shown = entry.as_json(secrets)
    query = secrets.out_of_text(entry.query)
    path = "/".join(quote(each, safe="%:@!$&'()*+,;=~") for each in secrets.out_of_text(entry.path).split("/"))
    url = f"http://{host}{path}{f'?{query}' if query else ''}"
    method = "-I" if entry.method == "HEAD" else f"-X {shell_quoted(shown['method'])}"
    parts = [f"curl {method} {shell_quoted(url)}", _TOKEN]
    body = shown["request"]
    if body is not None:
        text = visible(body) if isinstance(body, str) else _as_json(body)
        parts += ["-H 'Content-Type: application/json'", f"--data-raw {shell_quoted(text)}"]
    return " \\\n  ".join(parts)


def as_step(entry: Entry, secrets: Secrets, operation: Operation) -> str:
    """The same call as a step, with the status that was answered. JSON is YAML as well."""
    shown = entry.as_json(secrets)
    fields: dict[str, Any] = {"call": entry.operation}
    path = _path_parameters(operation.path, secrets.out_of_text(entry.path))
    if path:
        fields["path"] = path
    query: dict[str, list[str]] = {}
    for name, value in parse_qsl(secrets.out_of_text(entry.query), keep_blank_values=True):
        query.setdefault(name, []).append(value)
    if query:
        fields["query"] = {name: values[0] if len(values) == 1 else values for name, values in query.items()}
    body = shown["request"]
    if body is not None:
        fields["raw_body" if isinstance(body, str) else "body"] = body
    if entry.unread:
        fields["strict"] = False
    if entry.status:
        fields["expect"] = {"status": entry.status}
    lines = [f"{name}: {_as_yaml(name, value)}" for name, value in fields.items()]
    return "- " + "\n  ".join(lines)


def _as_json(value: Any) -> str:  # noqa: ANN401  (JSON)
    """JSON that reads well, with what cannot be seen as JSON escapes it."""
    text = dumps(value, ensure_ascii=False)
    return text if visible(text) == text else "".join(c if visible(c) == c else dumps(c)[1:-1] for c in text)


def _as_yaml(name: str, value: Any) -> str:  # noqa: ANN401  (JSON)
    """The same with YAML's escapes, which know the characters beyond the first 65,536 by their own numbers."""
    return str(value) if name == "call" else visible(dumps(value, ensure_ascii=False))


def _path_parameters(template: str, path: str) -> dict[str, str]:
    pairs = zip(template.split("/"), path.split("/"), strict=False)
    return {name[1:-1]: value.replace("%2F", "/") for name, value in pairs if name.startswith("{")}
