"""Open questions that are not about Workato: other packages register theirs, and the emulator answers none of them."""

from dataclasses import fields


def of_another_side(name: str) -> str | None:
    """What to say of an assumption that the emulator has not, where another side has it; None where nobody has."""
    from importlib.metadata import entry_points  # nobody needs it who writes no wrong name

    for side in entry_points(group="workato_emulator.assumptions"):
        if any(each.name == name for each in fields(side.load())):
            return (
                f"{name} is an assumption about {side.name}, and the emulator has no use for it; "
                f"`run --assume {name}=VALUE` switches it, and `given.assumptions` in a scenario"
            )
    return None
