"""The student's side of handing out and in, beside a class that answers over HTTP."""

import io
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from zipfile import ZipFile

import pytest

from pmkit.learning.exercising.handing import fetch, hand_in, main
from pmkit.model.errors import PlanError


class Class:
    """What a class answers, and what it was asked."""

    def __init__(self):
        self.asked, self.status, self.answer = [], 200, b""


@pytest.fixture
def course(monkeypatch):
    told = Class()

    class Handler(BaseHTTPRequestHandler):
        def answer(self):
            sent = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            told.asked.append((self.command, self.path, self.headers["Authorization"], sent))
            self.send_response(told.status)
            self.end_headers()
            self.wfile.write(told.answer)

        do_GET = do_POST = answer

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        address = f"http://127.0.0.1:{server.server_address[1]}/services/class/"
        monkeypatch.setenv("PMKIT_CLASS_URL", address)
        monkeypatch.setenv("JUPYTERHUB_API_TOKEN", "mine")
        monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
        yield told
        server.shutdown()
        thread.join()


def packed(**files):
    buffer = io.BytesIO()
    with ZipFile(buffer, "w") as made:
        for name, content in files.items():
            made.writestr(name, content)
    return buffer.getvalue()


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "ps04"
    made.mkdir()
    (made / "ps04.ipynb").write_text('{"cells": ["é"]}', "utf-8")
    return made


def test_the_notebook_and_its_log_go_to_the_class_with_ones_own_token(course, folder, capsys):
    (folder / "attempts.jsonl").write_text("{}\n")
    course.answer = json.dumps(
        {"exercise": "ps04", "at": "2026-11-29 12:00:00.000000 UTC", "digest": "abc", "attempt": 2}
    ).encode()
    assert main(["in", str(folder)]) == 0
    assert capsys.readouterr().out == (
        "pmkit: ps04: handed in at 2026-11-29 12:00:00.000000 UTC, for the 2nd time, the last one "
        "counts; receipt abc\n"
    )
    [(method, path, token, sent)] = course.asked
    assert (method, path, token) == ("POST", "/services/class/in/ps04", "token mine")
    assert json.loads(sent) == {"notebook": '{"cells": ["é"]}', "attempts": "{}\n"}


def test_what_is_handed_out_is_fetched_and_ones_own_work_stays(course, tmp_path):
    course.answer = packed(**{"ps04/ps04.ipynb": "theirs", "ps04/data/plan.csv": "1"})
    assert fetch(tmp_path) == ("ps04/ps04.ipynb", "ps04/data/plan.csv")
    (tmp_path / "ps04" / "ps04.ipynb").write_text("mine")
    course.answer = packed(**{"ps04/ps04.ipynb": "theirs", "ps04/feedback.html": "one"})
    assert fetch(tmp_path) == ("ps04/feedback.html",)
    assert (tmp_path / "ps04" / "ps04.ipynb").read_text() == "mine"
    assert fetch(tmp_path) == ()


def test_feedback_that_was_written_again_replaces_the_earlier(course, tmp_path):
    course.answer = packed(**{"ps04/feedback.html": "one"})
    fetch(tmp_path)
    course.answer = packed(**{"ps04/feedback.html": "two"})
    assert fetch(tmp_path) == ("ps04/feedback.html",)
    assert (tmp_path / "ps04" / "feedback.html").read_text() == "two"


@pytest.mark.parametrize("name", ["../out.txt", "/tmp/out.txt", "ps04/../../out.txt"])
def test_nothing_is_written_outside_the_folder(course, tmp_path, name):
    course.answer = packed(**{name: "x"})
    with pytest.raises(PlanError) as raised:
        fetch(tmp_path / "in")
    assert str(raised.value) == f"fetch: names of files must stay in their folder, got {name!r}"
    assert list(tmp_path.iterdir()) == []


def test_a_refusal_is_the_sentence_of_the_class(course, folder, capsys):
    course.status, course.answer = 400, b'{"problem": "hand in: must be <it>"}'
    assert main(["in", str(folder)]) == 1
    assert capsys.readouterr().err == "pmkit: hand in: must be <it>\n"
    course.status, course.answer = 502, b"<html>"
    with pytest.raises(PlanError, match=r"^class: must answer, got 502; nothing is lost"):
        hand_in(folder)


def test_a_folder_without_its_notebook_is_not_handed_in(course, tmp_path):
    with pytest.raises(PlanError) as raised:
        hand_in(tmp_path)
    assert str(raised.value) == (f"hand in: the notebook {tmp_path.name}.ipynb must lie in "
                                 f"{tmp_path.name}, is not there or is no text")  # fmt: skip
    assert course.asked == []


def test_elsewhere_than_on_a_hub_a_student_is_told(monkeypatch, folder):
    monkeypatch.delenv("PMKIT_CLASS_URL", raising=False)
    monkeypatch.delenv("JUPYTERHUB_API_TOKEN", raising=False)
    with pytest.raises(PlanError, match=r"^class: must be on a JupyterHub that serves a class; "
                                        "elsewhere your teacher says how to hand in$"):  # fmt: skip
        hand_in(folder)


def test_a_class_that_does_not_answer_loses_nothing(monkeypatch, folder):
    monkeypatch.setenv("PMKIT_CLASS_URL", "http://127.0.0.1:9/services/class")
    monkeypatch.setenv("JUPYTERHUB_API_TOKEN", "mine")
    with pytest.raises(PlanError, match=r"^class: must answer, does not .* try again$"):
        hand_in(folder)


def test_other_words_are_told_the_usage(capsys):
    assert main(["out"]) == 2
    assert capsys.readouterr().err.startswith("usage: python -m pmkit.learning.exercising.handing")
