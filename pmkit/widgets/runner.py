"""Working out what plans come to: at once when it is quick, beside the page when it is not."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event, RLock
from typing import Any

from pmkit.model.errors import Cancelled

_LONG = 0.7  # seconds above which a simulation runs beside the page, with a bar and a way out
_REMEMBERED = 24


Progress = Callable[[int, int], bool | None]


@dataclass(frozen=True)
class Task:
    """Something that takes long, because it is simulated.

    Parameters
    ----------
    key
        What it is remembered by.
    size
        Number of activities that each trial draws.
    make
        Does it; called with a progress callback, or ``None`` when nobody waits for one.
    """

    key: str
    size: int
    make: Callable[[Progress | None], Any]


@dataclass
class Runner:
    """Simulates, and remembers what came out.

    Parameters
    ----------
    trials, seed
        As for `simulate`.
    on_done
        Called in the main thread with nothing missing any more, or with the exception.
    on_progress
        Called in the main thread with the share that is done, 0 to 1.
    """

    trials: int
    seed: int
    on_done: Callable[[Exception | None], object]
    on_progress: Callable[[float], object]
    lock: RLock = field(default_factory=RLock)
    """Held by whoever changes what is shown: JupyterLab may serve each widget in a thread of its
    own (a subshell), and an answer must not come between a change and its drawing."""
    _known: OrderedDict[str, Any] = field(default_factory=OrderedDict)
    _seconds_per_draw: float = 1.2e-7
    _is_warm: bool = False
    _timer: Any = None
    _wanted: tuple[Task, ...] = ()
    _job: Future[dict[str, Any]] | None = None
    _stop: Event = field(default_factory=Event)
    _pool: ThreadPoolExecutor | None = None

    def known(self, key: str) -> Any:
        """Return what was worked out before, or nothing."""
        return self._known.get(key)

    def want(self, tasks: list[Task], delay: float = 0.02) -> None:
        """Ask for things to be worked out; a later request takes the place of an earlier one.

        In a page the answer comes after `delay` seconds, so that what is on the screen is drawn
        first and a quick hand makes one simulation, not ten. Without an event loop it comes now.
        """
        self.cancel()
        self._wanted = tuple(task for task in tasks if task.key not in self._known)
        if not self._wanted:
            self.on_done(None)
            return
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            self._work_now()
        else:
            self._timer = loop.call_later(delay, self._work_soon, loop)

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return bool(self._wanted)

    def finish(self) -> None:
        """Wait for the answer that is still to come."""
        with self.lock:
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
            if self._job is not None:
                self._collect(self._job)
            elif self._wanted:
                self._work_now()

    def cancel(self) -> None:
        """Drop what is still to come."""
        if self._timer is not None:
            self._timer.cancel()
        self._stop.set()
        self._timer, self._job, self._wanted = None, None, ()

    def forget(self) -> None:
        """Drop everything, also what is known."""
        self.cancel()
        self._known.clear()

    def _work_soon(self, loop: asyncio.AbstractEventLoop) -> None:
        with self.lock:
            if self._timer is not None:  # else another thread dropped it at the last moment
                self._timer = None
                self._begin(loop)

    def _begin(self, loop: asyncio.AbstractEventLoop) -> None:
        draws = sum(task.size for task in self._wanted) * self.trials
        if draws * self._seconds_per_draw < _LONG:
            self._work_now()
            return
        if self._pool is None:
            self._pool = ThreadPoolExecutor(1, thread_name_prefix="pmkit-panel")
        self._stop = stop = Event()
        tasks = self._wanted

        def tell(share: float) -> bool:
            if not stop.is_set():
                loop.call_soon_threadsafe(self._progress, stop, share)
            return not stop.is_set()

        self.on_progress(0.0)
        self._job = job = self._pool.submit(self._found, tasks, tell)
        job.add_done_callback(lambda done: loop.call_soon_threadsafe(self._collect, done))

    def _progress(self, stop: Event, share: float) -> None:
        with self.lock:
            if not stop.is_set():
                self.on_progress(share)

    def _work_now(self) -> None:
        tasks = self._wanted
        began = time.perf_counter()
        try:
            found = self._found(tasks, None)
        except Exception as error:
            self._wanted = ()
            self.on_done(error)
            return
        draws = sum(task.size for task in tasks) * self.trials
        if self._is_warm:
            self._seconds_per_draw = (time.perf_counter() - began) / max(draws, 1)
        self._is_warm = True  # the first one also imports what simulations need
        self._remember(found)

    def _collect(self, job: Future[dict[str, Any]]) -> None:
        with self.lock:
            if job is not self._job:
                return  # a later request took its place
            self._job = None
            try:
                found = job.result()
            except Exception as error:
                self._wanted = ()
                self.on_done(error)
            else:
                self._remember(found)

    def _remember(self, found: dict[str, Any]) -> None:
        self._known.update(found)
        while len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
        self._wanted = ()
        self.on_done(None)

    def _found(
        self, tasks: tuple[Task, ...], tell: Callable[[float], bool] | None
    ) -> dict[str, Any]:
        found = {}
        for position, task in enumerate(tasks):

            def progress(done: int, total: int, before: int = position) -> bool:
                assert tell is not None
                return tell((before + done / max(total, 1)) / len(tasks))

            if tell is not None and not tell(position / len(tasks)):
                raise Cancelled("simulation: stopped before it was done")
            found[task.key] = task.make(None if tell is None else progress)
        return found
