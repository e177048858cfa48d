"""A scripted quarter: its tables, and how it is played from both seats."""

from __future__ import annotations

import csv
import re
import shutil

import pytest

from pmkit import sample
from pmkit.learning.misconceptions import read_misconceptions
from pmkit.learning.quarter.play import decided, play_quarter, program_at
from pmkit.learning.quarter.script import FOLDER, quarter, read_quarter
from pmkit.learning.tables import Reader, tables_folder
from pmkit.learning.words import SEATS
from pmkit.model.errors import PlanError


@pytest.fixture(scope="module")
def best():
    return play_quarter()


def test_six_events_come_from_both_seats_in_turn():
    events = quarter().events
    assert [event.seat for event in events] == list(SEATS) * 3
    assert all(len(event.options) == 3 for event in events)
    assert [event.date for event in events] == sorted(event.date for event in events)


def test_every_event_has_a_best_option_that_can_be_told_and_a_worst(best):
    for one in best.decisions:
        scores = sorted(one.score.score_of(option.key) for option in one.event.options)
        assert scores[0] == 0
        assert scores[1] < 100
        assert scores[2] == 100


def test_the_right_option_is_not_the_longest_text_more_often_than_in_two_of_six(best):
    longest = [
        one.best.key == max(one.event.options, key=lambda o: len(o.text)).key
        for one in best.decisions
    ]
    assert sum(longest) <= 2


def test_whoever_follows_the_rule_decides_well_and_is_not_always_lucky(best):
    assert best.total == 100
    luck = [one.score.luck for one in best.decisions]
    assert min(luck) < 40
    assert max(luck) > 60


def test_a_bad_decision_scores_low_whatever_happens_then():
    bad = play_quarter({"specialist": "fleet"}, events=2)["specialist"]
    assert bad.score.score == 0
    assert bad.score.luck > 50


def test_the_rule_decides_what_nobody_chose():
    play = play_quarter({"chargers": "wait"}, events=2)
    assert [(one.option.key, one.by) for one in play.decisions] == [
        ("wait", "you"), ("second", "rule")
    ]  # fmt: skip
    assert play.yours == play.decisions[:1]


def test_what_was_done_and_what_happened_is_known_at_the_next_event():
    script = quarter()
    program = program_at(script, ("shift",))
    before = sample()
    assert program["Depot.Install"].expected_duration == (
        before["Depot.Install"].expected_duration + 8
    )
    assert program["Depot.Chargers"].fixed_cost == before["Depot.Chargers"].fixed_cost + 9_000


def test_news_of_an_event_is_known_before_it_is_decided():
    script = quarter()
    one = decided(script, (), "wait")
    assert one.before.finish > play_quarter(events=0).start.finish
    assert one.after.finish == one.before.finish


def test_both_seats_are_told_what_a_decision_did(best):
    told = best["chargers"].paid
    assert told[0].startswith("Depot: finish ")
    assert told[-1].startswith("Program: launch ")
    assert best["specialist"].paid[0].startswith("Program: cost +EUR 14,000")


def test_the_table_tells_quality_luck_and_both_seats(best):
    columns = {"seat", "by", "option", "best", "quality", "luck", "launch", "missed", "value"}
    assert columns <= set(best.table.columns)
    assert list(best.table.index) == [event.id for event in quarter().events]


def test_the_total_is_the_mean_of_your_own_decisions():
    play = play_quarter({"chargers": "saturday"}, events=2)
    assert play.total == play["chargers"].score.score
    assert "mean of 1 decisions" in str(play.explain())
    assert "The chargers come late" in str(play.explain("chargers"))


def test_a_play_is_told_in_one_line():
    play = play_quarter({"chargers": "shift"}, events=1)
    assert re.fullmatch(
        r"QuarterPlay 1 events?, played by the project manager: quality 100 of 100, luck \d+, "
        r"launch \d\d \w{3} 2026", repr(play)
    )  # fmt: skip


@pytest.mark.parametrize(
    ("choices", "sentence"),
    [
        ({"flood": "run"}, "quarter: event must be one of chargers, specialist, offer, cut, "
                           "promise, gate, got 'flood'"),
        ({"chargers": "pray"}, "quarter, chargers: option must be one of shift, wait, saturday, "
                               "got 'pray'"),
    ],
)  # fmt: skip
def test_an_unknown_event_or_option_is_refused(choices, sentence):
    with pytest.raises(PlanError, match=f"^{re.escape(sentence)}$"):
        play_quarter(choices)


def broken(tmp_path, table, column, text, line=0):
    """Read the quarter with one cell written over, and return what is wrong with it."""
    folder = tmp_path / "lessons"
    shutil.copytree(tables_folder() / FOLDER, folder / FOLDER)
    path = folder / FOLDER / table
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    rows[line][column] = text
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    reader = Reader(folder)
    read_quarter(reader, sample(), read_misconceptions(reader))
    return reader.problems


@pytest.mark.parametrize(
    ("table", "column", "text", "rule"),
    [
        ("quarter.csv", "date", "soon", "date must be a date such as 2026-05-06, got 'soon'"),
        ("quarter.csv", "seat", "nobody", "seat must be one of project manager, program manager"),
        ("quarter.csv", "project", "Moon", "project must be one of Depot, Fleet, Service"),
        ("quarter.csv", "news", "[1", "news must be a list of changes of the program (it is no"),
        ("quarter.csv", "changes", '[{"target": "Moon", "duration": 1}]',
         "changes must be a list of changes of the program (scenario "),
        ("quarter.csv", "id", "other", "needs three options or more, each with a key of its own"),
        ("quarter_options.csv", "misconception", "unheard", "misconception must be one of the cat"),
        ("quarter_options.csv", "reason", "", "reason must not be empty"),
    ],
)  # fmt: skip
def test_a_mistake_in_the_tables_is_told_with_its_place(tmp_path, table, column, text, rule):
    problems = broken(tmp_path, table, column, text)
    assert any(rule in problem.sentence for problem in problems)
    assert {problem.file for problem in problems} <= {
        f"{FOLDER}/quarter.csv", f"{FOLDER}/quarter_options.csv"
    }  # fmt: skip
    assert all(problem.row for problem in problems)
