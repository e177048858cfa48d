"""A class on a real JupyterHub of this machine, and users who sign in there over HTTP.

As root the hub has accounts: they are made in a sandbox of bubblewrap which has its own /etc, /home
and /srv, so that this machine's accounts stay as they are. Else all servers run in one account.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import secrets
import shutil
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from tests.class_cases import make_class
from tests.servers import NOWHERE, ROOT, free_port

TEACHER = "teacher"
CONFIG = ROOT / "deploy" / "jupyterhub" / "jupyterhub_config.py"
NEEDED = [ROOT / "pmkit", ROOT / "deploy", ROOT / "notebooks", Path(sys.prefix),
          Path(sys.base_prefix)]  # fmt: skip


@dataclass(frozen=True)
class Hub:
    """A hub that runs.

    `shared` is whether all servers run in one account; `srv` is the folder of the class, seen from
    outside, and `inside` from within.
    """

    url: str
    password: str
    admin_password: str
    shared: bool
    srv: Path
    inside: str
    log: Path
    process: subprocess.Popen[bytes]
    users: list[User] = field(default_factory=list)


@dataclass
class User:
    """Somebody with a browser's cookies, and a token of their own once signed in."""

    hub: Hub
    name: str
    token: str = ""
    web: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        self.web = httpx.Client(base_url=self.hub.url, timeout=180, trust_env=False)
        self.hub.users.append(self)

    def sign_in(self, password: str | None = None) -> bool:
        """Fill the form in and send it; return whether one is in."""
        self.web.get("/hub/login")
        sent = {"username": self.name, "password": password or self.hub.password,
                "_xsrf": self.web.cookies.get("_xsrf", path="/hub/") or ""}  # fmt: skip
        answer = self.web.post("/hub/login?next=%2Fhub%2Ftoken", data=sent)
        if answer.status_code != 302:
            return False
        # The cookie against forged requests changes with who one is.
        self.web.get("/hub/token")
        xsrf = self.web.cookies.get("_xsrf", path="/hub/")
        made = self.web.post(f"/hub/api/users/{self.name}/tokens", json={},
                             headers={"X-XSRFToken": xsrf})  # fmt: skip
        made.raise_for_status()
        self.token = made.json()["token"]
        return True

    def ask(self, method: str, path: str, **told: Any) -> httpx.Response:
        """Ask with one's token."""
        headers = {"Authorization": f"token {self.token}"}
        return self.web.request(method, path, headers=headers, **told)

    def start(self, seconds: float = 180) -> None:
        """Start one's server and wait until it answers."""
        self.ask("POST", f"/hub/api/users/{self.name}/server").raise_for_status()
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self.server().get("ready"):
                return
            time.sleep(0.3)
        raise TimeoutError(f"the server of {self.name} did not start:\n{tail(self.hub.log)}")

    def server(self) -> dict[str, Any]:
        """Return what the hub says of one's server; empty if it does not run."""
        told = self.ask("GET", f"/hub/api/users/{self.name}").json()
        found: dict[str, Any] = told["servers"].get("", {})
        return found

    def new_kernel(self, path: str = "") -> str:
        """Start a kernel; return its id."""
        made = self.ask("POST", f"/user/{self.name}/api/kernels", json={"path": path})
        made.raise_for_status()
        return str(made.json()["id"])

    def run(self, kernel: str, code: str, seconds: float = 120) -> str:
        """Run code in a kernel; return what it prints, an error's name and text as well."""
        return asyncio.run(self.ran(kernel, code, seconds))

    async def ran(self, kernel: str, code: str, seconds: float = 120) -> str:
        """Run code in a kernel, as `run` does, over a connection of its own."""
        connection = await self.connected(kernel)
        try:
            return await asyncio.wait_for(request(connection, code), seconds)
        finally:
            await closed(connection)

    async def connected(self, kernel: str) -> Any:
        """Return a WebSocket to a kernel."""
        from tornado.httpclient import HTTPRequest
        from tornado.websocket import websocket_connect

        address = self.hub.url.replace("http", "ws", 1)
        path = f"/user/{self.name}/api/kernels/{kernel}/channels"
        headers = {"Authorization": f"token {self.token}"}
        return await websocket_connect(
            HTTPRequest(address + path, headers=headers, connect_timeout=60, request_timeout=120)
        )


async def closed(connection: Any) -> None:
    """Close a WebSocket and wait until it is."""
    connection.close()
    while await connection.read_message() is not None:
        pass


async def request(connection: Any, code: str) -> str:
    """Send one request of code, and return what it printed when it is done."""
    id_, printed, replied, idle = uuid.uuid4().hex, [], False, False
    await connection.write_message(json.dumps({
        "header": {"msg_id": id_, "msg_type": "execute_request", "username": "", "session": id_,
                   "version": "5.3"},
        "parent_header": {}, "metadata": {}, "channel": "shell", "buffers": [],
        "content": {"code": code, "silent": False, "store_history": False, "allow_stdin": False,
                    "user_expressions": {}, "stop_on_error": True},
    }))  # fmt: skip
    while not (replied and idle):
        message = await connection.read_message()
        if message is None:
            raise ConnectionError("the connection to the kernel was closed")
        told = json.loads(message)
        if told["parent_header"].get("msg_id") != id_:
            continue
        kind, content = told["msg_type"], told["content"]
        if kind == "stream":
            printed.append(content["text"])
        elif kind == "error":
            printed.append(f"{content['ename']}: {content['evalue']}")
        replied = replied or kind == "execute_reply"
        idle = idle or (kind == "status" and content["execution_state"] == "idle")
    return "".join(printed)


def tail(log: Path, count: int = 4000) -> str:
    """Return the end of a log."""
    return log.read_text(errors="replace")[-count:]


def can_have_accounts() -> bool:
    """Whether this is a Linux where accounts can be made in a sandbox."""
    needed = ("bwrap", "adduser")
    return sys.platform == "linux" and os.geteuid() == 0 and all(map(shutil.which, needed))


@contextmanager
def hub_of(folder: Path, students: Sequence[str], *, accounts: bool, idle_minutes: float = 30.0,
           most_at_once: int = 40, proxy: str = "") -> Iterator[Hub]:  # fmt: skip
    """Run a hub for a class until the block ends."""
    srv = folder / "srv"
    srv.mkdir(mode=0o755)
    make_class(_made(srv / "class"), *students)
    (srv / "state").mkdir()
    inside = "/srv" if accounts else str(srv)
    port = _four_free_ports()
    (srv / "hub.toml").write_text(f"""
[class]
folder = "{inside}/class"
owner = "{TEACHER}"
lessons = "{ROOT / "notebooks"}"
instructors = ["{TEACHER}"]
[sign_in]
way = "demonstration"
[servers]
kind = "{"accounts" if accounts else "together"}"
memory = "1G"
cpu = 1.0
most_at_once = {most_at_once}
idle_minutes = {idle_minutes}
most_hours = 12
[web]
address = "http://127.0.0.1:{port}"
state = "{inside}/state"
proxy = "{proxy}"
""")
    hub = [sys.executable, "-m", "jupyterhub", "-f", str(CONFIG)]
    command = _in_sandbox(folder, srv, hub) if accounts else hub
    password, admin_password = secrets.token_hex(8), secrets.token_hex(32)
    env = {
        **{name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ},
        "HOME": "/srv/state" if accounts else str(srv / "state"),
        "PMKIT_HUB": f"{inside}/hub.toml", "PMKIT_HUB_PASSWORD": password,
        "PMKIT_HUB_ADMIN_PASSWORD": admin_password, "no_proxy": "127.0.0.1,localhost",
        "http_proxy": NOWHERE, "https_proxy": NOWHERE,
    }  # fmt: skip
    log = folder / "hub.log"
    with log.open("wb") as out:
        process = subprocess.Popen(command, env=env, cwd="/", stdin=subprocess.DEVNULL, stdout=out,
                                   stderr=subprocess.STDOUT, start_new_session=True)  # fmt: skip
    made = Hub(f"http://127.0.0.1:{port}", password, admin_password, not accounts, srv, inside, log,
               process)  # fmt: skip
    try:
        _wait_until_ready(made)
        yield made
    finally:
        for user in made.users:
            user.web.close()
        process.terminate()
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(10)


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _four_free_ports() -> int:
    """Return the first of four ports in a row that are free."""
    import socket

    while True:
        first = free_port()
        try:
            for port in range(first, first + 4):
                with socket.socket() as s:
                    s.bind(("127.0.0.1", port))
            return first
        except OSError:
            continue


def _in_sandbox(folder: Path, srv: Path, command: Sequence[str]) -> list[str]:
    """Return a command that makes the teacher's account, gives it the class, and runs the hub."""
    shutil.copytree("/etc", folder / "etc", symlinks=True, ignore_dangling_symlinks=True)
    srv.chmod(0o755)
    closed = {Path("/tmp"), Path("/home"), Path("/run")}
    for path in NEEDED:
        closed.update(each for each in path.parents if not each.stat().st_mode & 0o001)
    covers = [word for each in sorted(closed) for word in ("--tmpfs", str(each))]
    # Folders on the way that bubblewrap makes by itself are closed to others.
    ways = {each for path in NEEDED for each in path.parents if closed & {each, *each.parents}}
    dirs = [
        word for each in sorted(ways - closed) for word in ("--perms", "0755", "--dir", str(each))
    ]
    binds = [word for path in NEEDED for word in ("--ro-bind", str(path), str(path))]
    prepare = (
        f"chmod 1777 /tmp && adduser -q --gecos '' --disabled-password {TEACHER} && "
        f"chown -R {TEACHER}: /srv/class && chmod 700 /srv/class /srv/state && exec \"$@\""
    )  # fmt: skip
    return [
        "bwrap", "--ro-bind", "/", "/", *covers, *dirs, "--dev", "/dev", "--proc", "/proc", *binds,
        "--bind", str(folder / "etc"), "/etc", "--bind", str(srv), "/srv", "--unshare-pid",
        "--cap-add", "ALL", "--die-with-parent", "--", "sh", "-c", prepare, "sh", *command,
    ]  # fmt: skip


def _wait_until_ready(hub: Hub, seconds: float = 120) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until and hub.process.poll() is None:
        try:
            answer = httpx.get(f"{hub.url}/hub/api/", timeout=5, trust_env=False)
            if answer.status_code == 200 and _is_class_up(hub):
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.3)
    raise RuntimeError(f"the hub did not answer:\n{tail(hub.log)}")


def _is_class_up(hub: Hub) -> bool:
    answer = httpx.get(f"{hub.url}/services/class/out", timeout=5, trust_env=False)
    return answer.status_code == 403 and bool(re.search("token", answer.text))
