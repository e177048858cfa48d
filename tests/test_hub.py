"""A class of ten on a real hub: they sign in, work, see their own things only, and hand in."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import nbformat
import pytest

from pmkit.teach.class_folder import ClassFolder
from pmkit.teach.notebooks import make_notebook
from pmkit.teach.sandbox.bubblewrap import Bubblewrap
from tests.class_cases import PS04
from tests.hub_class import TEACHER, Hub, User, can_have_accounts, hub_of
from tests.servers import late_notebook

pytestmark = [pytest.mark.long, pytest.mark.timeout(1800)]
pytest.importorskip("jupyterhub")

STUDENTS = [f"s{n:02d}" for n in range(1, 11)]
PANEL = "lessons/workbench/what_if_app.ipynb"
separates = pytest.mark.skipif(
    not can_have_accounts(), reason="accounts need root, bubblewrap and adduser (Linux)"
)


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    folder = tmp_path_factory.mktemp("hub")
    with hub_of(folder, STUDENTS, accounts=can_have_accounts()) as made:
        yield made


@pytest.fixture(scope="module")
def users(hub: Hub) -> dict[str, User]:
    """Return everybody, signed in, with a server that runs: ten start at once."""
    found = {name: User(hub, name) for name in STUDENTS}

    def begin(user: User) -> None:
        assert user.sign_in()
        user.start(900)

    with ThreadPoolExecutor(len(found)) as pool:
        list(pool.map(begin, found.values()))
    return found


def everybody(users: dict[str, User], work: Any) -> dict[str, Any]:
    with ThreadPoolExecutor(len(users)) as pool:
        return dict(zip(users, pool.map(work, users.values()), strict=True))


@pytest.fixture(scope="module")
def kernels(users: dict[str, User]) -> dict[str, str]:
    return everybody(users, User.new_kernel)


def test_nobody_signs_in_with_a_wrong_password_or_without_a_place_on_the_roster(hub: Hub):
    assert not User(hub, "s01").sign_in("not the password")
    assert not User(hub, "nobody").sign_in()
    assert not User(hub, TEACHER).sign_in()  # with the students' password


def test_ten_at_once_import_pmkit_and_schedule_a_plan(users: dict, kernels: dict):
    code = "import pmkit as pm\nprint(pm.critical_path(pm.sample()).finish)"
    printed = everybody(users, lambda user: user.run(kernels[user.name], code, 300))
    import pmkit as pm

    assert set(printed.values()) == {f"{pm.critical_path(pm.sample()).finish}\n"}


def test_everybody_has_copies_of_the_lessons_and_their_own_handout_only(users: dict, kernels: dict):
    code = (
        "import json, pathlib as p\n"
        "print(len(list(p.Path('lessons/lessons').glob('*.ipynb'))))\n"
        "print([str(f) for f in sorted(p.Path('exercises').glob('*/*'))])\n"
        "print(p.Path('exercises/ps04_progress/data/report.csv').read_text())"
    )
    printed = everybody(users, lambda user: user.run(kernels[user.name], code))
    numbers = set()
    for name, text in printed.items():
        lessons, files, report = text.split("\n", 2)
        assert int(lessons) == 12, name
        assert files == ("['exercises/ps04_progress/data', "
                         "'exercises/ps04_progress/ps04_progress.ipynb']")  # fmt: skip
        numbers.add(report)
    assert len(numbers) == len(STUDENTS)  # each student's own


def test_the_panel_is_a_page_for_each_user(users: dict, kernels: dict):
    for name in STUDENTS[:3]:
        page = users[name].ask("GET", f"/user/{name}/voila/render/{PANEL}")
        assert page.status_code == 200
        assert "application/vnd.jupyter.widget-view+json" in page.text
        assert "Traceback" not in page.text


def test_a_page_waits_for_what_a_cell_shows_late(users: dict, kernels: dict):
    user = users["s01"]
    user.run(kernels["s01"], f"open('lessons/late.ipynb', 'w').write({late_notebook()!r})")
    page = user.ask("GET", "/user/s01/voila/render/lessons/late.ipynb")
    assert "application/vnd.jupyter.widget-view+json" in page.text


def test_pages_and_servers_ask_the_network_for_no_news(users: dict):
    asked = users["s01"].ask("GET", "/user/s01/lab/api/news")
    assert asked.json()["news"] == []
    assert users["s01"].ask("GET", "/user/s01/lab/api/update").json()["notification"] is None
    settings = "/user/s01/lab/api/settings/@jupyterlab/apputils-extension:notification"
    told = users["s01"].ask("GET", settings).json()["schema"]["properties"]
    assert told["checkForUpdates"]["default"] is False
    assert told["fetchNews"]["default"] == "false"


@separates
@pytest.mark.parametrize("path", [
    "{inside}/class/class.key", "{inside}/class/roster.csv", "{inside}/class",
    "{inside}/class/handout/ps04_progress/s02/data/report.csv", "{inside}/class/submitted",
    "{inside}/class/source/ps04_progress/variant.py", "{inside}/state", "{inside}/state/hub.sqlite",
    "{inside}/state/cookie_secret", "/home/s02", "/home/s02/exercises", "/home/teacher",
    "/home/s02/exercises/ps04_progress/ps04_progress.ipynb", "/home/s02/lessons",
    "/home/s02/.local/share/jupyter/runtime", "/proc/1/environ", "/proc/1/cwd", "/etc/shadow",
])  # fmt: skip
def test_a_student_cannot_read(path: str, hub: Hub, users: dict, kernels: dict):
    code = (
        f"import os; path = {path.format(inside=hub.inside)!r}\n"
        "try:\n    print('read', os.listdir(path) if os.path.isdir(path) else open(path).read())\n"
        "except OSError as error:\n    print(type(error).__name__)"
    )
    assert users["s01"].run(kernels["s01"], code) == "PermissionError\n"


@separates
def test_a_student_has_no_rights_beyond_an_account_and_reads_no_other_process(
    users: dict, kernels: dict
):
    code = (
        "import os, glob\n"
        "told = dict(l.split(':\\t') for l in open('/proc/self/status').read().splitlines())\n"
        "print(os.getuid() > 999, told['CapEff'], told['CapPrm'])\n"
        "def read(f):\n"
        "    try: return open(f + '/environ', 'rb').read()\n"
        "    except OSError: return None\n"
        "mine, others = [], []\n"
        "for f in glob.glob('/proc/[0-9]*'):\n"
        "    try: (mine if os.stat(f).st_uid == os.getuid() else others).append(f)\n"
        "    except OSError: pass\n"
        "print(len(others) > 10, {read(f) for f in others})"
    )
    none = "0" * 16
    assert users["s01"].run(kernels["s01"], code) == f"True {none} {none}\nTrue {{None}}\n"


@separates
def test_what_a_kernel_prints_goes_through_no_port_that_others_could_listen_to(
    users: dict, kernels: dict
):
    code = (
        "import os, stat, ipykernel, json\n"
        "told = json.load(open(ipykernel.get_connection_file()))\n"
        "print(told['transport'], oct(stat.S_IMODE(os.stat('/home/s01').st_mode) & 0o007))"
    )
    assert users["s01"].run(kernels["s01"], code) == "ipc 0o0\n"


def test_nobody_reaches_the_server_of_somebody_else_or_the_hub_s_list(users: dict):
    ann = users["s01"]
    assert ann.ask("GET", "/user/s02/api/contents/exercises").status_code == 403
    assert ann.ask("GET", f"/user/s02/voila/render/{PANEL}").status_code == 403
    assert ann.ask("POST", "/user/s02/api/kernels", json={}).status_code == 403
    assert ann.ask("GET", "/hub/api/users/s02").status_code in (403, 404)
    assert ann.ask("GET", "/hub/api/users").status_code == 403
    assert ann.ask("DELETE", "/hub/api/users/s02/server").status_code in (403, 404)


def test_a_student_hands_in_by_a_command_and_the_class_marks_it(
    hub: Hub, users: dict, kernels: dict
):
    from pmkit.teach.marking_class import Marking

    course = ClassFolder(hub.srv / "class")
    solved = nbformat.writes(make_notebook(course.exercise(PS04.name), solved=True))
    content = {"type": "file", "format": "text", "content": solved}
    path = f"/user/s03/api/contents/exercises/{PS04.name}/{PS04.name}.ipynb"
    users["s03"].ask("PUT", path, json=content).raise_for_status()
    command = f"!python -m pmkit.learning.exercising.handing in exercises/{PS04.name}"
    code = f"import sys, subprocess\nprint(subprocess.getoutput(sys.executable + {command[7:]!r}))"
    first, second = (users["s03"].run(kernels["s03"], code) for _ in range(2))
    assert f"{PS04.name}: handed in at 20" in first
    assert "for the 1st time" in first
    assert "for the 2nd time" in second
    came = course.submitted(PS04.name, "s03")
    assert (came / f"{PS04.name}.ipynb").read_text() == solved
    assert (came / "timestamp.txt").read_text().endswith(" UTC\n")
    before = course.root / "submitted_before" / "s03" / PS04.name
    assert [path.name for path in sorted(before.iterdir())] == ["0001.ipynb", "0001.txt"]
    engine = Bubblewrap() if Bubblewrap.is_there() else None
    marks = Marking(course, course.exercise(PS04.name), engine).everybody()
    assert marks["s03"] is not None
    assert marks["s02"] is None


def test_the_class_believes_the_hub_about_who_asks_and_nobody_else(hub: Hub, users: dict):
    ann, course = users["s01"], ClassFolder(hub.srv / "class")
    sent = {"notebook": '{"cells": []}', "attempts": "", "student": "s02", "user": "s02"}
    assert ann.web.post("/services/class/in/ps04_progress", json=sent).status_code == 403
    forged = {"Authorization": f"token {'0' * 32}"}
    answer = ann.web.post("/services/class/in/ps04_progress", json=sent, headers=forged)
    assert answer.status_code == 403
    answer = ann.ask("POST", "/services/class/in/ps04_progress?student=s02", json=sent)
    assert answer.json()["attempt"] == 1
    assert not course.submitted("ps04_progress", "s02").exists()
    assert course.submitted("ps04_progress", "s01").is_dir()
    for other in ("ps04_progress%2F..%2F..%2Fs02", "..", "ps99_none"):
        assert ann.ask("POST", f"/services/class/in/{other}", json=sent).status_code in (400, 404)
    teacher = User(hub, TEACHER)
    assert teacher.sign_in(hub.admin_password)
    answer = teacher.ask("GET", "/services/class/out")
    assert answer.json() == {
        "problem": "teacher: must be on the roster of the class, is not; ask your teacher"
    }


def test_a_server_without_work_is_stopped_and_one_with_work_is_not(tmp_path):
    with hub_of(tmp_path, ["ann", "bob"], accounts=False, idle_minutes=0.5) as hub:
        ann, bob = User(hub, "ann"), User(hub, "bob")
        for user in (ann, bob):
            assert user.sign_in()
            user.start(300)
        kernel, until = ann.new_kernel(), time.monotonic() + 300
        while bob.server() and time.monotonic() < until:
            assert ann.run(kernel, "print(1)") == "1\n"
            time.sleep(1)
        assert not bob.server()
        assert ann.run(kernel, "print(2)") == "2\n"
        # In one account nothing is separate, as the hub says when it starts.
        code = f"print(len(open({str(hub.srv / 'class' / 'class.key')!r}).read()) > 0)"
        assert ann.run(kernel, code) == "True\n"
        assert "All servers run in one account" in hub.log.read_text()
