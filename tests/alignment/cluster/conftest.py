"""Two machines in processes of their own, for all tests of this folder."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="package")
def client():
    from distributed import Client, LocalCluster

    with (
        LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None,
                     memory_limit=0, host="127.0.0.1") as cluster,
        Client(cluster, set_as_default=False) as found,
    ):  # fmt: skip
        yield found
