"""Blocks of trials: whoever computes them, the answer is the same."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any

import numpy as np
import pytest

from pmkit.analysis.simulating.convergence import Convergence
from pmkit.analysis.simulating.simulation import Simulation, simulate
from pmkit.model.activity import Activity, ThreePoint
from pmkit.model.dependency import Dependency
from pmkit.model.errors import Cancelled
from pmkit.model.project import Project
from pmkit.model.risk import RiskEvent

TRIALS = 45_000  # five blocks, the last one half full


def plan(count: int = 12) -> Project:
    rng = np.random.default_rng(3)
    activities = tuple(
        Activity(
            f"A{k}", three_point=ThreePoint(*np.sort(rng.uniform(1, 20, 3)).tolist()),
            cost_per_day=10, correlation_group="g" if k % 3 else "",
        )
        for k in range(count)
    )  # fmt: skip
    links = tuple(
        Dependency(f"A{a}", f"A{b}", kind)  # type: ignore[arg-type]
        for b in range(1, count)
        for a, kind in zip(rng.choice(b, min(b, 2), replace=False), ("FS", "SS"), strict=False)
    )
    risk = RiskEvent("R", activities=("A1",), probability=0.2, impact=ThreePoint(1, 2, 9),
                     cost_impact=70)  # fmt: skip
    return Project(activities, links, risks=(risk,))


def assert_same(one: Simulation, other: Simulation) -> None:
    assert one.trials == other.trials
    assert (one.finish.samples == other.finish.samples).all()
    assert (one.cost.samples == other.cost.samples).all()
    assert (one.table == other.table).all().all()


@pytest.fixture(scope="module")
def alone() -> Simulation:
    return simulate(plan(), TRIALS, seed=11)


@pytest.mark.parametrize("workers", [1, 3])
def test_threads_give_the_same_answer(alone: Simulation, workers: int) -> None:
    with ThreadPoolExecutor(workers) as executor:
        assert_same(simulate(plan(), TRIALS, seed=11, executor=executor), alone)


def test_processes_give_the_same_answer(alone: Simulation) -> None:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as executor:
        assert_same(simulate(plan(), TRIALS, seed=11, executor=executor), alone)


@contextmanager
def dask_cluster(*, processes: bool) -> Iterator[Executor]:
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=processes, dashboard_address=None,
            silence_logs=50,
        ) as cluster,
        distributed.Client(cluster) as client,
    ):  # fmt: skip
        yield client.get_executor()


@pytest.mark.filterwarnings("default")  # what the cluster says on its way is its own affair
@pytest.mark.parametrize("processes", [False, True], ids=["threads", "processes"])
def test_a_dask_cluster_gives_the_same_answer(alone: Simulation, processes: bool) -> None:
    with dask_cluster(processes=processes) as executor:
        assert_same(simulate(plan(), TRIALS, seed=11, executor=executor), alone)


def test_it_stops_at_the_same_trial_whoever_computes() -> None:
    rule = Convergence(quantile=0.8, half_width=0.12)
    alone = simulate(plan(), 5_000, until=rule)
    assert 5_000 < alone.trials < 500_000
    with ThreadPoolExecutor(2) as executor:
        assert_same(simulate(plan(), 5_000, until=rule, executor=executor), alone)


class Slow(Executor):
    """Never does anything, and remembers what was called off."""

    def __init__(self) -> None:
        self.futures: list[Future[Any]] = []

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        if not self.futures:
            future.set_result(fn(*args, **kwargs))
        self.futures.append(future)
        return future


def test_cancelling_calls_off_what_was_given_to_the_executor() -> None:
    executor = Slow()
    with pytest.raises(Cancelled, match="after 10,000 of 45,000 trials"):
        simulate(plan(), TRIALS, executor=executor, progress=lambda done, total: done == 0)
    assert [future.cancelled() for future in executor.futures] == [False, True, True, True, True]


def test_an_error_of_a_worker_reaches_the_caller() -> None:
    class Broken(Slow):
        def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
            future: Future[Any] = Future()
            future.set_exception(MemoryError("worker"))
            return future

    with pytest.raises(MemoryError, match="worker"):
        simulate(plan(), TRIALS, executor=Broken())


def test_a_large_plan_runs_in_shorter_blocks_and_draws_the_same() -> None:
    small = plan(40)
    many = tuple(Activity(f"B{k}", 0) for k in range(3_000))
    large = Project(small.activities + many, small.dependencies, risks=small.risks)
    one, other = simulate(small, 12_000), simulate(large, 12_000)
    assert other.finish.samples == pytest.approx(one.finish.samples, rel=1e-6)
    assert other.cruciality[:40] == pytest.approx(one.cruciality, abs=1e-4)
