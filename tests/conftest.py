"""What every test may use: the truth folder, a browser without a network, Lab and Voila, axe."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit

import hypothesis
import pytest

from tests.servers import LAB, ROOT, VOILA, Server, serve

hypothesis.settings.register_profile(
    "fixed", derandomize=True, deadline=None, database=None, max_examples=50, print_blob=True
)
hypothesis.settings.load_profile("fixed")

CI = os.environ.get("CI", "").lower() in {"1", "true"}
BROWSER_REQUIRED = os.environ.get("PMKIT_REQUIRE_BROWSER", "") not in {"", "0"}
IN_MAKE_TEST = "test_browser_lessons"
"""The module of browser tests of which `make test` runs what is not long: two lessons."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
CHROMIUM_ARGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-quic",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]


def pytest_configure(config: pytest.Config) -> None:
    """Give everything that runs here, kernels too, a learner's file of its own."""
    if "PMKIT_PROGRESS" not in os.environ:
        folder = tempfile.mkdtemp(prefix="pmkit-tests-")
        os.environ["PMKIT_PROGRESS"] = str(Path(folder) / "progress.json")
        config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a browser; most of it takes long and is left to `make test-all`."""
    for item in items:
        if {"page", "browser"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.browser)
            if item.path.stem != IN_MAKE_TEST:
                item.add_marker(pytest.mark.long)


@pytest.fixture(scope="session")
def truth() -> Path:
    """Return the folder of real inputs with answers nobody here wrote; a user's clone has none."""
    folder = ROOT.parent / "shared" / "truth"
    if not folder.is_dir():
        sentence = "the folder ../shared/truth (real plans with known answers) is not beside pmkit"
        if CI:
            pytest.fail(f"{sentence}, and with CI=true it must be")
        pytest.skip(sentence)
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Return a Chromium that can reach this machine only.

    One per module, not per session: while Playwright's synchronous interface is open no other
    event loop can run in this thread, and nbval needs one.
    """
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        without_browser(f"no browser on the PATH (looked for {', '.join(BROWSERS)})")
    from playwright.sync_api import sync_playwright

    playwright = sync_playwright()
    try:
        chromium = playwright.__enter__().chromium
    except Exception as error:  # its driver, a program of its own, does not start on this system
        without_browser(f"Playwright does not start: {error}")
    try:
        running = chromium.launch(executable_path=path, args=CHROMIUM_ARGS)
        yield running
        running.close()
    finally:
        playwright.__exit__()


def without_browser(sentence: str) -> NoReturn:
    """Skip the test, or fail it where browser tests are required."""
    if BROWSER_REQUIRED:
        pytest.fail(f"{sentence}, and PMKIT_REQUIRE_BROWSER asks for one")
    pytest.skip(sentence)


@pytest.fixture
def foreign_requests() -> list[str]:
    """Return the addresses outside this machine that the page has asked for (it got none)."""
    return []


@pytest.fixture
def page(browser: Any, foreign_requests: list[str]) -> Iterator[Any]:
    """Return an empty browser page; requests to other machines are refused and noted."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000})

    def guard(route: Any) -> None:
        if urlsplit(route.request.url).hostname in {"127.0.0.1", "localhost"}:
            route.continue_()
        else:
            foreign_requests.append(route.request.url)
            route.abort()

    context.route("**/*", guard)
    context.set_default_timeout(60_000)
    yield context.new_page()
    context.unroute_all(behavior="ignoreErrors")
    context.close()


@pytest.fixture(scope="session")
def lab_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a JupyterLab on a copy of the notebooks: `page.goto(lab_server.lab(name))`."""
    with serve(LAB, tmp_path_factory.mktemp("lab"), "/api/status") as server:
        yield server


@pytest.fixture(scope="session")
def voila_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a Voila on a copy of the notebooks: `page.goto(voila_server.page(name))`."""
    with serve(VOILA, tmp_path_factory.mktemp("voila"), "/") as server:
        yield server


@pytest.fixture(scope="session")
def axe() -> Callable[..., list[str]]:
    """Return a function (page, css selector or None) -> its serious and critical violations."""
    from axe_playwright_python.sync_playwright import Axe

    def violations(page: Any, within: str | None = None) -> list[str]:
        found = Axe().run(page, context=within).response["violations"]
        return [
            f"{v['id']} ({v['impact']}): {v['help']}: {node['target']}"
            for v in found
            if v["impact"] in {"serious", "critical"}
            for node in v["nodes"]
        ]

    return violations
