"""Every page, by its path."""

from workato_emulator.doors.inspector import acts, files, people, person, requests, session, world
from workato_emulator.doors.inspector.visit import PageHandler
from workato_emulator.http.routing import Route, RouteTable


def page_routes() -> RouteTable[PageHandler]:
    return RouteTable(
        Route(method, f"/_emulator{path}", name, handler)
        for method, path, name, handler in (
            ("GET", "/", "people", people.list_people),
            ("GET", "/workspaces/{workspace}/people/{email}", "person", person.show_person),
            ("GET", "/workspaces/{workspace}/groups/{group}", "group", people.show_group),
            ("GET", "/requests", "requests", requests.list_exchanges),
            ("GET", "/requests/live", "live", requests.follow_exchanges),
            ("GET", "/requests/{seq}", "request", requests.show_exchange),
            ("GET", "/world", "world", world.show_world),
            ("GET", "/world/rules", "rules", world.list_rules),
            ("GET", "/world/rules/{rule}", "rule", world.show_rule),
            ("GET", "/world/assumptions", "assumptions", world.list_assumptions),
            ("GET", "/world/differences", "differences", world.compare_points),
            ("GET", "/session", "askForToken", session.ask_for_token),
            ("POST", "/session", "openSession", session.open_session),
            ("POST", "/acts/{act}", "act", acts.perform),
            ("GET", "/look/{file}", "file", files.send_file),
        )
    )
