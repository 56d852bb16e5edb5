"""API clients of a scenario: the tokens that apps hold, quotas, and names."""

from ..playing import play


def test_an_app_that_is_given_a_client_again_holds_its_new_token() -> None:
    """A token that was replaced stops the app that held it, until somebody configures the app anew."""
    result = play("""
      - workato: change_client
        client: default
        token: wrkaus-acme-second
      - okta: assign
        user: ada
        entitlements: {dev: Member}
        expect: {task: failed, invited: false}
      - okta: configure_app
        client: default
      - okta: retry_task
        user: ada
        expect: {task: none, invited: true}
    """)

    assert result.failure is None


def test_people_in_workato_need_no_quota() -> None:
    """A quota of nothing stops every API client, and no admin who works by hand."""
    result = play("""
      - workato: change_plan
        requests_per_minute: 0
      - call: listCollaboratorGroups
        expect: {status: 429}
      - workato: create_group
        group: Readers
      - workato: add_to_group
        group: Readers
        members: [ben]
        expect: {changed: [acme/groups/Readers], groups: {Readers: {members: [ben]}}}
      - workato: remove_from_group
        group: Readers
        members: [ben]
      - workato: delete_group
        group: Readers
        expect: {changed: [acme/groups/Readers], groups: {Readers: absent}}
    """)

    assert result.failure is None


def test_a_clients_name_is_its_own() -> None:
    """No name is taken by the tool, and names that look alike have tokens of their own."""
    given = """
      workspaces:
        a: {clients: {a b: {privileges: []}, a-b: {}, by hand: {privileges: []}, b-default: {privileges: []}}}
        a-b: {clients: {c: {}}}
    """
    refused = "{status: {one_of: [401, 403]}}"
    result = play(
        f"""
      - {{call: listCollaborators, workspace: a, client: a b, expect: {refused}}}
      - {{call: listCollaborators, workspace: a, client: by hand, expect: {refused}}}
      - {{call: listCollaborators, workspace: a, client: b-default, expect: {refused}}}
      - {{call: listCollaborators, workspace: a, client: a-b, expect: {{status: 200}}}}
      - {{call: listCollaborators, workspace: a-b, expect: {{status: 200}}}}
    """,
        given,
    )

    assert result.failure is None
