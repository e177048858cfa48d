"""What a teacher gives by hand: kept as it was written, refused where it cannot be given."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pmkit.model.errors import PlanError
from pmkit.teach.cells import safe, unsafe
from pmkit.teach.manual import Manual, digest_of, manual_path, read_manual, write_manual
from tests.class_cases import PS04, make_class

PLACE = "manual/ps04_progress.csv, ps04_progress row {}, "


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    return make_class(tmp_path_factory.mktemp("class"), "s1", "s2")


@pytest.fixture
def exercise(course):
    exercise = course.exercise(PS04.name)
    manual_path(course, exercise).unlink(missing_ok=True)
    return exercise


def typed(course, exercise, *rows: str, heading: str = "id,question,points,comment") -> None:
    path = manual_path(course, exercise)
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join([heading, *rows]) + "\n", "utf-8")


def test_no_table_means_that_nothing_was_given(course, exercise):
    assert read_manual(course, exercise) == {}


def test_points_may_be_empty_and_have_a_decimal_comma(course, exercise):
    typed(course, exercise, "s1,tell,,Ask for something.", 's2,tell,"1,5",', "s2,cpi,0,")
    assert read_manual(course, exercise) == {
        "s1": {"tell": Manual(None, "Ask for something.")},
        "s2": {"tell": Manual(1.5), "cpi": Manual(0.0)},
    }


def test_a_table_of_a_spreadsheet_that_separates_by_semicolons_stays_one(course, exercise):
    typed(course, exercise, "s1;tell;1,5;Ask, please.", heading="id;question;points;comment")
    manual = read_manual(course, exercise)
    assert manual == {"s1": {"tell": Manual(1.5, "Ask, please.")}}
    write_manual(course, exercise, manual)
    assert manual_path(course, exercise).read_text("utf-8") == (
        "id;question;points;comment;read\ns1;tell;1,5;Ask, please.;\n"
    )
    assert read_manual(course, exercise) == manual


@pytest.mark.parametrize(("row", "said"), [
    ("s9,tell,1,", "s9: id must be on the roster, got 's9'"),
    (",tell,1,", "row: id must not be empty, got ''"),
    ("s1,spi,1,", "s1: question must be one of cpi, eac, months_late, wrong_month, hides, order, "
                  "decides, tell, got 'spi'"),
    ("s1,tell,2.5,", "s1: points must be between 0 and 2, got '2.5'"),
    ("s1,tell,-1,", "s1: points must be between 0 and 2, got '-1'"),
    ("s1,tell,good,", "s1: points must be a number, or empty, got 'good'"),
    ("s1,tell,nan,", "s1: points must be a number, or empty, got 'nan'"),
])  # fmt: skip
def test_what_cannot_be_given_is_a_sentence_with_its_place(course, exercise, row, said):
    typed(course, exercise, "s2,cpi,1,", row)
    with pytest.raises(PlanError, match="^" + re.escape(PLACE.format(3) + said) + "$"):
        read_manual(course, exercise)


def test_everything_that_is_wrong_comes_at_once(course, exercise):
    typed(course, exercise, "s9,tell,1,", "s1,tell,1,", "s1,tell,2,")
    with pytest.raises(PlanError) as caught:
        read_manual(course, exercise)
    assert [str(one) for one in caught.value.problems] == [
        PLACE.format(2) + "s9: id must be on the roster, got 's9'",
        PLACE.format(4) + "s1: question must be there once for a student, got 'tell'",
    ]


@pytest.mark.parametrize("given_", [
    {"s9": {"tell": Manual(1.0)}}, {"s1": {"spi": Manual(1.0)}}, {"s1": {"cpi": Manual(1.5)}},
])  # fmt: skip
def test_what_could_not_be_read_is_not_written(course, exercise, given_):
    with pytest.raises(PlanError):
        write_manual(course, exercise, given_)
    assert not manual_path(course, exercise).exists()


texts = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t")).map(
    str.strip
)
marks = st.builds(Manual, st.none() | st.floats(0, 1), texts | texts.map("=".__add__),
                  st.just("") | st.text().map(digest_of))  # fmt: skip

rows = st.dictionaries(st.sampled_from(["cpi", "order"]), marks, min_size=1)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(["s1", "s2"]), rows))
def test_what_is_written_is_read_back(course, exercise, manual):
    write_manual(course, exercise, manual)
    read = read_manual(course, exercise)
    assert read.keys() == manual.keys()
    for id_, by_question in manual.items():
        for name, one in by_question.items():
            back = read[id_][name]
            assert (back.comment, back.read) == (one.comment, one.read)
            assert back.points == (None if one.points is None else pytest.approx(one.points))


@given(texts | texts.map("='".__add__) | texts.map("'-".__add__))
def test_a_cell_is_read_back_and_never_starts_a_formula(text):
    assert unsafe(safe(text)) == text
    assert not safe(text).startswith(("=", "+", "-", "@", "\t", "\r"))


@given(st.text())
def test_a_digest_is_never_a_number(text):
    assert digest_of(text)[0] == "t"
    assert len(digest_of(text)) == 11
    assert digest_of(text) == digest_of(text) != digest_of(text + ".")
