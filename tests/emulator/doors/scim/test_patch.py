"""What a PATCH changes is what is stored, whatever an answer shows of it."""

from workato_emulator import Emulator

ROLE = "urn:ietf:params:scim:schemas:workato:1.0:WorkatoRole"


def test_a_role_is_removed_also_where_answers_hold_no_roles() -> None:
    """As the Developer API sees it."""
    emulator = Emulator(
        {"workspaces": {"acme": {"scim": {"token": "scim-acme"}}}, "assumptions": {"scim_roles_returned": "no"}}
    )
    scim, email = emulator.scim("acme"), "ines.faro@example.test"
    made = scim.post("/Users", json={"userName": email, ROLE: {"workato_role": "Environment manager"}}).json()
    removal = {"Operations": [{"op": "remove", "path": f"{ROLE}:workato_role"}]}

    assert ROLE not in made
    assert scim.patch(f"/Users/{made['id']}", json=removal).is_success
    members = emulator.client("acme").get("/api/members").json()["data"]
    roles = next(each["roles"] for each in members if each["email"] == email)
    assert [each["role_name"] for each in roles if each["environment_type"] == "dev"] == ["No access"]
