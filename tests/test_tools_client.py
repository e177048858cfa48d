"""The process in which Java runs: kept, ended when too much, and never in the way."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from pmkit.files import read, read_bytes
from pmkit.files.tools import client
from pmkit.files.tools.kinds import MPP, MSPDI
from pmkit.model.errors import PlanError
from tests.project_files import java_or_skip
from tests.servers import ROOT

PLAN = b"""<?xml version="1.0"?>
<Project xmlns="http://schemas.microsoft.com/project"><StartDate>2026-03-02T08:00:00</StartDate>
<Tasks><Task><UID>1</UID><ID>1</ID><Name>Gr\xc3\xbcnden \xe2\x9a\x99</Name>
<Duration>PT16H0M0S</Duration></Task></Tasks></Project>"""


@pytest.fixture(autouse=True)
def fresh():
    """Start without a worker, and leave none with odd limits behind."""
    java_or_skip()
    client.stop()
    yield
    client.stop()


def running() -> subprocess.Popen[bytes]:
    """Return the worker's process."""
    worker = client._worker
    assert worker is not None
    return worker.process


def is_there(process: int) -> bool:
    """Whether a process runs (one that has ended and waits for its parent does not)."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_one_process_opens_file_after_file():
    plans = [read_bytes("a.xml", PLAN), read_bytes("b.xml", PLAN)]
    first = running().pid
    plans.append(read_bytes("c.xml", PLAN))
    assert running().pid == first != os.getpid()
    assert [p.activities[0].name for p in plans] == ["Gründen ⚙"] * 3


def test_names_that_no_java_would_find_are_no_matter(tmp_path):
    path = tmp_path / "плян ⚙ ünï" / "Ä b;c'.xml"
    path.parent.mkdir()
    path.write_bytes(PLAN)
    assert read(path).activities[0].duration == 2


def test_a_file_that_takes_too_long_is_stopped_and_the_next_one_opens(monkeypatch):
    monkeypatch.setattr(client, "SECONDS", 0.05)
    begin = time.monotonic()
    with pytest.raises(PlanError) as caught:
        read_bytes("slow.xml", PLAN)
    assert time.monotonic() - begin < 10
    assert str(caught.value) == (
        "slow.xml, Microsoft Project XML must be read within 0.05 seconds, this one took longer "
        "and was stopped"
    )
    monkeypatch.undo()
    assert read_bytes("next.xml", PLAN).activities


@pytest.mark.long
def test_a_file_that_fills_the_memory_is_a_sentence_and_the_next_one_opens(monkeypatch):
    monkeypatch.setattr(client, "MEGABYTES", 32)
    task = b"<Task><UID>%d</UID><ID>%d</ID><Name>" + b"x" * 150 + b"</Name></Task>"
    tasks = b"".join(task % (n, n) for n in range(1, 40_000))
    data = PLAN.replace(b"<Tasks>", b"<Tasks>" + tasks)
    with pytest.raises(PlanError) as caught:
        read_bytes("big.xml", data)
    assert str(caught.value) == (
        "big.xml, Microsoft Project XML must fit into 32 MB of Java's memory, this one needs more"
    )
    assert read_bytes("next.xml", PLAN).activities


@pytest.mark.long
def test_a_worker_that_was_killed_is_a_sentence_or_replaced():
    read_bytes("a.xml", PLAN)
    running().kill()
    running().wait()
    assert read_bytes("b.xml", PLAN).activities


def test_a_worker_that_dies_on_a_file_is_a_sentence():
    read_bytes("a.xml", PLAN)
    process = running()
    worker = client._worker
    assert worker is not None
    with client._lock:
        process.kill()
        with pytest.raises(client._Ended):
            worker.ask({"do": "read", "kind": "mspdi", "charset": ""}, PLAN, 10)


@pytest.mark.long
def test_threads_wait_for_each_other():
    found: list[int] = []

    def open_one() -> None:
        found.append(len(read_bytes("a.xml", PLAN).activities))

    threads = [threading.Thread(target=open_one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert found == [1] * 4


def _in_a_fork(queue):
    queue.put((len(read_bytes("a.xml", PLAN).activities), running().pid))
    client.stop()


@pytest.mark.long
@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
def test_a_forked_process_starts_a_worker_of_its_own_and_leaves_the_parents_alone():
    read_bytes("a.xml", PLAN)
    mine = running().pid
    context = multiprocessing.get_context("fork")
    queue = context.Queue()
    child = context.Process(target=_in_a_fork, args=(queue,))
    child.start()
    count, theirs = queue.get(timeout=60)
    child.join(30)
    assert count == 1
    assert theirs != mine
    read_bytes("b.xml", PLAN)
    assert running().pid == mine


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs /proc to look at processes")
@pytest.mark.parametrize("how", ["ends", "is killed"])
def test_the_worker_ends_with_its_parent_and_leaves_no_folder(how, tmp_path):
    end = "" if how == "ends" else "os.kill(os.getpid(), 9)"
    program = f"""
import os
from pmkit.files import read_bytes
from pmkit.files.tools import client
read_bytes("a.xml", {PLAN!r})
print(client._worker.process.pid, flush=True)
{end}
"""
    run = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    worker = int(run.stdout)
    end_of_wait = time.monotonic() + 20
    while is_there(worker) and time.monotonic() < end_of_wait:
        time.sleep(0.05)
    assert not is_there(worker)
    assert list(tmp_path.iterdir()) == []


def test_what_java_prints_and_modules_in_the_readers_folder_do_not_come_between(
    tmp_path, monkeypatch
):
    (tmp_path / "json.py").write_text("raise RuntimeError('not the json of Python')")
    monkeypatch.chdir(tmp_path)
    facts = client.read_facts(PLAN, MSPDI, "a.xml")
    assert facts["tasks"]


def test_a_damaged_file_leaves_the_worker_in_use():
    read_bytes("a.xml", PLAN)
    mine = running().pid
    with pytest.raises(PlanError, match=r"^x\.mpp, a Microsoft Project file must be whole, this"):
        client.read_facts(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), MPP, "x.mpp")
    read_bytes("a.xml", PLAN)
    assert running().pid == mine


def test_without_a_java_the_sentence_names_the_file(monkeypatch, tmp_path):
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("pmkit.files.tools.java._FOLDERS", {})
    monkeypatch.delenv("CONDA_PREFIX", raising=False)
    with pytest.raises(PlanError) as caught:
        read_bytes("plan.xml", PLAN)
    assert str(caught.value).startswith(
        "plan.xml, opening a project tool's file needs Java 17 or newer, found none (JAVA_HOME is "
        f"{tmp_path}, where there is no Java); install one: "
    )
