# %% [markdown]
# # Problem set 11: who has to hear it?
#
# A library moves into a new house. *House* builds, others move the books, set up the catalogue and
# prepare an exhibition; then comes the opening. You sit in the seat of a project at times, and more
# often in the seat of the program. Money is in thousand euro. Your numbers are your own: nobody
# else has the same ones.
#
# *About 60 minutes, 16 points. Give each answer to the variable that is named. A check tells you
# whether it has the right form, never whether it is right.*

# %%
import pmkit as pm

work = pm.open_exercise()
contacts = work.table("contacts")
contacts

# %% [markdown]
# ## Who is waiting?

# %% question="overdue"
import re

today = re.search(r"Today is (\S+)\.", work.questions["overdue"].text)[1]
people = tuple(
    pm.Stakeholder(who, influence=row["influence"], interest=row["interest"],
                   cadence_days=int(row["every_days"]), last_told=row["last_told"])
    for who, row in contacts.iterrows()
)  # fmt: skip
library = pm.Program((), candidates=(pm.ProjectInfo("House"),),
                     governance=pm.Governance((), people))  # fmt: skip
overdue = pm.communication_plan(library, at=today).table["overdue_days"].max()

# %% [markdown]
# Another library has a communication plan already. Influence and interest are high there from 0.5
# on. Both high: *manage closely*; influence alone: *keep satisfied*; interest alone: *keep
# informed*; neither: *monitor*.
#
# *due* is *every_days* after *last_told*, or the day of the *gate* where that is earlier: a gate
# is told of before it is decided. *overdue_days* are the calendar days since *due*; 0 if that day
# is today or still to come.

# %%
plan = work.table("plan")
plan

# %% question="wrong_row"
import pandas as pd

groups = {
    (True, True): "manage closely", (True, False): "keep satisfied",
    (False, True): "keep informed", (False, False): "monitor",
}  # fmt: skip


def agrees(row):
    """Say whether the columns of a row follow from each other."""
    due = pd.Timestamp(row["last_told"]) + pd.Timedelta(days=row["every_days"])
    if row["gate"] != "-":
        due = min(due, pd.Timestamp(row["gate"]))
    late = max((pd.Timestamp(today) - due).days, 0)
    return (
        row["group"] == groups[row["influence"] >= 0.5, row["interest"] >= 0.5]
        and (pd.Timestamp(row["due"]), row["overdue_days"]) == (due, late)
    )  # fmt: skip


wrong_row = next(key for key, row in plan.iterrows() if not agrees(row))

# %% [markdown]
# ## What does it mean for them?

# %%
spare = work.table("spare")
spare

# %% question="loses"
late, daily = map(int, re.search(
    r"stacks (\d+) working days .* costs the library (\d+) thousand", work.questions["loses"].text
).groups())  # fmt: skip
loses = (late - spare["opening_spare"].min()) * daily

# %% question="draft"
told = re.search(
    r"up to (?P<limit>\d+) thousand yourself.* for (?P<price>\d+) thousand, if it is ordered by "
    r"day (?P<last>\d+) at the latest\..*“(?P<ask>.*) by day (?P<by>\d+).* costs the library "
    r"(?P<loss>\d+) thousand",
    work.questions["draft"].text,
)
if int(told["price"]) <= int(told["limit"]):
    draft = "own"
elif "support" in told["ask"]:
    draft = "ask"
elif int(told["loss"]) != loses:
    draft = "terms"
else:
    draft = "date" if int(told["by"]) > int(told["last"]) else "nothing"

# %% question="reply"
moves = late - spare["opening_spare"].min()
reply = next(
    key for key, said in work.questions["reply"].options.items()
    if said.startswith("As it stands") and said.endswith(f" by {moves} days.")
)  # fmt: skip

# %% [markdown]
# ## Up: an exception

# %%
ways = work.table("ways")
ways

# %% question="act_on"
asked = work.questions["act_on"]
over, allowed = map(int, re.search(r"forecast (\d+) .* target, (\d+) days", asked.text).groups())
first, second = map(int, re.findall(r"up to (\d+) thousand", asked.text))


def can_be_acted_on(key):
    """Say whether a report asks the right one, for the right thing, in time."""
    role, cost, by = re.search(
        r"To the (.*): .* for (\d+) thousand, .* day (\d+)\.", asked.options[key]
    ).groups()
    way = ways.loc[key]
    decides = "sponsor" if way["cost"] <= first else "portfolio board"
    decides = "ministry" if way["cost"] > second else decides
    return (
        role == decides and int(cost) == way["cost"] and int(by) <= way["last_day"]
        and over - way["days_won"] <= allowed
    )  # fmt: skip


act_on = next(filter(can_be_acted_on, ways.index))

# %% [markdown]
# ## To each side: who first?

# %%
receivers = work.table("receivers")
receivers

# %% question="order"
order = list((receivers["begins_on_day"] - receivers["notice_days"]).sort_values().index)

# %% [markdown]
# ## Down: a new strategy
#
# A project whose score rises goes on, and protects what serves the objective that weighs more now.
# A project whose score falls by less than a quarter of what it was goes on, and spends nothing
# extra. One whose score falls by a quarter or more commits nothing new until its review; but if a
# project that is not for review itself requires it, it does what that one needs, and no more.

# %%
memo = work.table("memo")
memo

# %% question="wrong_line"
weights = re.findall(r"(\w+) (\d+) to (\d+)", work.questions["wrong_line"].text)
more = next(goal for goal, was, now in weights if int(now) > int(was))
memo = memo.set_index("project", append=True).reset_index("row")
falls = memo["score_is"] <= 0.75 * memo["score_was"]


def line(project):
    """Return what a project has to hear."""
    if not falls[project]:
        rises = memo.loc[project, "score_is"] > memo.loc[project, "score_was"]
        return f"protect what serves {more}." if rises else "nothing extra."
    takers = [name for name in memo.index[memo["requires"] == project] if not falls[name]]
    return f"what {takers[0]} needs, and no more." if takers else "until the review."


wrong_line = next(
    row["row"] for name, row in memo.iterrows() if not row["told"].endswith(line(name))
)

# %% [markdown]
# ## How is it told?

# %% question="how_told"
text = work.questions["how_told"].text
high = float(re.search(r"high from ([\d.]+) on", text)[1])
limit = int(re.search(r"more than (\d+)", text)[1])


def how_told(influence, interest, waited, rhythm, days, spare):
    """Return how somebody is told of a delay."""
    if days > spare:
        return "talk"
    if influence >= high and days > limit:
        return "call"
    if waited >= rhythm:
        return "write"
    return "report" if interest >= high else "nothing"


# %% question="tell"
"""
Please decide by day 52 whether we work in two shifts: the opening comes eleven days later than I
promised you and costs 132 thousand if we do nothing.
Two shifts cost 50 thousand and win seven days, so four days and 48 thousand remain. I recommend it.
It is within what you may decide; after day 52 the days cannot be won back any more.
When the last parts come is not known yet: you hear from me on Friday, whatever I know by then.
"""
