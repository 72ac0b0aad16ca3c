"""A cluster of two machines finds, to the last bit, what one machine finds, and survives the loss of one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import numpy as np
import pytest

from tests.alignment.cluster.slow import Slow
from tests.typology.lives import random_lives
from trajectories.alignment.cluster import machines
from trajectories.alignment.cluster.to_disk import dissimilarities_on_disk
from trajectories.alignment.costs.cost_rules import transition_costs
from trajectories.alignment.measures.basic import DynamicHamming, Hamming, OptimalMatching
from trajectories.alignment.pairwise import dissimilarities
from trajectories.errors import ClusterError, SettingError
from trajectories.typology import clara_criteria
from trajectories.typology.clara import clara

some = random_lives(300, 10, 4, 1)


@pytest.mark.parametrize(
    "measure", [OptimalMatching(transition_costs(some), norm="auto"), DynamicHamming()], ids=["om", "dhd"]
)
def test_two_machines_find_the_same_to_the_last_bit(client, measure):
    seen: list[float] = []
    found = dissimilarities(some, measure, client=client, progress=seen.append)
    alone = dissimilarities(some, measure)
    assert found.condensed.dtype == alone.condensed.dtype
    assert (found.condensed == alone.condensed).all()
    assert (found.ids, found.measure, found.numbers) == (alone.ids, alone.measure, alone.numbers)
    assert seen == sorted(seen)
    assert seen[-1] == 1


def test_blocks_of_a_cluster_are_those_of_one_machine(client, tmp_path):
    measure = OptimalMatching(transition_costs(some))
    on_disk = dissimilarities_on_disk(some, measure, tmp_path / "two", client=client)
    alone = dissimilarities_on_disk(some, measure, tmp_path / "one")
    assert (on_disk.all().condensed == dissimilarities(some, measure).condensed).all()
    for (_, here), (_, there) in zip(on_disk.blocks(), alone.blocks(), strict=True):
        assert (here == there).all()


def test_what_a_measure_refuses_is_told_with_the_persons_id(client):
    missing = random_lives(30, 8, 3, 2)
    missing.states[7, 0, 2] = -1
    with pytest.raises(SettingError, match="first: 'P7'"):
        dissimilarities(missing, Hamming(missing="refuse"), client=client)


def test_nobody_learns_who_it_is(client):
    from trajectories.alignment.cluster.comparison import Comparison

    sent = Comparison(some, Hamming(), "single").nameless()
    assert not set(sent.lives.ids) & set(some.ids)
    assert sent.lives.left_out == ()


def test_types_of_many_lives_are_the_same_on_a_cluster(client, monkeypatch):
    monkeypatch.setattr(clara_criteria, "CHUNK", 50)
    found = clara(some, DynamicHamming(), 3, samples=4, size=40, client=client)
    alone = clara(some, DynamicHamming(), 3, samples=4, size=40)
    assert found.typology.types.tolist() == alone.typology.types.tolist()
    assert found.typology.medoids == alone.typology.medoids
    assert all((found.values[name] == alone.values[name]).all() for name in alone.values)


def test_a_killed_machine_is_survived(client):
    killed: list[int] = []

    def kill_one(share: float) -> None:
        if not killed:
            killed.append(next(iter(client.run(os.getpid).values())))
            os.kill(killed[0], signal.SIGKILL)

    found = dissimilarities(some, Slow(), client=client, progress=kill_one)
    assert killed
    assert (found.condensed == dissimilarities(some, Hamming()).condensed).all()
    assert killed[0] not in client.run(os.getpid).values()


def test_a_lost_cluster_keeps_what_is_done_and_says_how_to_go_on(tmp_path, monkeypatch):
    from distributed import Client, LocalCluster

    monkeypatch.setattr(machines, "PATIENCE", 0.0)
    with (
        LocalCluster(n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None) as cluster,
        Client(cluster, set_as_default=False) as found,
    ):

        def lose(share: float) -> None:
            if cluster.workers:
                cluster.scale(0)

        with pytest.raises(ClusterError, match=r"was lost .* call again with the same lives"):
            dissimilarities_on_disk(some, Slow(), tmp_path / "blocks", client=found, progress=lose)
    again = dissimilarities_on_disk(some, Slow(), tmp_path / "other")
    kept = dissimilarities_on_disk(some, Slow(), tmp_path / "blocks")
    assert 0 < kept.computed < again.computed
    assert (kept.all().condensed == again.all().condensed).all()


def test_what_is_no_cluster_is_refused():
    with pytest.raises(SettingError, match="address of a scheduler, such as"):
        dissimilarities(some, Hamming(), client=2)
    with pytest.raises(ClusterError, match=r"'here' is no address .* a machine and a port"):
        dissimilarities(some, Hamming(), client="here")


def test_without_dask_it_says_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(SettingError, match=r"pip install 'migration-trajectories\[cluster\]'"):
        dissimilarities(some, Hamming(), client="tcp://here:8786")


_STOPPED = """
import signal
import sys
from distributed import Client, LocalCluster
from tests.alignment.cluster.slow import Slow
from tests.typology.lives import random_lives
from trajectories.alignment.cluster.to_disk import dissimilarities_on_disk

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None, memory_limit=0) as cluster:
        with Client(cluster, set_as_default=False) as client:
            dissimilarities_on_disk(random_lives(300, 10, 4, 1), Slow(), sys.argv[1], client=client,
                                    progress=lambda share: print(share, flush=True))
"""


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is sent to a group of processes")
def test_ctrl_c_leaves_nothing_running_and_keeps_the_blocks(tmp_path):
    script = tmp_path / "stopped.py"
    script.write_text(_STOPPED, encoding="utf-8")
    begun = subprocess.Popen([sys.executable, script, tmp_path / "blocks"], start_new_session=True, text=True,
                             stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                             env={**os.environ, "PYTHONPATH": os.getcwd(), "SLOW": "0.5"})  # fmt: skip
    begun.stdout.readline()
    os.killpg(begun.pid, signal.SIGINT)
    assert begun.wait(30) != 0
    assert _gone(begun.pid)
    kept = dissimilarities_on_disk(some, Slow(), tmp_path / "blocks")
    assert 0 < kept.computed < len(list(kept.blocks()))
    assert np.isfinite(kept.all().condensed).all()


def _gone(group: int) -> bool:
    """Whether no process of a group is left, within some seconds."""
    for _ in range(100):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False
