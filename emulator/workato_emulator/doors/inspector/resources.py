"""Every page, by its path."""

from workato_emulator.doors.inspector import acts, files, people, person, requests, session, world
from workato_emulator.doors.inspector.visit import PageHandler
from workato_emulator.http.routing import Route, RouteTable


def page_routes() -> RouteTable[PageHandler]:
    return RouteTable(
        Route(method, f"/_emulator{path}", name, handler)
        for method, path, name, handler in (
            ("GET", "/", "people", people.home),
            ("GET", "/workspaces/{workspace}/people/{email}", "person", person.person),
            ("GET", "/workspaces/{workspace}/groups/{group}", "group", people.group),
            ("GET", "/requests", "requests", requests.listing),
            ("GET", "/requests/live", "live", requests.live),
            ("GET", "/requests/{seq}", "request", requests.one),
            ("GET", "/world", "world", world.overview),
            ("GET", "/world/rules", "rules", world.rules),
            ("GET", "/world/rules/{rule}", "rule", world.rule),
            ("GET", "/world/assumptions", "assumptions", world.assumptions),
            ("GET", "/world/differences", "differences", world.differences),
            ("GET", "/session", "askForToken", session.ask_for_token),
            ("POST", "/session", "openSession", session.open_session),
            ("POST", "/acts/{act}", "act", acts.perform),
            ("GET", "/look/{file}", "file", files.file),
        )
    )
