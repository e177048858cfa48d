"""The sheet of links between projects, in the words of whoever keeps it."""

from __future__ import annotations

from pmkit.files.columns import Column, Sheet, aliases

LINKS = Sheet(
    "links",
    "Interdependencies: what of one project waits for what of another.",
    (
        Column("predecessor", "id",
               "Required: project.activity, or an id that one project alone has.",
               aliases("from|source|predecessor id|from activity|predecessor activity|giver|"
                        "from id|driving activity")),
        Column("successor", "id", "Required, likewise.",
               aliases("to|target|successor id|to activity|successor activity|receiver|to id|"
                        "driven activity")),
        Column("predecessor_project", "id", "Where it stands in a column of its own.",
               aliases("from project|source project")),
        Column("successor_project", "id", "Where it stands in a column of its own.",
               aliases("to project|target project")),
        Column("kind", "text", "FS unless given; FS+2d is understood too.",
               aliases("type|relation|link type|relationship|relationship type|dependency type")),
        Column("lag", "text", "Working days unless it says otherwise; 0 unless given.",
               aliases("lag days|delay|offset|lead lag")),
        Column("unit", "choice", "Working days unless given.",
               aliases("lag unit|units"), choices=("d", "ed", "%")),
    ),
    aliases("interdependencies|dependencies|relationships|interfaces"),
)  # fmt: skip
