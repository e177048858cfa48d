# %% [markdown]
# # Problem set 1: one program, two seats
#
# Three projects, one program. Sometimes you sit in the seat of one project, sometimes in the
# program's, and once in neither. All amounts are in euro and all days are working days. Your numbers
# are your own: nobody else has the same ones.
#
# *About 50 minutes, 15 points. Give each answer to the variable that is named. A check tells you
# whether it has the right form, never whether it is right.*

# %%
import pandas as pd

import pmkit as pm

pd.set_option("display.max_colwidth", None)
work = pm.open_exercise()

# %% [markdown]
# ## What is it for, and whose is it?

# %% question="success"
import re

# what is different for those who live with the result, compared with before
success = next(
    key
    for key, text in work.questions["success"].options.items()
    if re.search(r"\b(less|fewer|more)\b.*\b(than|complaints|bags|arrears)\b", text)
    and "EUR" not in text
)

# %% question="owner"
text = work.questions["owner"].text
signs = {
    "has come": "owner", "both booked": "program", "the old one": "change",
    "Her department": "line", "before or after": "project", "A new law": "sponsor",
}  # fmt: skip
owner = next(role for sign, role in signs.items() if sign in text)

# %% [markdown]
# ## Who may decide?
#
# A role decides alone up to its limits; at the limit is within. What is beyond the limits of the
# sponsor is decided by the portfolio board. `days_later` counts against the day on which the project
# was to be ready. Give all six roles at once, such as `{"R1": 1, "R2": 4}` and so on to `R6`.

# %%
work.table("limits")

# %%
work.table("requests")

# %% question="who"
limits, requests = work.table("limits"), work.table("requests")
amounts = requests[limits.columns].mul(1 + requests["what"].str.contains("as much again"), axis=0)
who = {
    id_: 1 + sum((asked > limit).any() for _, limit in limits.iterrows())
    for id_, asked in amounts.iterrows()
}

# %% question="stop"
text = work.questions["stop"].text
spent, to_go, brings = (1000 * int(number) for number in re.findall(r"EUR (\d+),000", text))
if brings > to_go:
    stop = "b"
elif brings <= limits.loc["program manager", "benefit_given_up"]:
    stop = "c"
else:
    stop = "d"

# %% [markdown]
# ## One slip, two answers
#
# The launch is on the day on which the last of the three projects is ready. Two projects are late.

# %%
work.table("status")

# %% question="launch"
status = work.table("status")
planned = [(name, row["ready_planned"], "") for name, row in status.iterrows()]
forecast = [(name, days + status.loc[name, "days_late"], "") for name, days, _ in planned]
launch = (
    pm.critical_path(pm.Project.from_table(forecast)).finish
    - pm.critical_path(pm.Project.from_table(planned)).finish
)

# %%
work.table("benefits")

# %% question="lost"
benefits = work.table("benefits")
later = {f"{name} is ready": days for name, days in status["days_late"].items()}
later["all three projects are ready"] = launch
lost = (benefits["eur_per_working_day"] * benefits["comes_when"].map(later)).sum()

# %% [markdown]
# ## What does not fit together?
#
# Six hand-overs between the projects. `promised` is the day that was agreed; `giver_forecast` is when
# the one who gives expects it now; `taker_plans_with` is the day in the plan of the one who takes,
# and `taker_float` by how many days it may come after that before the taker's own day moves.

# %%
work.table("handovers")

# %% question="surprise"
handed = work.table("handovers")
surprise = (handed["giver_forecast"] - handed["taker_plans_with"] - handed["taker_float"]).idxmax()

# %% [markdown]
# ## Say it

# %% question="tell"
"""
The launch moves by four days, and with it the saving for which we do all this. One of you is later
than the other, yet it is the smaller delay that moves us: that project had only five days before the
last one is ready, the other had twelve. From the first I need two ways to win back four days, with
what they cost, by Friday. From the second I need nothing but the truth: tell me when more than the
twelve days are gone. How you order the work on your sites stays with you.
"""
