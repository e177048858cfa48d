"""Summary rows: labels, not activities, from whatever evidence the file has."""

from __future__ import annotations

import pytest

from pmkit.files import read_bytes


def shape(text):
    plan = read_bytes("plan.csv", text)
    names = {row["name"]: row["wbs"] for row in plan.sheets.get("wbs", ())}
    return {a.name: a.wbs for a in plan.activities}, names, plan


@pytest.mark.parametrize(
    "text",
    [
        "Task Name,Duration,Outline Level\nA,5d,1\nDig,3d,2\nPour,2d,2\nB,1d,1\nTest,1d,2\n",
        "Task Name,Duration\nA,5d\n   Dig,3d\n   Pour,2d\nB,1d\n   Test,1d\n",
        "Task Name,Duration,Summary\nA,5d,Yes\nDig,3d,No\nPour,2d,No\nB,1d,Yes\nTest,1d,No\n",
        "Task Name,Duration,WBS\nA,5d,1\nDig,3d,1.1\nPour,2d,1.2\nB,1d,2\nTest,1d,2.1\n",
        "Task Name,Duration\nA\nDig,3d\nPour,2d\nB\nTest,1d\nTotal,6d\n",
        "id,name,wbs,duration\na,A,1,\nb,Dig,1.1,3\nc,Pour,1.2,2\nd,B,2,\ne,Test,2.1,1\n",
    ],
    ids=["outline level", "indentation", "summary column", "wbs", "section rows", "our format"],
)
def test_summary_rows_become_labels(text):
    activities, labels, _ = shape(text)
    assert activities == {"Dig": "1.1", "Pour": "1.2", "Test": "2.1"}
    assert labels == {"A": "1", "B": "2"}


def test_in_our_own_format_an_activity_may_stand_above_others():
    activities, labels, _ = shape("id,name,wbs,duration\na,A,1,5\nb,Dig,1.1,3\n")
    assert activities == {"A": "1", "Dig": "1.1"}
    assert labels == {}


def test_a_shared_code_is_a_group_and_not_a_summary():
    activities, labels, _ = shape("Activity ID,Name,WBS,Duration\n1,Dig,P.1,3\n2,Pour,P.1,2\n"
                                  "3,Test,P.1.1,1\n")  # fmt: skip
    assert set(activities) == {"Dig", "Pour", "Test"}
    assert labels == {}


def test_codes_out_of_order_find_their_own_parent():
    activities, labels, _ = shape("WBS,Name,Duration\n1.1,a,1\n2.1.1,b,2\n2.1,c,3\n3,d,1\n")
    assert set(activities) == {"a", "b", "d"}
    assert labels == {"c": "2.1"}


def test_what_a_summary_row_says_cannot_break_the_plan():
    activities, _, _ = shape("ID,Name,Duration,Outline Level\n1,A,#REF!,1\n2,Dig,3d,2\n")
    assert activities == {"Dig": "1.1"}


def test_links_of_a_summary_hold_for_its_first_and_last_activities():
    text = (
        "ID,Name,Duration,Predecessors,Outline Level\n"
        "1,Start,0d,,1\n2,A,,1,1\n3,Dig,3d,,2\n4,Pour,2d,3,2\n5,Side,1d,,2\n6,B,,2,1\n"
        "7,Test,1d,,2\n8,Report,1d,7,2\n"
    )
    plan = shape(text)[2]
    assert {str(link) for link in plan.dependencies} == {
        "3 -> 4 (FS)", "7 -> 8 (FS)",  # as written
        "1 -> 3 (FS)", "1 -> 5 (FS)",  # into A: its first activities
        "4 -> 7 (FS)", "5 -> 7 (FS)",  # from A, its last, into B, its first
    }  # fmt: skip


def test_a_link_of_an_empty_summary_is_left_out_with_a_sentence():
    text = "ID,Name,Duration,Predecessors,Summary\n1,Dig,3d,,No\n2,Test,1d,3,No\n3,End,,,Yes\n"
    plan = shape(text)[2]
    assert plan.dependencies == ()
    assert (
        "The link 3 -> 2 (FS) was left out: the summary has no activities under it." in plan.notes
    )
