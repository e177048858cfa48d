"""From a key in the browser to the redrawn chart, in JupyterLab and in Voila, without a network.

    make bench          or      python -m bench.bench_browser

A 100-activity plan is opened in the what-if panel, and the arrow-up key is pressed in the box of a
duration. The clock starts with the key event (its time stamp) and stops after the first frame that
follows the last change of the drawing: the browser's own clock at both ends. Medians over 30 keys,
after 3 that do not count; each key waits for the one before.
"""

from __future__ import annotations

import os
import platform
import random
import shutil
import statistics
import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nbformat

import pmkit as pm
from tests.conftest import BROWSERS, CHROMIUM_ARGS
from tests.servers import LAB, VOILA, Server, serve

ACTIVITIES, KEYS, WARM_UP = 100, 30, 3

CELL = """
from bench.bench_browser import plan
from pmkit.widgets.what_if import WhatIf

WhatIf(plan(), trials={trials})
"""

# Vega draws as SVG: a chart is being redrawn while its nodes change.
CLOCK = """
() => {
  const bench = (window.pmkitBench = { key: 0, drawn: {} });
  document.addEventListener("keydown", (event) => {
    bench.key = event.timeStamp;
    bench.drawn = {};
  }, true);
  for (const [name, box] of [["bars", ".pmkit-scroll"], ["curves", ".pmkit-beside"]]) {
    const observer = new MutationObserver(() => {
      requestAnimationFrame(() => setTimeout(() => {
        bench.drawn[name] = performance.now() - bench.key;
      }));
    });
    observer.observe(document.querySelector(box), {
      subtree: true, childList: true, attributes: true, characterData: true,
    });
  }
}
"""


def plan(count: int = ACTIVITIES) -> pm.Project:
    """Return a dated plan with three-point estimates, the same on every run."""
    draw = random.Random(count)
    activities, links = [], []
    for n in range(count):
        days = draw.randint(1, 15)
        activities.append(
            pm.Activity(f"A{n}", days, three_point=pm.ThreePoint(0.8 * days, days, 1.9 * days))
        )
        for before in {draw.randrange(max(0, n - 12), n) for _ in range(2)} if n else ():
            links.append(pm.Dependency(f"A{before}", f"A{n}"))
    settings = pm.Settings(name=f"{count} activities", start=date(2026, 1, 12))
    return pm.Project(tuple(activities), tuple(links), settings)


def main() -> None:
    from playwright.sync_api import sync_playwright

    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    print(f"{machine}; {ACTIVITIES} activities, {KEYS} keys each; milliseconds, median (9 in 10)")
    print(f"{'':<10}{'trials':>8}{'key to bars':>20}{'key to curves':>20}")
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        sys.exit(f"no browser on the PATH (looked for {', '.join(BROWSERS)})")
    with sync_playwright() as playwright, TemporaryDirectory() as folder:
        chromium = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGS)
        for name, command, ready in (("Lab", LAB, "/api/status"), ("Voila", VOILA, "/")):
            place = Path(folder) / name
            place.mkdir()
            with serve(command, place, ready) as server:
                for trials in (0, 10_000):
                    bars, curves = measured(chromium, server, trials)
                    print(f"{name:<10}{trials:>8,}{told(bars):>20}{told(curves):>20}", flush=True)
        chromium.close()


def measured(chromium: Any, server: Server, trials: int) -> tuple[list[float], list[float]]:
    """Return milliseconds to the bars and to the curves, one per key."""
    notebook = f"bench_{trials}.ipynb"
    cell = nbformat.v4.new_code_cell(CELL.format(trials=trials))
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(
        nbformat.v4.new_notebook(cells=[cell], metadata={"kernelspec": kernel}),
        server.root / notebook,
    )
    page = chromium.new_page(viewport={"width": 1400, "height": 1000})
    page.set_default_timeout(60_000)
    if "lab" in server.log.parent.name.lower():
        page.goto(server.lab(notebook))
        idle = ".jp-Notebook-ExecutionIndicator[data-status='idle']"
        page.wait_for_selector(idle, state="attached")  # a cell run before that is forgotten
        page.wait_for_timeout(1000)
        page.locator(".jp-Cell .cm-content").first.click()
        page.keyboard.press("Shift+Enter")
    else:
        page.goto(server.page(notebook))
    page.wait_for_selector(".pmkit-scroll svg.marks", state="attached")
    if trials:
        page.wait_for_selector(".pmkit-beside svg.marks", state="attached")
    page.wait_for_timeout(2000)
    page.evaluate(CLOCK)
    box = page.get_by_label("Duration (working days)")
    bars, curves = [], []
    for _ in range(WARM_UP + KEYS):
        box.press("ArrowUp")
        wanted = "curves" if trials else "bars"
        page.wait_for_function(f"window.pmkitBench.drawn.{wanted}")
        page.wait_for_timeout(150)  # what is drawn later than that counts, too
        drawn = page.evaluate("window.pmkitBench.drawn")
        bars.append(drawn["bars"])
        curves.append(drawn.get("curves", 0.0))
    page.close()
    return bars[WARM_UP:], curves[WARM_UP:] if trials else []


def told(times: list[float]) -> str:
    """Median, and the time that nine in ten keep."""
    if not times:
        return ""
    return f"{statistics.median(times):.0f} ({statistics.quantiles(times, n=10)[-1]:.0f})"


if __name__ == "__main__":
    main()
