"""A learner's file: nothing that was stored is lost, whoever is killed, and whoever else writes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import pmkit.learning.record as module
from pmkit.learning.record import Record, record
from pmkit.model.errors import PlanError
from tests.servers import ROOT

WRITER = """
import sys
from pmkit.learning.record import Record
from pathlib import Path
own = Record(Path(sys.argv[1]))
for n in range(int(sys.argv[3])):
    own.add("check", f"{sys.argv[2]}-{n}", confidence=70)
    print(n, flush=True)
"""
HOLDER = """
import sys, time
from pmkit.learning.locking import held
from pathlib import Path
with held(Path(sys.argv[1]), 1):
    print("held", flush=True)
    time.sleep(60)
"""


def start(script: str, *words: object) -> subprocess.Popen[str]:
    """Start a process that prints a line for each thing it has done."""
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, words)], stdout=subprocess.PIPE, text=True,
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip


@pytest.fixture
def own(tmp_path) -> Record:
    return Record(tmp_path / "progress.json")


def test_what_is_added_is_there_in_order_and_can_be_asked_for(own):
    own.add("prediction", "04-late", expected=10, confidence=80, is_right=False)
    own.add("check", "04-eac", answer=("A", "B"), confidence=60, is_right=True)
    own.add("check", "04-sv", is_right=np.bool_(False), confidence=np.int64(50))
    assert [e.item for e in own.events()] == ["04-late", "04-eac", "04-sv"]
    assert [e.item for e in own.events("check")] == ["04-eac", "04-sv"]
    assert own.events("check", "04-sv")[0].facts == {"is_right": False, "confidence": 50}
    assert own.events("check", "04-late") == ()


def test_a_file_that_is_not_there_is_an_empty_record(own):
    assert own.events() == ()
    assert not own.path.exists()


# In kernels with trouble


@pytest.mark.parametrize("after", [1, 4, 9])
def test_a_killed_kernel_loses_nothing_that_was_stored_and_stops_nobody(own, after):
    process = start(WRITER, own.path, "a", 10_000)
    acknowledged = [process.stdout.readline() for _ in range(after)][-1]
    time.sleep(0.003 * after)  # somewhere within a write
    process.send_signal(signal.SIGKILL if os.name != "nt" else signal.SIGTERM)
    more = process.communicate()[0].split()
    last = int(more[-1] if more else acknowledged)
    stored = [event.item for event in own.events()]
    assert stored[: last + 1] == [f"a-{n}" for n in range(last + 1)]
    assert len(stored) <= last + 2  # the one that was under way may be there, or not
    began = time.monotonic()
    own.add("check", "after")
    assert own.events()[-1].item == "after"
    assert time.monotonic() - began < module._PATIENCE / 2  # nobody waited for the dead
    assert {p.name for p in own.path.parent.iterdir()} <= {
        "progress.json", ".progress.json.lock", ".progress.json.part",
    }  # fmt: skip


def test_a_lock_of_a_killed_process_is_no_lock(own):
    process = start(HOLDER, own.path.with_name(".progress.json.lock"))
    assert process.stdout.readline() == "held\n"
    process.kill()
    process.communicate()
    own.add("check", "01-a")
    assert len(own.events()) == 1


def test_who_waits_too_long_is_told(own, monkeypatch):
    monkeypatch.setattr(module, "_PATIENCE", 0.05)
    process = start(HOLDER, own.path.with_name(".progress.json.lock"))
    assert process.stdout.readline() == "held\n"
    with pytest.raises(PlanError) as error:
        own.add("check", "01-a")
    process.kill()
    process.communicate()
    sentence = "progress: another notebook is writing, nothing was stored; try again"
    assert str(error.value) == sentence


def test_two_notebooks_that_write_at_once_lose_nothing_and_a_reader_sees_whole_files(own):
    writers = [start(WRITER, own.path, name, 60) for name in "ab"]
    seen = [0]
    while any(process.poll() is None for process in writers):
        seen.append(len(own.events()))  # never an error
    for process in writers:
        process.communicate()
    items = [event.item for event in own.events()]
    assert sorted(items) == sorted(f"{name}-{n}" for name in "ab" for n in range(60))
    assert [i for i in items if i[0] == "a"] == [f"a-{n}" for n in range(60)]
    assert seen == sorted(seen)


def test_windows_may_refuse_for_a_moment_while_somebody_looks_at_the_file(own, monkeypatch):
    refusals = [PermissionError(13, "in use")] * 3
    replace = os.replace

    def busy(*paths: Path) -> None:
        if refusals:
            raise refusals.pop()
        replace(*paths)

    monkeypatch.setattr(module, "_TRIES", 5)
    monkeypatch.setattr(module.os, "replace", busy)
    own.add("check", "01-a")
    assert len(own.events()) == 1
    assert refusals == []


def test_a_write_that_fails_half_way_leaves_the_file_as_it_was(own, monkeypatch):
    own.add("check", "01-a")
    before = own.path.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module.os, "fsync", full)
    with pytest.raises(PlanError) as error:
        own.add("check", "01-b")
    assert str(error.value) == (
        "progress: the folder of progress.json must be one that can be written to, got no space "
        "left on device; nothing was stored, PMKIT_PROGRESS can name another file"
    )
    assert own.path.read_bytes() == before


def test_a_folder_that_cannot_be_made_is_told_in_a_sentence(tmp_path):
    (tmp_path / "file").write_text("not a folder")
    own = Record(tmp_path / "file" / "progress.json")
    assert own.events() == ()
    with pytest.raises(
        PlanError,
        match=r"^progress: the folder of progress.json must be one that "
        r"can be written to, got (not a directory|file exists); nothing was",
    ):
        own.add("check", "01-a")  # fmt: skip


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write")
def test_a_folder_that_is_read_only_is_told_in_a_sentence(tmp_path):
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(PlanError, match="written to, got permission denied; nothing was"):
            Record(tmp_path / "progress.json").add("check", "01-a")
    finally:
        tmp_path.chmod(0o700)


# Files that are none


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("", "Expecting value"),
        ("{", "Expecting property name"),
        ("[]", "list indices"),
        ("{}", "'version'"),
        ('{"version": 1}', "'events'"),
        ('{"version": 1, "events": [{"kind": "check"}]}', "missing 3 required"),
        ('{"version": 1, "events": [{"kind": 1, "item": "", "facts": {}, "at": "", "id": ""}]}',
         "must have texts"),
        ('{"version": 1, "events": [{"kind": "", "item": "", "facts": [], "at": "", "id": ""}]}',
         "facts must have names"),
        ("[" * 100_000, "recursion"),
    ],
)  # fmt: skip
def test_a_file_that_is_none_of_ours_is_told_and_kept(own, content, why):
    own.path.write_text(content)
    for act in (own.events, own.content, lambda: own.add("check", "01-a")):
        with pytest.raises(PlanError) as error:
            act()
        assert str(error.value).startswith(
            "progress: progress.json must be a file that pmkit wrote, got something else ("
        )
        assert why in str(error.value)
        assert str(error.value).endswith("it stays as it is, and a reset keeps it beside a new one")
    assert own.path.read_text() == content
    kept = own.reset()
    own.add("check", "01-a")
    assert len(own.events()) == 1
    assert kept.read_text() == content


def test_bytes_that_are_no_text_are_told(own):
    own.path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(
        PlanError, match=r"^progress: progress.json must be a file that pmkit wrote"
    ):
        own.events()


def test_a_file_of_a_newer_pmkit_is_told(own):
    own.path.write_text('{"version": 2, "events": []}')
    with pytest.raises(PlanError) as error:
        own.events()
    assert str(error.value) == (
        "progress: version of progress.json must be 1, got 2; a newer pmkit wrote it"
    )


# Export, reset, and back


def test_what_is_exported_can_be_added_elsewhere_once(own, tmp_path):
    own.add("check", "01-a", said="ü <b>")
    own.export(tmp_path / "out.json")
    assert (tmp_path / "out.json").read_bytes() == own.content()
    other = Record(tmp_path / "other.json")
    other.add("check", "01-b")
    assert other.add_from(tmp_path / "out.json") == 1
    assert other.add_from(tmp_path / "out.json") == 0
    assert [e.item for e in other.events()] == ["01-a", "01-b"]  # as it happened
    assert other.events()[0] == own.events()[0]


def test_a_reset_keeps_the_file_beside_and_can_be_taken_back(own):
    assert own.reset() is None
    own.add("check", "01-a")
    before = own.path.read_bytes()
    kept = own.reset()
    assert own.events() == ()
    assert kept.parent == own.path.parent
    assert kept.read_bytes() == before
    own.add("check", "01-b")
    assert own.add_from(kept) == 1
    assert [e.item for e in own.events()] == ["01-a", "01-b"]


def test_two_resets_keep_two_files(own):
    kept = []
    for item in ("01-a", "01-b"):
        own.add("check", item)
        kept.append(own.reset())
    assert len(set(kept)) == 2
    assert [Record(path).events()[0].item for path in kept] == ["01-a", "01-b"]


facts = st.dictionaries(
    st.text(st.characters(codec="ascii", categories=["Ll"]), min_size=1, max_size=5)
    .filter(lambda name: name not in ("kind", "item", "self")),
    st.one_of(st.text(max_size=8), st.integers(), st.booleans(), st.none(),
              st.floats(allow_nan=False)), max_size=3,
)  # fmt: skip


@given(st.lists(st.tuples(st.text(max_size=6), facts), max_size=6))
def test_whatever_is_stored_comes_back_as_it_was(tmp_path_factory, told):
    own = Record(tmp_path_factory.mktemp("law") / "progress.json")
    for item, known in told:
        own.add("check", item, **known)
    assert [(e.item, e.facts) for e in own.events()] == told
    assert json.loads(own.content())["version"] == 1


# Where it is


def test_the_file_is_that_of_the_folder_of_copies_else_of_the_user(tmp_path, monkeypatch):
    monkeypatch.delenv("PMKIT_PROGRESS", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    lessons = tmp_path / "work" / "lessons"
    lessons.mkdir(parents=True)
    monkeypatch.chdir(lessons)
    assert record().path == tmp_path / "home" / ".pmkit" / "progress.json"
    (tmp_path / "work" / ".pmkit_work").write_text("{}")
    assert record().path == tmp_path / "work" / "progress.json"
    monkeypatch.setenv("PMKIT_PROGRESS", str(tmp_path / "told.json"))
    assert record().path == tmp_path / "told.json"
