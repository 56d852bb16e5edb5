"""From a method and a path to an operation."""

import pytest

from workato_emulator.http.routing import Route, RouteTable, leads_nowhere


class TestRouting:
    """A tree of segments."""

    def test_two_routes_for_one_operation_are_a_mistake(self) -> None:
        """Parameter names make no difference."""
        route = Route("GET", "/a/{b}", "one", str)
        with pytest.raises(ValueError, match="two routes for GET /a/"):
            RouteTable([route, Route("GET", "/a/{c}", "two", str)])

    def test_a_literal_segment_wins_over_a_parameter(self) -> None:
        """And a segment that looks like the parameter's mark is a value like any other."""
        table = RouteTable([Route("GET", "/a/{b}", "one", str), Route("GET", "/a/me", "two", str)])
        found = {path: table.find("GET", path) for path in ("/a/me", "/a/you", "/a/{}")}

        assert [each.route.operation for each in found.values() if each and each.route] == ["two", "one", "one"]
        assert [each.parameters for each in found.values() if each] == [{}, {"b": "you"}, {"b": "{}"}]
        assert [each.operation for each in table] == ["one", "two"]

    @pytest.mark.parametrize("path", ["/", "", "/a", "/a/", "/a/b/c", "/b"])
    def test_what_leads_nowhere_is_not_found(self, path: str) -> None:
        """An empty segment is no parameter's value."""
        assert RouteTable([Route("GET", "/a/{b}", "one", str)]).find("GET", path) is None

    def test_a_segment_is_decoded_and_stays_a_segment(self) -> None:
        """A slash in it is part of the name; dots, encoded or not, are nobody's name."""
        table = RouteTable([Route("GET", "/a/{b}", "one", str), Route("GET", "/a/{b}/c", "two", str)])
        found = table.find("GET", "/a/x%2Fc")

        assert (found and found.route and found.route.operation, found and found.parameters) == ("one", {"b": "x/c"})
        assert [table.find("GET", path) for path in ("/a%2Fx", "/a/..", "/a/%2E%2e/c", "/a/.")] == [None] * 4

    @pytest.mark.parametrize(
        ("path", "nowhere"),
        [
            ("/a%2Db/c", False),
            ("/a.b/.c", False),
            ("/a/b%2Fc", True),
            ("/a/%2E%2E/b", True),
            ("/a/..", True),
            ("/a\\b", True),
        ],
    )
    def test_a_path_of_odd_segments_leads_nowhere(self, path: str, nowhere: bool) -> None:
        """What is merely encoded does not."""
        assert leads_nowhere(path) is nowhere

    def test_what_leads_to_a_get_leads_to_a_head(self) -> None:
        """And a path says so of itself."""
        table = RouteTable([Route("GET", "/a", "one", str), Route("POST", "/b", "two", str)])
        found = table.find("HEAD", "/a")

        assert found is not None
        assert found.route is not None
        assert found.route.operation == "one"
        assert [each and each.allowed for each in (table.find("PUT", "/a"), table.find("HEAD", "/b"))] == [
            ("GET", "HEAD"),
            ("POST",),
        ]
