"""Work handed to the machines of a Dask cluster, a few pieces at a time, and taken back as it is done."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from trajectories.errors import ClusterError, SettingError

if TYPE_CHECKING:
    from distributed import Client, Future

Cluster: TypeAlias = "Client | str"
"""A Dask client, or the address of a scheduler ("tcp://head:8786")."""
Job = TypeVar("Job")

PATIENCE = 60.0
"""Seconds without any machine after which a cluster counts as lost."""
_ADDRESS = re.compile(r"([a-z]+://)?\S+:\d+|inproc://\S+")
_AHEAD = 2
"""Pieces handed out per processor, so that none waits for the next."""
_LARGE = {"distributed.admin.large-graph-warning-threshold": "4 GB"}
INSTALL = "pip install 'migration-trajectories[cluster]'"


@contextmanager
def connected(client: Cluster) -> Iterator[Client]:
    """The client itself, left open; or one for a scheduler's address, closed at the end.

    Raises SettingError when Dask is not installed or ``client`` is something else, ClusterError when no
    scheduler answers.
    """
    try:
        from distributed import Client
    except ImportError:
        raise SettingError("Computing on a cluster needs the package dask.distributed, which is not "
                           f"installed; install it ({INSTALL}).") from None  # fmt: skip
    if isinstance(client, Client):
        if client.status != "running":
            raise ClusterError(f"The Dask client is {client.status}, not running; make a new one.")
        yield client
    elif isinstance(client, str):
        with _reached(client) as found:
            yield found
    else:
        raise SettingError("client must be a dask.distributed.Client or the address of a scheduler, such as "
                           f"'tcp://head:8786', not {client!r}.")  # fmt: skip


def _reached(address: str) -> Client:
    """A client of the scheduler at an address. What is none is refused here: Dask would wait a minute for it
    when the program ends."""
    from distributed import Client

    if not _ADDRESS.fullmatch(address):
        raise ClusterError(f"{address!r} is no address of a Dask scheduler; it has a machine and a port, "
                           "such as 'tcp://head:8786'.")  # fmt: skip
    try:
        return Client(address, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ClusterError(f"No Dask scheduler answers at {address!r} ({str(error).splitlines()[0][:160]}). "
                           "Start one there (dask scheduler), or correct the address.") from None  # fmt: skip


def done_on(client: Client, task: Callable[[Any, Job], Any], shared: Any, jobs: Iterable[Job],
            kept: str) -> Generator[tuple[Job, Any]]:  # fmt: skip
    """Call ``task(shared, job)`` for every job somewhere on the cluster; each job with its result, as they
    come.

    ``shared`` is sent once. What a machine had in hand when it was lost is done again by another. Whatever
    ends this, Ctrl-C too, takes back what has not begun; pieces in hand come to their end on their machines
    and are thrown away. What a task raises is raised. Raises ClusterError when the scheduler is lost, when no
    machine has been there for a minute, or when a piece was lost with several machines; ``kept`` ends its
    message: what was not lost, and what to do.
    """
    import dask
    from distributed import CancelledError, KilledWorker

    waiting = iter(jobs)
    running: dict[Future, Job] = {}
    try:
        with dask.config.set(_LARGE):
            common = client.submit(_itself, shared, pure=False)
        while True:
            with dask.config.set(_LARGE):
                for job in islice(waiting, max(0, _AHEAD * _processors(client) - len(running))):
                    running[client.submit(task, common, job, pure=False)] = job
            if not running:
                return
            for future in _some_of(client, list(running)):
                yield running.pop(future), future.result()
    except KilledWorker:
        what = "Several machines were lost with the same piece in hand; they may have too little memory"
        raise ClusterError(f"{what}. {kept}") from None
    except (CancelledError, OSError) as error:
        told = str(error).splitlines()[:1] or [type(error).__name__]
        raise ClusterError(f"The cluster was lost ({told[0][:160]}). {kept}") from error
    finally:
        if client.status == "running":
            client.cancel(list(running))


def _itself(shared: Any) -> Any:
    return shared


def _processors(client: Client) -> int:
    return max(1, sum(int(threads) for threads in client.nthreads().values()))


def _some_of(client: Client, futures: list[Future]) -> list[Future]:
    """Those that are done, one at least. Raises OSError when nobody is left to do them."""
    from distributed import wait

    alone = time.monotonic()
    while True:
        try:
            with client.as_current():
                return list(wait(futures, timeout=2, return_when="FIRST_COMPLETED").done)
        except TimeoutError:
            if client.status not in ("running", "connecting"):
                raise ConnectionError(f"the client is {client.status}") from None
        if client.status == "running" and client.nthreads():
            alone = time.monotonic()
        elif time.monotonic() - alone > PATIENCE:
            raise ConnectionError(f"no machine for {PATIENCE:.0f} seconds") from None
