"""From opening a lesson to its first picture, in JupyterLab and in a Voila that has preheated it.

    make bench          or      python -m bench.bench_first_picture

*Lab, opened*: from the click on a lesson in the start page, as it is committed and trusted as `make
lab` does; its stored pictures are shown before any kernel answers. *Lab, run*: in a learner's copy
the pictures come after a prediction, so they must be run: from "Run All Cells", the kernel at rest
(a dash where a picture comes before the first prediction and is stored in the copy, too).
*Voila, ready*: Voila runs a lesson before it shows anything; preheated, one run is ready: from the
address. The clock stops when the first picture has a size. A fresh page each time (nothing in the
browser's cache); medians over 3. Numbers of lessons after the command measure those only.
"""

from __future__ import annotations

import os
import platform
import shutil
import statistics
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psutil

from pmkit.learning.copies import make_copies
from tests.conftest import BROWSERS, CHROMIUM_ARGS
from tests.servers import LAB, ROOT, VOILA, isolated_environment, serve

TIMES, REST = 3, 3
LESSONS = sorted(path.name for path in (ROOT / "notebooks" / "lessons").glob("*.ipynb"))
ASKED = tuple(sys.argv[1:])
PREHEATED = ["--preheat_kernel=True", "--pool_size=1"]
PICTURE = ".jp-RenderedSVG > *"


def main() -> None:
    from playwright.sync_api import sync_playwright

    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    print(f"{machine}; seconds to the first picture, median of {TIMES} (worst)")
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        sys.exit(f"no browser on the PATH (looked for {', '.join(BROWSERS)})")
    print(f"{'':<36}{'Lab, opened':>14}{'Lab, run':>14}{'Voila, ready':>14}")
    with sync_playwright() as playwright, TemporaryDirectory() as folder:
        chromium = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGS)
        for lesson in (name for name in LESSONS if not ASKED or name.startswith(ASKED)):
            place = Path(folder) / lesson
            opened, run = seconds_in_lab(chromium, lesson, made(place / "lab"))
            ready = seconds_preheated(chromium, lesson, made(place / "voila"))
            print(f"{lesson:<36}{told(opened):>14}{told(run):>14}{told(ready):>14}", flush=True)
        chromium.close()


def seconds_in_lab(chromium: Any, lesson: str, folder: Path) -> tuple[list[float], list[float]]:
    """Return the seconds of the stored picture, and of the first one that is run."""
    with serve(LAB, folder, "/api/status") as server:
        make_copies(ROOT / "notebooks", server.root / "work")
        trusted = [str(path) for path in server.root.rglob("*.ipynb")]
        command = [sys.executable, "-m", "jupyter", "trust", *trusted]
        env = isolated_environment(folder)
        subprocess.run(command, env=env, check=True, capture_output=True)
        start, copy = server.lab("00_start_here.ipynb"), server.lab(f"work/lessons/{lesson}")
        opened = [seconds_of_a_click(chromium, start, lesson) for _ in range(TIMES)]
        return opened, [seconds_of_a_run(chromium, copy) for _ in range(TIMES)]


def seconds_of_a_click(chromium: Any, address: str, lesson: str) -> float:
    """Open the start page; return the seconds from the click on a lesson to its first picture."""
    page = new_page(chromium)
    page.goto(address)
    page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status='idle']", state="attached")
    wait_until_at_rest()
    link = page.locator(f"a[href*='{lesson}']").first
    start = time.perf_counter()
    link.click()
    page.locator(".jp-NotebookPanel").nth(1).locator(PICTURE).first.wait_for()
    seconds = time.perf_counter() - start
    page.close()
    return seconds


def seconds_of_a_run(chromium: Any, address: str) -> float:
    """Run all cells of a learner's copy; return the seconds until a picture is to be seen."""
    page = new_page(chromium)
    page.goto(address)
    page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status='idle']", state="attached")
    wait_until_at_rest()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    item = page.get_by_text("Run All Cells", exact=True)
    item.wait_for()
    if page.locator(PICTURE).count():
        page.close()
        return 0.0
    start = time.perf_counter()
    item.click()
    page.locator(PICTURE).first.wait_for()
    seconds = time.perf_counter() - start
    page.get_by_role("menuitem", name="Kernel", exact=True).click()
    page.get_by_text("Shut Down Kernel", exact=True).click()
    page.wait_for_timeout(1000)
    page.close()
    return seconds


def made(folder: Path) -> Path:
    """Return the folder, there."""
    folder.mkdir(parents=True)
    return folder


def seconds_preheated(chromium: Any, lesson: str, folder: Path) -> list[float]:
    """Return the seconds of pages that found a run ready."""
    command = [VOILA[0], f"{{root}}/lessons/{lesson}", *VOILA[2:], *PREHEATED]
    seconds = []
    with serve(command, folder, "/voila/static/voila.js") as server:
        for _ in range(TIMES):
            wait_until_at_rest()
            seconds.append(seconds_to_a_picture(chromium, server.url))
    return seconds


def wait_until_at_rest() -> None:
    """Wait until what this process has started works no more: the next run is ready."""
    used, at_rest = seconds_used(), 0
    while at_rest < REST:
        time.sleep(1)
        before, used = used, seconds_used()
        at_rest = at_rest + 1 if used - before < 0.15 else 0


def seconds_used() -> float:
    """Seconds of work of all processes that stem from this one, the browser's as well."""
    used = 0.0
    for process in psutil.Process().children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            used += sum(process.cpu_times()[:2])
    return used


def seconds_to_a_picture(chromium: Any, address: str) -> float:
    """Open the address in a fresh page; return the seconds until a picture is to be seen."""
    page = new_page(chromium)
    start = time.perf_counter()
    page.goto(address, timeout=180_000)
    page.locator(PICTURE).first.wait_for(timeout=60_000)
    seconds = time.perf_counter() - start
    page.close()
    return seconds


def new_page(chromium: Any) -> Any:
    """Return a page so tall that Lab draws what comes first (it leaves out what is out of view)."""
    page = chromium.new_page(viewport={"width": 1400, "height": 4000})
    page.set_default_timeout(60_000)
    return page


def told(times: list[float]) -> str:
    """Median, and the worst."""
    if not any(times):
        return "-"
    return f"{statistics.median(times):.1f} ({max(times):.1f})"


if __name__ == "__main__":
    main()
