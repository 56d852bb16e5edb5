"""What every test may lean on: Hypothesis' profiles, the order of the tests, and how much time there is.

`HYPOTHESIS_PROFILE=dev` looks for new examples; without it the examples are the same on every machine and every run.
"""

import gc
import os
import secrets
import signal
from collections.abc import Generator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from .order import ordered

settings.register_profile("dev", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile(
    "ci", settings.get_profile("dev"), max_examples=25, derandomize=True, database=None, print_blob=True
)
settings.register_profile("long", settings.get_profile("ci"), max_examples=400)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--browser", action="store_true", help="a missing browser is a failure, not a reason to skip")
    parser.addoption(
        "--long", action="store_true", help="fifty kills, a minute of soaking, and all of what else is a sample"
    )
    parser.addoption("--order", type=int, help="the seed of an earlier run, to have its order of tests again")


def pytest_configure(config: pytest.Config) -> None:
    """Tests decide their own surroundings.

    A shell starts its background jobs deaf to Ctrl-C, and what a test starts inherits that: it would never end. A
    runner of tests in several processes tells them how wide its own terminal is. Where no byte code may be kept, each
    of the many processes that are started here compiles everything anew. Nobody's own folder of kept scenarios is used.
    """
    os.environ["WORKATO_EMULATOR_CACHE"] = ""
    for name in ("COLUMNS", "PYTHONDONTWRITEBYTECODE"):
        os.environ.pop(name, None)
    if config.option.order is None:
        given = getattr(config, "workerinput", {}).get("order")
        config.option.order = secrets.randbelow(1_000_000) if given is None else given
    if config.getoption("--long"):
        settings.load_profile("long")
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:  # as under nohup
        signal.signal(signal.SIGHUP, signal.SIG_DFL)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:  # noqa: ANN401  (pytest-xdist's, which has no types)
    """All processes of one run have one order."""
    node.workerinput["order"] = node.config.option.order


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Every second process begins at the other end: in a fresh checkout no two of them compile the same module."""
    report = yield
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
    if int(worker.removeprefix("gw")) % 2 and isinstance(collector, pytest.Directory):
        report.result.reverse()
    return report


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is there when the tests begin is there until they end, and is a lot: no search for garbage looks at it."""
    gc.disable()
    result = yield
    gc.collect()
    gc.freeze()
    gc.enable()
    return result


def pytest_report_header(config: pytest.Config) -> str:
    return f"order of tests: --order {config.option.order}"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--long"):
        long = [item for item in items if item.get_closest_marker("long") is not None]
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in long]
    places = {id_: number for number, id_ in enumerate(ordered([item.nodeid for item in items], config.option.order))}
    items.sort(key=lambda item: places[item.nodeid])


@pytest.fixture(name="long", scope="session")
def _long(request: pytest.FixtureRequest) -> bool:
    """Whether somebody has time: CI does, beside its run of the whole suite."""
    return bool(request.config.getoption("--long"))
