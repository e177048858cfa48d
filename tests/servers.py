"""JupyterLab and Voila for browser tests: a free port, a copy of the notebooks, no network."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parents[1]
NOWHERE = "http://127.0.0.1:9"  # the discard port: whoever asks for the network is refused at once


@dataclass(frozen=True)
class Server:
    """A running server; `root` is its own copy of the notebooks, to which a test may add."""

    url: str
    token: str
    root: Path
    log: Path

    def lab(self, notebook: str) -> str:
        """Address of a notebook in JupyterLab, in a fresh workspace."""
        return f"{self.url}/lab/tree/{notebook}?reset&token={self.token}"

    def page(self, notebook: str) -> str:
        """Address of a notebook as a Voila page."""
        return f"{self.url}/voila/render/{notebook}"


def isolated_environment(home: Path) -> dict[str, str]:
    """Return this environment with its own Jupyter folders and with every proxy leading nowhere."""
    env = dict(os.environ)
    for name in ("CONFIG", "DATA", "RUNTIME"):
        env[f"JUPYTER_{name}_DIR"] = str(home / name.lower())
    env["JUPYTER_PATH"] = str(ROOT / "deploy" / "jupyter")  # the Voila template without a CDN
    env["JUPYTER_CONFIG_PATH"] = env["JUPYTER_PATH"]  # no news in Lab, patience in Voila
    env["JUPYTERLAB_SETTINGS_DIR"] = str(home / "settings")
    env["JUPYTERLAB_WORKSPACES_DIR"] = str(home / "workspaces")
    env["PYTHONPATH"] = os.pathsep.join(filter(None, [str(ROOT), env.get("PYTHONPATH")]))
    for proxy in ("http_proxy", "https_proxy", "all_proxy"):
        env[proxy] = env[proxy.upper()] = NOWHERE
    env["no_proxy"] = env["NO_PROXY"] = "127.0.0.1,localhost"
    return env


def free_port() -> int:
    """Return a port that nobody listens on at this moment."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


@contextmanager
def serve(
    command: list[str], folder: Path, ready: str, seconds: float = 90, root: Path | None = None
) -> Iterator[Server]:
    """Run `command` (with `{port} {token} {root}` filled in) until the block ends.

    It serves `root`, or else a copy of the notebooks.
    """
    if root is None:
        root = folder / "notebooks"
        left = shutil.ignore_patterns(".ipynb_checkpoints")
        shutil.copytree(ROOT / "notebooks", root, ignore=left)
    port, token, log = free_port(), secrets.token_hex(16), folder / "server.log"
    words = [word.format(port=port, token=token, root=root) for word in command]
    server = Server(f"http://127.0.0.1:{port}", token, root, log)
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", *words],
            cwd=root,
            env=isolated_environment(folder),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_until_ready(process, server, ready, seconds)
            yield server
        finally:
            process.terminate()  # the server shuts its kernels down on SIGTERM
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(10)


def _wait_until_ready(
    process: subprocess.Popen[bytes], server: Server, ready: str, seconds: float
) -> None:
    request = urllib.request.Request(
        server.url + ready, headers={"Authorization": f"token {server.token}"}
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        try:
            with opener.open(request, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    tail = server.log.read_text(errors="replace")[-3000:]
    raise RuntimeError(f"the server did not answer {ready} within {seconds:.0f} s:\n{tail}")


LAB = [
    "jupyterlab",
    "--no-browser",
    "--allow-root",
    "--ip=127.0.0.1",
    "--port={port}",
    "--ServerApp.port_retries=0",
    "--IdentityProvider.token={token}",
    "--ServerApp.root_dir={root}",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.news_url=None",
    "--LabApp.extension_manager=readonly",
]

VOILA = [
    "voila",
    "{root}",
    "--no-browser",
    "--Voila.ip=127.0.0.1",
    "--port={port}",
    "--Voila.port_retries=0",
    "--MappingKernelManager.cull_idle_timeout=120",
    "--MappingKernelManager.cull_interval=20",
]

LATE = """\
import sys, time
import ipywidgets
sys.stdout.flush_timeout = sys.stderr.flush_timeout = 0  # the answer does not wait for the output
get_ipython().kernel.iopub_thread.schedule(lambda: time.sleep(6))
ipywidgets.Button(description='Ask')
"""


def late_notebook() -> str:
    """Return a notebook whose button comes 6 s after its cell has run, as on a busy machine.

    Voila by itself waits 4 s and then shows a page without it.
    """
    return nbformat.writes(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(LATE)]))
