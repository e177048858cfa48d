"""A class of 30 on a JupyterHub of this machine: memory of a trainee, and how long a cell waits.

    python -m bench.bench_hub [30]

*Memory* is the proportional set size (PSS) of all processes of a user, summed: what several share
counts once in all. *Idle*: the server runs, nothing is open. *Active*: one kernel that has imported
pmkit, scheduled the sample program and simulated it. *With a panel*: the what-if page as well.
*Latency*: everybody's kernel is open; each user sends a request every second or two, all at once in
one minute, over a WebSocket through the proxy: from sending to the reply and the kernel at rest.
Hub, proxy, servers, kernels and this client share the cores.
"""

from __future__ import annotations

import asyncio
import os
import platform
import random
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psutil

from tests.hub_class import User, can_have_accounts, closed, hub_of, request

COUNT = int(sys.argv[1]) if len(sys.argv) > 1 else 30
AT_ONCE, REQUESTS = 5, 30
WORK = (
    "import pmkit as pm\nplan = pm.sample()\nschedule = pm.critical_path(plan)\n"
    "print(len(pm.simulate(plan, trials=2000).table) > 0)"
)
KINDS = {"a cell that does nothing": "1 + 1", "a cell that schedules": "pm.critical_path(plan)"}
PANEL = "lessons/workbench/what_if_app.ipynb"


def main() -> None:
    names = [f"s{n:02d}" for n in range(1, COUNT + 1)]
    accounts = can_have_accounts()
    load = os.getloadavg()[0]
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
          f"{'an account each' if accounts else 'all in one account'}, {COUNT} users; "
          f"load before: {load:.1f}")  # fmt: skip
    with TemporaryDirectory(prefix="hub") as folder:
        with hub_of(Path(folder), names, accounts=accounts, most_at_once=COUNT) as hub:
            users = [User(hub, name) for name in names]
            begun = time.perf_counter()
            seconds = each(users, start)
            print(f"servers started, {AT_ONCE} at a time: {time.perf_counter() - begun:.0f} s in "
                  f"all; one: {told(seconds, 's', 0)}")  # fmt: skip
            time.sleep(10)
            print(f"memory, idle: {told(memory(names), 'MB', 0)}; hub, proxy and services "
                  f"{memory_of_the_hub(hub.process.pid, names):.0f} MB")  # fmt: skip
            kernels = dict(zip(names, each(users, User.new_kernel), strict=True))
            printed = each(users, lambda user: user.run(kernels[user.name], WORK, 600))
            assert set(printed) == {"True\n"}, set(printed)
            print(f"memory, active: {told(memory(names), 'MB', 0)}")
            for kind, code in KINDS.items():
                waited = asyncio.run(latencies(users, kernels, code))
                print(f"latency, {kind}: {told(waited, 'ms', 0)}, {len(waited)} requests; "
                      f"load {os.getloadavg()[0]:.1f}")  # fmt: skip
            few = users[: min(10, COUNT)]
            seconds = each(few, open_panel)
            print(f"panel opened, {AT_ONCE} at a time: {told(seconds, 's', 1)}")
            found = memory([user.name for user in few])
            print(f"memory, active with a panel: {told(found, 'MB', 0)}")


def each(users: Sequence[User], work: Any) -> list[Any]:
    """Return what it comes to for each, some at a time."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(work, users))


def start(user: User) -> float:
    """Sign in and start the server; return the seconds of the start."""
    assert user.sign_in()
    begun = time.perf_counter()
    user.start(600)
    return time.perf_counter() - begun


def open_panel(user: User) -> float:
    """Return the seconds until the page of the panel has come."""
    begun = time.perf_counter()
    user.ask("GET", f"/user/{user.name}/voila/render/{PANEL}").raise_for_status()
    return time.perf_counter() - begun


def memory(names: Sequence[str]) -> list[float]:
    """Return each user's megabytes: the PSS of all that runs for them."""
    found: dict[str, float] = defaultdict(float)
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            name = process.environ().get("JUPYTERHUB_USER")
            if name in names:
                found[name] += process.memory_full_info().pss / 1e6
    assert set(found) == set(names)
    return list(found.values())


def memory_of_the_hub(pid: int, names: Sequence[str]) -> float:
    """Return the megabytes of hub, proxy, class and culler."""
    total = 0.0
    for process in psutil.Process(pid).children(recursive=True):
        with suppress(psutil.Error):
            if process.environ().get("JUPYTERHUB_USER") not in names:
                total += process.memory_full_info().pss / 1e6
    return total


async def latencies(users: Sequence[User], kernels: dict[str, str], code: str) -> list[float]:
    """Return the milliseconds of every request of everybody."""

    async def of(user: User, chance: random.Random) -> list[float]:
        connection, waited = await user.connected(kernels[user.name]), []
        for _ in range(REQUESTS):
            await asyncio.sleep(chance.uniform(1, 2))
            begun = time.perf_counter()
            await request(connection, code)
            waited.append(1000 * (time.perf_counter() - begun))
        await closed(connection)
        return waited

    found = await asyncio.gather(*(of(user, random.Random(n)) for n, user in enumerate(users)))
    return [one for waited in found for one in waited]


def told(values: Sequence[float], unit: str, decimals: int) -> str:
    """Median, 95th percentile and the largest."""
    at_95 = statistics.quantiles(values, n=20, method="inclusive")[-1]
    return (f"{statistics.median(values):.{decimals}f} {unit} (95 %: {at_95:.{decimals}f}, "
            f"most: {max(values):.{decimals}f})")  # fmt: skip


if __name__ == "__main__":
    main()
