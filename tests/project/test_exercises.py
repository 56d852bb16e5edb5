"""Which test calls what, found by reading."""

from pathlib import Path
from textwrap import dedent

from workato_emulator import documented

from .exercises import modules_by_operation


def found(tests: Path, text: str) -> set[str]:
    (tests / "emulator").mkdir(exist_ok=True)
    (tests / "emulator" / "world.py").write_text(
        dedent("""
            class World:
                def members(self):
                    return self.acme.get("/api/members").json()

                def remove(self, email):
                    return self.acme.delete(f"/api/members/{self.members()[email]}")
        """)
    )
    (tests / "test_it.py").write_text(dedent(text))
    return set(modules_by_operation(tests))


def test_calls_are_found_by_method_and_path(tmp_path: Path) -> None:
    """With constants filled in, parameters left open and queries put aside; `request` names its method itself."""
    text = """
        GROUPS = "/api/user_groups"

        def test_it(client, group):
            client.get(GROUPS)
            client.put(f"{GROUPS}/{group}", json={})
            client.request("DELETE", f"{GROUPS}/{group}/members?user_ids=1")
            client.get("/api/nothing")
            {}.get("x", client)
    """
    assert found(tmp_path, text) == {"listCollaboratorGroups", "updateCollaboratorGroup", "removeGroupMembers"}


def test_a_method_of_the_small_world_stands_for_its_calls(tmp_path: Path) -> None:
    """Those it makes through other methods too; the same word on anything else means nothing."""
    assert found(tmp_path, "def test_it(world):\n    world.remove('ada')\n") == {
        "listCollaborators",
        "removeCollaborator",
    }
    assert found(tmp_path, "again = World()\nagain.members()\n") == {"listCollaborators"}
    assert found(tmp_path, "names = []\nnames.remove('ada')\n") == set()


def test_the_tests_call_every_operation_that_is_served() -> None:
    """By its own path, beside the tour and the fuzzer, which call all that the contract lists."""
    called = modules_by_operation().keys()

    assert [each.serves.id for each in documented() if each.serves is not None and each.serves.id not in called] == []
