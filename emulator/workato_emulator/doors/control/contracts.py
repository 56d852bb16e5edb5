"""The contracts as files, for whoever generates a client or imports them into another tool."""

from starlette.responses import Response

from workato_emulator.doors.control.call import ControlCall, Routes
from workato_emulator.http.answers import ok
from workato_emulator.http.contract import contract_file, contract_files
from workato_emulator.http.own_errors import own_error
from workato_emulator.text import nearest


def listing(_call: ControlCall) -> Response:
    return ok({"data": list(contract_files())})


def one(call: ControlCall) -> Response:
    name = call.path["name"]
    if name not in contract_files():
        return own_error(404, "not_found", f"unknown contract {name!r}", suggestion=nearest(name, contract_files()))
    return Response(contract_file(name).read_bytes(), media_type="application/yaml")


ROUTES: Routes = (
    ("GET", "/openapi", "listContracts", listing),
    ("GET", "/openapi/{name}", "getContract", one),
)
