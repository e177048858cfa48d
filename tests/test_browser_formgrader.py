"""nbgrader's formgrader on a class folder, as a teacher meets it; and what a student planted."""

from __future__ import annotations

import re
from typing import Any

import nbformat
import pytest

from pmkit.teach.class_folder import ClassFolder
from pmkit.teach.manual import Manual, digest_of, read_manual, write_manual
from pmkit.teach.nbgrader_guard import Autograde
from tests.class_cases import code, hand_in, make_class
from tests.gradebook_cases import NAME, answered, mark, write
from tests.servers import LAB, serve

pytestmark = pytest.mark.long

RUN = "window.planted = 1; document.title = 'planted'"
PLANTED = (
    f"<script>{RUN}</script><img src='http://evil.example/x.png' onerror=\"{RUN}\">"
    f'</pre></textarea><svg onload="{RUN}"></svg>\n\n[here](javascript:{RUN.replace(" ", "")})\n\n'
    f"$\\href{{javascript:{RUN}}}{{x}}$"
)


def plant(notebook: Any) -> None:
    """Put what would run wherever a notebook can hold it."""
    out = nbformat.v4.new_output
    for cell in notebook.cells:
        if cell.metadata.get("pmkit", {}).get("question") == "tell":
            cell.source = PLANTED
        elif cell.cell_type == "code":
            cell.source += f"\n# {PLANTED}".replace("\n\n", "\n# ")
            cell.outputs = [
                out("display_data", {"text/html": PLANTED, "text/plain": PLANTED}),
                out("display_data", {"application/javascript": RUN}),
                out("display_data", {"image/svg+xml": f'<svg onload="{RUN}"/>'}),
                out("display_data", {"image/png": f'"><script>{RUN}</script>'}),
                out("stream", text=PLANTED),
                out("error", ename="E", evalue=PLANTED, traceback=[PLANTED]),
            ]
        else:
            cell.source += f"\n\n{PLANTED}"
    notebook.cells += [code(f"eac = 1  # {RUN}"), nbformat.v4.new_markdown_cell(PLANTED)]
    notebook.metadata["title"] = f"</title><script>{RUN}</script>"
    notebook.metadata["language_info"]["name"] = f"</style><script>{RUN}</script>"


@pytest.fixture
def course(tmp_path):
    course = make_class(tmp_path / "pm401", "anna", "ben")
    name = PLANTED.splitlines()[0].replace('"', "'")
    roster = f'id,name\nanna,"{name}"\nben,"van Dam, Ben"\n'
    (course.root / "roster.csv").write_text(roster, "utf-8")
    course = ClassFolder(course.root)
    hand_in(course, "anna", solved=False, edit=plant)
    hand_in(course, "ben", solved=False, edit=answered(course, "ben"))
    mark(course)
    write(course)
    return course


@pytest.fixture
def server(course, tmp_path):
    home = tmp_path / "server"
    home.mkdir()
    with serve(LAB, home, "/api/status", root=course.root) as running:
        yield running


def goes_to(page: Any, server: Any, path: str) -> None:
    if page.url == "about:blank":
        page.goto(f"{server.url}/formgrader?token={server.token}")  # logs in
    page.goto(f"{server.url}/{path}")


def opens(page: Any, server: Any, student: str) -> None:
    """Open the submission of a student for marking by hand."""
    goes_to(page, server, f"formgrader/manage_students/{student}/{NAME}")
    page.locator("tbody a", has_text=NAME).click()
    page.locator("#tell").wait_for()
    page.wait_for_load_state("load")


def saves(page: Any, kind: str, selector: str, text: str) -> None:
    """Type something, leave the field, and wait until it is saved."""
    with page.expect_response(lambda told: f"/api/{kind}/" in told.url) as saved:
        page.locator(selector).fill(text)
        page.locator(selector).press("Tab")
    assert saved.value.ok


def nothing_ran(page: Any, dialogs: list[str], foreign_requests: list[str]) -> None:
    assert page.evaluate("window.planted") is None
    assert page.title() != "planted"
    assert dialogs == []
    assert not [url for url in foreign_requests if "evil" in url]


@pytest.fixture
def dialogs(page):
    seen: list[str] = []
    page.on("dialog", lambda dialog: (seen.append(dialog.message), dialog.dismiss()))
    return seen


def test_a_teacher_marks_by_hand_and_both_sides_have_it(page, course, server, tmp_path):
    goes_to(page, server, "formgrader")
    page.locator("td", has_text=NAME).first.wait_for()
    row = page.locator("tr", has=page.get_by_role("link", name=NAME, exact=True))
    assert re.search(r"\b2\b", row.inner_text())
    page.screenshot(path=tmp_path / "assignments.png")

    goes_to(page, server, f"formgrader/manage_submissions/{NAME}")
    ben = page.locator("tr", has_text="van Dam")
    ben.locator("text=needs manual grading").wait_for()
    assert "10 / 15" in ben.inner_text()
    page.screenshot(path=tmp_path / "submissions.png")

    opens(page, server, "ben")
    page.locator("#tell.needs_manual_grade").wait_for()
    assert page.locator("#cpi_mark").get_attribute("placeholder") == "1"
    cell = page.locator(".nbgrader_cell", has=page.locator("#cpi_mark"))
    assert "right: 1 of 1" in cell.inner_text()
    saves(page, "grade", "#tell", "1.5")
    saves(page, "comment", "#tell-comment", "Say by when <b>it</b> is needed.")
    page.screenshot(path=tmp_path / "marked.png", full_page=True)

    write(course)
    text = read_submission_text(course)
    given = read_manual(course, course.exercise(NAME))
    assert given == {
        "ben": {"tell": Manual(1.5, "Say by when <b>it</b> is needed.", digest_of(text))}
    }

    given["ben"]["tell"] = Manual(2.0, "Good.", digest_of(text))
    write_manual(course, course.exercise(NAME), given)
    write(course)
    page.reload()
    page.wait_for_function("document.querySelector('#tell').value === '2'")
    page.wait_for_function("document.querySelector('#tell-comment').value === 'Good.'")


def read_submission_text(course: ClassFolder) -> str:
    from pmkit.teach.submissions import read_submission

    texts = read_submission(course.submitted(NAME, "ben"), NAME).texts
    assert texts is not None
    return texts["tell"]


def test_what_a_student_planted_does_not_run_in_the_teachers_browser(
    page, course, server, dialogs, foreign_requests, tmp_path
):
    for path in ("manage_students", f"manage_submissions/{NAME}", f"gradebook/{NAME}/{NAME}"):
        goes_to(page, server, f"formgrader/{path}")
        page.locator("tbody tr").first.wait_for()
        nothing_ran(page, dialogs, foreign_requests)
    opens(page, server, "anna")
    page.wait_for_timeout(1000)
    shown = page.locator(".nbgrader_cell", has=page.locator("#tell")).locator(".panel-body")
    assert shown.inner_text().strip() == PLANTED
    assert page.locator("a[href^='javascript']").count() == 0
    assert page.locator("#notebook-container svg, #notebook-container img").count() == 0
    assert page.locator("#notebook-container script").count() == 0
    nothing_ran(page, dialogs, foreign_requests)
    page.screenshot(path=tmp_path / "planted.png", full_page=True)

    page.goto(server.lab(f"autograded/anna/{NAME}/{NAME}.ipynb"))
    page.locator(".jp-Dialog", has_text="Select Kernel").wait_for()  # nothing runs by mistake
    page.locator(".jp-Notebook", has_text="Problem set 4").wait_for()
    nothing_ran(page, dialogs, foreign_requests)
    page.screenshot(path=tmp_path / "lab.png")


def test_the_button_that_would_run_what_was_handed_in_says_what_to_use(page, server, tmp_path):
    goes_to(page, server, f"formgrader/manage_submissions/{NAME}")
    row = page.locator("tr", has_text="van Dam")
    row.locator(".autograde a").click()
    page.locator("#error-modal", has_text=Autograde.said[:60]).wait_for()
    page.screenshot(path=tmp_path / "button.png")
