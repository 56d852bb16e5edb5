"""Scenarios on a Dask cluster of two workers: the same report, and a worker that dies costs no result."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from click.testing import CliRunner, Result

from okta_scenarios.audit import trials
from okta_scenarios.bundled import suites
from okta_scenarios.cli import audit, run
from okta_scenarios.cluster import Cluster, ClusterUnusable, must_be_private
from okta_scenarios.selection import library
from okta_scenarios.workers import Job, Workers

from .clusters import LocalCluster, local_cluster

pytestmark = pytest.mark.socket

FOLDER = suites() / "em"
NOWHERE = "tcp://127.0.0.1:9"


@pytest.fixture(name="cluster")
def _cluster(tmp_path: Path, *, long: bool) -> Iterator[LocalCluster]:
    if not long:
        pytest.skip("a cluster takes long to start: --long")
    pytest.importorskip("distributed", reason="Dask is not installed: pip install -e '.[cluster]'")
    with local_cluster(tmp_path) as started:
        yield started


def invoke(command: object, *words: object) -> Result:
    assert callable(command)
    return CliRunner().invoke(command, [str(each) for each in words])  # type: ignore[arg-type]


def reported(file: Path, *words: object) -> object:
    """The report of a run, but for its timing."""
    result = invoke(run, FOLDER, "--sweep", "--report", f"json={file}", *words)
    assert result.exit_code == 0, result.output
    report = json.loads(file.read_text(encoding="utf-8"))
    del report["timing"]
    return report


@pytest.mark.slow
def test_a_cluster_gives_the_same_report(cluster: LocalCluster, tmp_path: Path) -> None:
    """Scenarios, rules and a sweep; `audit` says the same as well."""
    there = reported(tmp_path / "there.json", "--cluster", cluster.address)
    here = reported(tmp_path / "here.json", "-n", "1")

    assert there == here
    assert invoke(audit, FOLDER, "--cluster", cluster.address).output == invoke(audit, FOLDER, "-n", "1").output


@pytest.mark.slow
def test_a_worker_that_dies_costs_no_result(cluster: LocalCluster) -> None:
    """What it had in hand, and the scenarios that it held for others, are made again by the one that is left."""
    job = Job(tuple(library((suites() / "pud", FOLDER))), 0)
    with Workers(job, cluster=cluster.address) as workers:
        playing = workers.play()
        results = [next(playing)]
        cluster.workers[0].kill()
        results += playing
        outcomes = list(workers.vary(trials(job.scenarios, results, {})[:20]))
    with Workers(job, processes=1) as alone:
        assert results == list(alone.play())
        assert outcomes == list(alone.vary(trials(job.scenarios, results, {})[:20]))


@pytest.mark.slow
def test_a_cluster_without_workers_is_given_up(cluster: LocalCluster) -> None:
    """When the last one dies in the middle, the run ends with a message and no result is made up."""
    job = Job(tuple(library((suites() / "pud",))), 0)
    with Workers(job, cluster=cluster.address) as workers:
        playing = workers.play()
        next(playing)
        for worker in cluster.workers:
            worker.kill()
        with pytest.raises(ClusterUnusable, match="no worker is left"):
            list(playing)


@pytest.mark.parametrize(
    ("address", "why"),
    [
        pytest.param("tcp://10.0.0.1:8786", "needs tls://", id="in-the-clear"),
        pytest.param("tcp://scheduler.example.test:8786", "needs tls://", id="a-name-in-the-clear"),
        pytest.param("http://127.0.0.1:8786", "write one such as tcp://", id="another-protocol"),
        pytest.param("127.0.0.1:8786", "write one such as tcp://", id="no-protocol"),
        pytest.param("tcp://127.0.0.1", "write one such as tcp://", id="no-port"),
        pytest.param("tcp://127.0.0.1:many", "write one such as tcp://", id="no-number"),
        pytest.param("tcp://[::1", "write one such as tcp://", id="half-of-an-IPv6-address"),
        pytest.param("tcp://[a]:8786", "write one such as tcp://", id="a-name-in-brackets"),
    ],
)
def test_an_address_that_strangers_could_listen_to_is_refused(address: str, why: str) -> None:
    """What travels to a cluster is code: in the clear it stays on this machine."""
    with pytest.raises(ClusterUnusable, match=why):
        must_be_private(address)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:8786", "tcp://[::1]:8786", "tcp://localhost:1", "tls://far:8786"])
def test_an_address_of_this_machine_or_behind_tls_is_taken(address: str) -> None:
    """Whether anything answers there is another question."""
    must_be_private(address)


def test_where_dask_is_not_installed_the_message_says_how(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is an extra, which most never need."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    result = invoke(run, FOLDER, "--cluster", NOWHERE)

    assert result.exit_code == 2
    assert result.output == (
        "--cluster needs Dask, which is not installed: pip install 'workato-emulator[cluster]'  [RUN-8]\n"
    )


@pytest.mark.parametrize(
    ("words", "message"),
    [
        pytest.param(("-n", "2"), "leave out -n", id="processes"),
        pytest.param(("--target", "http://localhost:8086"), "leave out one of them", id="a-target"),
    ],
)
def test_a_cluster_is_the_one_place_to_play(words: tuple[str, ...], message: str) -> None:
    """Not beside processes here, and not at a served emulator."""
    result = invoke(run, FOLDER, "--cluster", NOWHERE, *words)

    assert result.exit_code == 2
    assert message in result.output


def test_a_cluster_behind_tls_needs_certificates() -> None:
    """Dask keeps them in its own configuration; without any the message says so."""
    distributed: ModuleType = pytest.importorskip("distributed", reason="Dask is not installed")
    assert distributed.Security().tls_ca_file is None

    with pytest.raises(ClusterUnusable, match="needs certificates"), Cluster("tls://127.0.0.1:9", None):
        pass
