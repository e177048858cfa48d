# %% [markdown]
# # Problem set 3: who should do it?
#
# Three projects of one program want the same people. Each has planned well for itself. All days are
# working days, and day 0 is the start. Your numbers are your own: nobody else has the same ones.
#
# *About 60 minutes, 16 points. Give each answer to the variable that is named. A check tells you
# whether it has the right form, never whether it is right.*

# %%
import pandas as pd

import pmkit as pm

pd.set_option("display.max_colwidth", None)
work = pm.open_exercise()
plan = work.plan()  # the three projects as they were planned
work.table("activities")

# %% [markdown]
# In each project, the second activity follows the first. A change is tried with, for instance,
# `pm.Scenario("try", [pm.Change("House.Cases", duration="+3")]).apply(plan)`; put in an activity of
# your own plan.
#
# ## Wanted twice

# %% question="over"
import re

told = re.search(r"(\w+\.\w+) takes (\d+) days more", work.questions["over"].text)
changed = pm.Scenario("later", [pm.Change(told[1], duration=f"+{told[2]}")]).apply(plan)
over = pm.resource_usage(changed).table["over_days"].iloc[0]

# %% [markdown]
# The table below is from another program. `person_days` is all work of one kind, `planned_percent`
# how much that is of what would be possible, and `days_of_too_few` the days on which more are wanted
# than there are. People and machines are whole: nobody is wanted by halves.

# %%
work.table("usage")

# %% question="contradicts"
usage = work.table("usage")
days = int(re.search(r"over (\d+) working days", work.questions["contradicts"].text)[1])
is_over = usage["most_wanted"] > usage["there_are"]
wrong_few = is_over != (usage["days_of_too_few"] > 0)
part = 100 * usage["person_days"] / (usage["there_are"] * days)
wrong_part = (part - usage["planned_percent"]).abs() > 1
too_little = usage["person_days"] < usage["days_of_too_few"] * (usage["there_are"] + 1)
too_much = usage["person_days"] > usage["most_wanted"] * days
(contradicts,) = usage.index[wrong_few | wrong_part | too_little | too_much]

# %% [markdown]
# ## Somebody waits
#
# Four activities want the same person, and all of them could begin today. `total_float` is by how
# many days each may begin later before the launch moves. The person does one after the other,
# without a pause.

# %%
work.table("wanted")

# %% question="least"
from itertools import permutations

wanted = work.table("wanted")


def later(order):
    """Return by how many days the launch moves in this order."""
    begins = wanted.loc[list(order), "days"].cumsum() - wanted.loc[list(order), "days"]
    return max(0, (begins - wanted["total_float"]).max())


least = min(later(order) for order in permutations(wanted.index))

# %% question="lend"
text = work.questions["lend"].text
price, day, limit = (int(n.replace(",", "")) for n in re.findall(r"EUR ([\d,]+\d)", text))
lend = "c" if price > least * day else "a" if price <= limit else "b"

# %% [markdown]
# ## Skills against people
#
# An offer's `cost` is all that it costs, in euro. From `ready_on_day` on, the person can do the work
# on every day, for as long as it takes.

# %%
work.table("offers")

# %% question="cover"
offers = work.table("offers")
text = work.questions["cover"].text
lacks = re.search(r"nobody on it has '([^']+)'", text)[1]
start, float_ = map(int, re.search(r"begins on day (\d+) .* by (\d+) days", text).groups())
fits = offers[offers["what"].str.contains(lacks) & (offers["ready_on_day"] <= start + float_)]
cover = fits["cost"].idxmin()

# %% [markdown]
# ## More people, late
#
# Newcomers must be shown the work first, and afterwards everybody has more to agree on (Brooks, 1975).

# %% question="gain"
text = work.questions["gain"].text
people, left, more, ramp_up, loss = (
    int(re.search(pattern, text)[1])
    for pattern in (
        r"with (\d+) people", r"needs (\d+) person-days", r"(\d+) more join", r"first (\d+) days",
        r"(\d+) % of",
    )
)  # fmt: skip
part = 0.25 if "a quarter of a day" in text else 0.5
gain = pm.add_people(
    left, people, more, ramp_up=ramp_up, help=part, coordination=loss / 100 / more
).gain

# %% [markdown]
# Four teams have asked for more people. `work_left` is in person-days; a pace is how many of them the
# whole team does in one day, newcomers counted in. Today each team does one person-day a day for each
# of its people.

# %%
work.table("teams")

# %% question="helps"
teams = work.table("teams")
done = teams["days_of_learning"] * teams["pace_while_learning"]
rest = (teams["work_left"] - done).clip(lower=0)
with_more = teams["days_of_learning"] + rest / teams["pace_afterwards"]
helps = (teams["work_left"] / teams["people"] - with_more).idxmax()

# %% question="busy"
text = work.questions["busy"].text
takes, waits = (int(re.search(p, text)[1]) for p in (r"takes (\d+) days", r"than (\d+) days"))
busy = 100 * waits / (waits + takes)

# %% [markdown]
# ## Ask for them

# %% question="tell"
"""
For the program I need a second restorer for 12 days from day 30 on: Glass and Clocks want the same
person then, and Paper comes right after. With one restorer the launch moves by four days, which
costs EUR 36,000 in rent. You know who can be spared and what was promised to others, so I ask and do
not plan with anybody yet. If these days do not work, the Clocks can wait for six days, and I would
pay for somebody from outside in your workshop. Can you tell me by Thursday?
"""
