"""Playing on a Dask cluster: other processes, perhaps on other machines, take the same tasks as those of this one.

Dask does what a cluster needs: it hands out tasks, and again to somebody else where a worker is gone. The workers have
this tool installed, in the same version. What travels is pickled, so a cluster that others can reach has to speak TLS:
whoever can talk to a scheduler can run anything on its workers.
"""

from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from workato_emulator import is_loopback, parts_of

S = TypeVar("S")
T = TypeVar("T")
R = TypeVar("R")

PATIENCE = 10.0
"""Seconds until a cluster that does not answer, or has no worker, is given up."""
INSTALL = "pip install 'workato-emulator[cluster]'"


class ClusterUnusable(Exception):
    """Nothing can be played at this cluster, for this reason."""


class Cluster(Generic[S]):
    """What every task needs (`shared`) is sent once. Use as a context manager. Raises `ClusterUnusable`."""

    def __init__(self, address: str, shared: S) -> None:
        must_be_private(address)
        self.address = address
        self._shared = shared
        self._client: Any = None
        self._sent: Any = None
        self._futures: list[Any] = []

    def __enter__(self) -> Self:
        try:
            import distributed
        except ModuleNotFoundError as error:
            if error.name != "distributed":
                raise
            raise ClusterUnusable(f"--cluster needs Dask, which is not installed: {INSTALL}") from None
        dask: Any = distributed  # which has no types
        if self.address.startswith("tls:") and dask.Security().tls_ca_file is None:
            raise ClusterUnusable(f"{self.address} needs certificates: Dask's configuration, distributed.comm.tls")
        try:
            self._client = dask.Client(self.address, timeout=PATIENCE, set_as_default=False)
            self._client.wait_for_workers(1, timeout=PATIENCE)
            self._must_be_alike()
        except BaseException as error:
            self._close()
            if isinstance(error, OSError | TimeoutError | TypeError | ValueError | RuntimeError):
                raise ClusterUnusable(f"{self.address} cannot be used: {error}") from None
            raise
        # Not scattered: what a task returned can be made again when the worker that holds it is gone.
        self._sent = self._client.submit(_itself, self._shared, pure=False)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.cancel(self._futures)
        self._close()

    def each(self, there: Callable[[S, Sequence[T]], list[R]], batches: Sequence[Sequence[T]]) -> Iterator[list[R]]:
        """What comes of each batch, in their order. Raises `ClusterUnusable` where nobody is left to play."""
        import distributed

        self._futures = [self._client.submit(there, self._sent, batch, pure=False) for batch in batches]
        for index, future in enumerate(self._futures):
            try:
                yield self._result(future)
            except distributed.KilledWorker as error:
                raise ClusterUnusable(f"workers of {self.address} died again and again: {error}") from None
            except distributed.CancelledError:
                raise ClusterUnusable(f"{self.address} has given up the work") from None
            self._futures[index] = None
        self._futures = []

    def _result(self, future: Any) -> Any:  # noqa: ANN401  (whatever a task returns)
        while True:
            try:
                return future.result(timeout=PATIENCE)
            except TimeoutError:
                if self._client.status != "running" or not self._client.scheduler_info()["workers"]:
                    raise ClusterUnusable(f"no worker is left at {self.address}") from None

    def _must_be_alike(self) -> None:
        """Raises `ClusterUnusable` for workers that have another version of this tool, or none."""
        ours = version("workato-emulator")
        for worker, theirs in self._client.run(_installed_version).items():
            if theirs != ours:
                has = "no workato-emulator" if theirs is None else f"workato-emulator {theirs}"
                raise ClusterUnusable(f"the worker {worker} has {has}, and this is {ours}")

    def _close(self) -> None:
        if self._client is not None:
            self._client.close()
            self._client = None


def must_be_private(address: str) -> None:
    """Raises `ClusterUnusable` for what is no address of a cluster, and for one that strangers could listen to."""
    parts = parts_of(address)
    if parts is None or parts.scheme not in {"tcp", "tls"} or parts.port is None:
        raise ClusterUnusable(f"{address!r} is not a cluster's address; write one such as tcp://127.0.0.1:8786")
    if parts.scheme != "tls" and not is_loopback(parts.hostname or ""):
        raise ClusterUnusable(f"{address} is not this machine; a cluster that others can reach needs tls://")


def _itself(shared: S) -> S:
    return shared


def _installed_version() -> str | None:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("workato-emulator")
    except PackageNotFoundError:
        return None
