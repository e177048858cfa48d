"""JupyterHub for a class: ``PMKIT_HUB=hub.toml jupyterhub -f jupyterhub_config.py``.

Every user has a server of their own, with copies of the lessons, their own handout and the panels.
The class folder belongs to one account; students reach it only through `class_service.py`.
"""

import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

from jupyterhub.auth import LocalAuthenticator
from jupyterhub.authenticators.shared import SharedPasswordAuthenticator

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
from hub_settings import DEMONSTRATION, NO_LIMITS, read_settings  # noqa: E402

c = get_config()
told = read_settings(Path(os.environ.get("PMKIT_HUB", HERE / "hub.toml")))
told.state.mkdir(mode=0o700, parents=True, exist_ok=True)
web = urlsplit(told.address)
port = web.port or 8000
CLASS = f"http://127.0.0.1:{port + 2}"

# --- the hub and its proxy: everything listens on this machine only
c.JupyterHub.bind_url = told.address
c.JupyterHub.hub_bind_url = f"http://127.0.0.1:{port + 1}"
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{port + 3}"
# This proxy passes an answer on when it is complete. The page that waits for a server asks once and
# is answered when the server is there, so an answer may take as long as a start may.
c.ConfigurableHTTPProxy.command = [told.proxy] if told.proxy else [
    sys.executable, "-c", "from configurable_http_proxy.cli import main; main()",
    "--proxy-timeout=600000",
]  # fmt: skip
c.ConfigurableHTTPProxy.pid_file = str(told.state / "proxy.pid")
c.JupyterHub.db_url = f"sqlite:///{told.state / 'hub.sqlite'}"
c.JupyterHub.cookie_secret_file = str(told.state / "cookie_secret")
c.JupyterHub.active_server_limit = told.most_at_once
c.JupyterHub.concurrent_spawn_limit = 10
c.JupyterHub.allow_named_servers = False
c.JupyterHub.last_activity_interval = max(1, min(300, told.seconds_idle // 4))
c.JupyterHub.shutdown_on_logout = False

# --- who may sign in: the roster, and the instructors
students = told.students()
c.Authenticator.allowed_users = students | set(told.instructors)
c.Authenticator.admin_users = set(told.instructors)
c.Authenticator.delete_invalid_users = True


class Demonstration(LocalAuthenticator, SharedPasswordAuthenticator):
    """One password for all students, and an account of the machine each: not for a class."""


if told.way == "demonstration":
    together = told.kind == "together"
    c.JupyterHub.authenticator_class = SharedPasswordAuthenticator if together else Demonstration
    c.SharedPasswordAuthenticator.user_password = os.environ["PMKIT_HUB_PASSWORD"]
    c.SharedPasswordAuthenticator.admin_password = os.environ.get("PMKIT_HUB_ADMIN_PASSWORD")
    c.LocalAuthenticator.create_system_users = True
    print(f"pmkit: {DEMONSTRATION}", file=sys.stderr)
elif told.way == "accounts":
    c.JupyterHub.authenticator_class = "pam"
    c.PAMAuthenticator.open_sessions = False
else:
    load_subconfig(str(told.file))


# --- a server for each user
def config_path(spawner):
    """Settings of a server; a student's has none of nbgrader's tools for teachers."""
    folders = [HERE / "jupyter", HERE.parent / "jupyter"]
    if spawner.user.name not in told.instructors:
        folders.insert(0, HERE / "student")
    return os.pathsep.join(map(str, folders))


c.Spawner.cmd = [sys.executable, str(HERE / "start_server.py")]
c.Spawner.args = [
    f"--MappingKernelManager.cull_idle_timeout={told.seconds_idle}",
    f"--MappingKernelManager.cull_interval={max(1, min(60, told.seconds_idle // 4))}",
]
c.Spawner.default_url = "/lab/tree/lessons/00_start_here.ipynb"
c.Spawner.start_timeout = 300  # the first start makes the copies, and many may come at once
c.Spawner.http_timeout = 120
c.Spawner.mem_limit = told.memory
c.Spawner.cpu_limit = told.cpu
c.Spawner.environment = {
    "JUPYTER_CONFIG_PATH": config_path,
    "JUPYTER_PATH": str(HERE.parent / "jupyter"),
    "JUPYTERHUB_ACTIVITY_INTERVAL": str(c.JupyterHub.last_activity_interval),
    "PMKIT_CLASS_URL": f"{CLASS}/services/class",
    "PMKIT_LESSONS": str(told.lessons),
}
if told.kind == "systemd":
    c.JupyterHub.spawner_class = "systemd"
    c.SystemdSpawner.isolate_tmp = True
    c.SystemdSpawner.isolate_devices = True
    c.SystemdSpawner.disable_user_sudo = True
    c.SystemdSpawner.unit_extra_properties = {
        "TasksMax": "256", "MemorySwapMax": "0", "InaccessiblePaths": f"-{told.folder}",
        "ProtectProc": "invisible",
    }  # fmt: skip
else:
    c.JupyterHub.spawner_class = "simple" if told.kind == "together" else "localprocess"
    if told.kind == "together":
        homes = told.homes or str(told.state / "homes" / "{username}")
        c.SimpleLocalProcessSpawner.home_dir_template = homes
        if os.geteuid() == 0:
            c.Spawner.args = [*c.Spawner.args, "--allow-root"]
    print(f"pmkit: {NO_LIMITS[told.kind]}", file=sys.stderr)

# --- the class, and what stops idle servers
service = {
    "name": "class",
    "url": CLASS,
    "display": False,
    "command": [sys.executable, str(HERE / "class_service.py"), str(told.folder)],
}
if told.kind != "together":
    service["user"] = told.owner
c.JupyterHub.services = [
    service,
    {
        "name": "culler",
        "command": [
            sys.executable, "-m", "jupyterhub_idle_culler", f"--timeout={told.seconds_idle}",
            f"--cull-every={max(1, min(60, told.seconds_idle // 2))}",
            f"--max-age={round(3600 * told.most_hours)}",
        ],
    },
]  # fmt: skip
c.JupyterHub.load_roles = [
    {
        "name": "culler",
        "services": ["culler"],
        "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers"],
    },
    {"name": "user", "scopes": ["self", "access:services!service=class"]},
    {
        "name": "server",
        "scopes": ["users:activity!user", "access:servers!server", "access:services!service=class"],
    },
]
