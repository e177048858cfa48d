"""Which engine is chosen, and what a container is told. Containers run where an engine runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmkit.model.errors import PlanError
from pmkit.teach.sandbox.bubblewrap import Bubblewrap
from pmkit.teach.sandbox.choosing import choose_engine
from pmkit.teach.sandbox.container import IMAGE, Container
from pmkit.teach.sandbox.limits import Limits


@pytest.fixture
def programs(tmp_path, monkeypatch):
    """No bubblewrap, and a PATH with the programs that a test writes there."""
    monkeypatch.setattr(Bubblewrap, "is_there", staticmethod(lambda: False))
    monkeypatch.setenv("PATH", str(tmp_path))

    def write(name: str, script: str) -> None:
        path = tmp_path / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)

    return write


def test_bubblewrap_comes_first(monkeypatch):
    monkeypatch.setattr(Bubblewrap, "is_there", staticmethod(lambda: True))
    assert choose_engine() == Bubblewrap()


def test_podman_is_taken_where_docker_is_there_but_does_not_run(programs):
    programs("docker", "exit 1")
    programs("podman", "exit 0")
    assert choose_engine() == Container("podman")


def test_without_an_engine_nothing_is_run_and_marking_of_plain_values_is_offered(programs):
    programs("docker", "exit 1")
    with pytest.raises(PlanError) as error:
        choose_engine()
    assert str(error.value) == (
        "marking: must run what students hand in inside bubblewrap (Linux: apt install "
        "bubblewrap), Docker or Podman, got none of them; --without-running reads plain numbers "
        "and choices, and runs nothing"
    )


def test_an_engine_without_the_image_says_how_to_build_it(programs):
    programs("docker", 'if [ "$1" = image ]; then exit 1; fi')
    with pytest.raises(PlanError) as error:
        choose_engine()
    assert str(error.value) == (
        "marking: docker must have the image pmkit-marking, which is not built; in a checkout of "
        "pmkit: docker build -t pmkit-marking -f deploy/marking/Dockerfile . ; --without-running "
        "reads plain numbers and choices, and runs nothing"
    )


def test_a_container_has_no_network_no_rights_and_the_limits_of_the_submission(tmp_path):
    command = Container("docker").command(tmp_path / "given", Limits(memory=10**9, disk=10**6))
    told = " ".join(command)
    for words in (
        "--network none", "--read-only", "--cap-drop ALL", "--user 65534:65534", "--pull never",
        "--security-opt no-new-privileges", "--memory 1000000000b", "--pids-limit 64",
        "--tmpfs /submission:size=1000000,", f"--volume {tmp_path}/given:/given:ro", IMAGE,
        f"--name {tmp_path.name}",
    ):  # fmt: skip
        assert words in told
    assert command.count("--volume") == 1  # nothing else of this machine is in it


def test_a_container_is_ended_by_its_name(programs, tmp_path):
    programs("docker", f'echo "$@" > {tmp_path}/told')
    Container("docker").end(tmp_path / "pmkit-marking-x" / "given")
    assert (tmp_path / "told").read_text() == "rm --force pmkit-marking-x\n"


def test_the_image_installs_what_is_run_in_it():
    text = (Path(__file__).parents[1] / "deploy" / "marking" / "Dockerfile").read_text("utf-8")
    assert f"docker build -t {IMAGE} -f deploy/marking/Dockerfile ." in text
    assert ".[teach]" in text
