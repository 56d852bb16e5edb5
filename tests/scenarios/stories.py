"""Stories that hold, fail, claim in vain or are about something else, and files of them."""

from pathlib import Path

from .playing import text_of

INVITED = "{okta: assign, user: ada, entitlements: {dev: Member}, expect: {invited: %s}, proves: [PNU-1]}"
HOLDS = f"- {INVITED % 'true'}"
FAILS = f"- {INVITED % 'false'}"
DEAF = HOLDS.replace("invited: true", "member: absent")
OTHER = "- {call: listCollaborators, token: wrong, expect: {status: 401}, proves: [AUTH-1]}"


def write_stories(folder: Path, *stories: str) -> list[Path]:
    """Files of these steps, numbered from SC-001."""
    files = []
    for number, steps in enumerate(stories, 1):
        file = folder / f"SC-{number:03}.yaml"
        file.write_text(text_of(steps, id_=file.stem), encoding="utf-8")
        files.append(file)
    return files
