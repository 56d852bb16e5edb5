"""What is left of a text that holds a secret: everything but the secret, however it is quoted."""

import pytest

from workato_emulator import text_without_secrets, without_secrets


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ('{"token": "s3cr3t", "a": 1}', '{"token": "[redacted]", "a": 1}'),
        ('token: "s3cr3t" and more', 'token: "[redacted]" and more'),
        ("secret: 's3cr3t' and more", "secret: '[redacted]' and more"),
        ('token="a\\"s3cr3t" b', 'token="[redacted]" b'),
        ('{\\"token\\": \\"s3cr3t\\", \\"a\\": 1}', '{\\"token\\": \\"[redacted]\\", \\"a\\": 1}'),
        ("password=s3cr3t&name=Ada", "password=[redacted]&name=Ada"),
        ("api-key: s3cr3t, next", "api-key: [redacted], next"),
        ("Authorization: Bearer s3cr3t; x", "Authorization: [redacted]; x"),
        ('tokens: ["s3cr3t", "s4"] and more', "tokens: [redacted] and more"),
        ('{"passwords": ["a]", "s3cr3t"], "b": 2}', '{"passwords": [redacted], "b": 2}'),
        ('credential: {"a": {"b": "s3cr3t"}, "c": "]"} and more', "credential: [redacted] and more"),
        ('credential: {"a": "s3cr3t" and no end', "credential: [redacted]"),
        ('"token": "s3cr3t', '"token": "[redacted]'),
        ("token='s3cr3t", "token='[redacted]"),
        ("https://u:s3cr3t@host/p", "https://[redacted]@host/p"),
        ("jwt eyJhbGciOiJI.eyJzdWIi.c2ln tail", "jwt [redacted] tail"),
        ("Basic QWxhZGRpbg== end", "[redacted] end"),
        ("%74oken=s3cr3t", "token=[redacted]"),
    ],
)
def test_only_the_secret_is_taken_out(text: str, left: str) -> None:
    """Quotes, brackets, escapes and what follows stay."""
    assert text_without_secrets(text) == left


@pytest.mark.parametrize(
    "text", ["a token", "token:", "token: ", 'pass: "" and more', "monkey: banana", "compass: north", "wrk and -"]
)
def test_a_text_without_a_secret_is_left_alone(text: str) -> None:
    """Also where a credential is named, or a word looks like one."""
    assert text_without_secrets(text) == text


@pytest.mark.parametrize(
    ("name", "left"), [("password", "[redacted]"), ("api%4bey", "[redacted]"), ("colour", "mauve")]
)
def test_a_value_is_secret_by_the_name_that_it_stands_under(name: str, left: str) -> None:
    """Whatever it looks like, and also where the name is escaped."""
    assert without_secrets("mauve", name) == left
