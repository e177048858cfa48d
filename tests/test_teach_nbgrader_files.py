from __future__ import annotations

import nbformat
import pytest
from traitlets.config.loader import PyFileConfigLoader

from pmkit.teach.commands import main
from pmkit.teach.nbgrader_files import CONFIG, is_guarded, write_config, write_release
from tests.class_cases import PS04, make_class
from tests.gradebook_cases import run_nbgrader

NAME = PS04.name


@pytest.fixture
def course(tmp_path):
    return make_class(tmp_path / "PM 401", "anna")


def test_the_configuration_names_the_class_and_no_folder_of_this_machine(course):
    assert write_config(course)
    text = (course.root / CONFIG).read_text("utf-8")
    assert str(course.root) not in text
    config = PyFileConfigLoader(CONFIG, path=str(course.root)).load_config()
    assert config.CourseDirectory.course_id == "PM_401"
    assert config.CourseDirectory.root == str(course.root)
    assert "Exchange" not in config


def test_a_class_folder_that_is_moved_takes_its_configuration_along(course, tmp_path):
    write_config(course)
    moved = course.root.rename(tmp_path / "elsewhere")
    config = PyFileConfigLoader(CONFIG, path=str(moved)).load_config()
    assert config.CourseDirectory.root == str(moved)


def test_a_configuration_that_is_there_is_left_alone(course):
    (course.root / CONFIG).write_text("c = get_config()\n", "utf-8")
    assert not write_config(course)
    assert (course.root / CONFIG).read_text("utf-8") == "c = get_config()\n"


def test_whether_the_guard_is_there_is_seen_and_a_remark_is_no_guard(course):
    write_config(course)
    assert is_guarded(course)
    path = course.root / CONFIG
    path.write_text(path.read_text("utf-8").replace("c.Autograde", "# c.Autograde"), "utf-8")
    assert not is_guarded(course)


def test_what_is_released_has_no_solution_and_no_numbers(course):
    path = write_release(course, course.exercise(NAME))
    assert path == course.root / "release" / NAME / f"{NAME}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    sources = [cell.source for cell in notebook.cells]
    assert 'work.ask("cpi")' in sources
    assert not any("earned_schedule = np.interp" in source for source in sources)
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_start_and_release_write_them(tmp_path, capsys):
    folder = tmp_path / "pm401"
    assert main(["start", str(folder), str(PS04.parent)]) == 0
    assert (folder / CONFIG).is_file()
    (folder / "roster.csv").write_text("id\nanna\n", "utf-8")
    assert main(["release", str(folder), NAME]) == 0
    assert (folder / "release" / NAME / f"{NAME}.ipynb").is_file()
    capsys.readouterr()


@pytest.mark.long
def test_with_an_exchange_nbgrader_releases_lists_and_collects(course, tmp_path):
    exchange = tmp_path / "exchange"
    exchange.mkdir()
    exchange.chmod(0o777)
    write_config(course)
    write_release(course, course.exercise(NAME))

    def nbgrader(*words: str) -> str:
        ran = run_nbgrader(course.root, tmp_path, *words, f"--Exchange.root={exchange}")
        assert ran.returncode == 0, ran.stderr
        return ran.stderr

    nbgrader("release_assignment", NAME)
    assert f"PM_401 {NAME}" in nbgrader("list")
    nbgrader("collect", NAME)
