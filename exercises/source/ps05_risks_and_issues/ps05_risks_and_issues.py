# %% [markdown]
# # Problem set 5: what could go wrong, and what has?
#
# You lead a building project. You have its plan, its register of risks and its log of issues, and
# you help a sister project. Your numbers are your own. Days are working days, money is in thousand
# euro, probabilities are in per cent.
#
# *About 60 minutes, 16 points. Give each answer to the variable that is named. A check tells you
# whether it has the right form, never whether it is right.*

# %%
from itertools import product
from math import prod

import pmkit as pm

work = pm.open_exercise()
plan, register = work.plan(), work.table("register")
pm.show(pm.network_chart(pm.critical_path(plan)))

# %%
register

# %% [markdown]
# `probability`, `days` and `cost` are what is expected of a risk without its response; the columns
# that end in `_after` are what is left of it once the `response` is paid with its `price`.

# %% [markdown]
# ## What is it worth, and how much must be kept?

# %% question="gain"
threat = next(
    row for _, row in register.iterrows() if f"risk '{row['name']}'" in work.questions["gain"].text
)
day_worth = float(work.questions["gain"].text.split(" costs ")[1].split()[0])


def expected(percent, days, cost):
    """Return probability times what it costs, with the days that the finish moves."""
    change = pm.Change(threat["activity"], duration=f"+{days}")
    later = pm.critical_path(pm.Scenario("late", [change]).apply(plan)).finish
    return percent / 100 * (cost + (later - pm.critical_path(plan).finish) * day_worth)


without = expected(*threat[["probability", "days", "cost"]])
left = expected(*threat[["probability_after", "days_after", "cost_after"]])
gain = without - left - threat["price"]

# %% question="reserve"
confidence = float(work.questions["reserve"].text.split(" of 100 cases")[0].split()[-1])
threats = [
    (row["probability_after"], row["cost_after"])
    if "taken" in row["state"]
    else (row["probability"], row["cost"])
    for _, row in register.iterrows()
    if row["state"].startswith("open")
]
cases = [
    (
        sum(cost for yes, (_, cost) in zip(occurs, threats, strict=True) if yes),
        prod(p if yes else 100 - p for yes, (p, _) in zip(occurs, threats, strict=True)),
    )
    for occurs in product((True, False), repeat=len(threats))
]
reserve = min(
    amount
    for amount, _ in cases
    if sum(share for cost, share in cases if cost <= amount)
    >= confidence * 100 ** len(threats) / 100
)

# %%
log = work.table("log")
log

# %% question="missing"
told = work.questions["missing"].text
held = float(told.split("contingency was ")[1].split()[0])
spent = float(told.split("start; ")[1].split()[0])
missing = reserve + log.loc[log["state"] == "open", "cost"].sum() - (held - spent)

# %% [markdown]
# ## Which one counts, and which one is wrong?

# %%
matrix = work.table("matrix")
matrix

# %% question="matters"
spare = pm.critical_path(plan).table["total_float"]
beyond = (matrix["days"] - matrix["activity"].map(spare)).clip(lower=0)
matters = "abcd"[(matrix["probability"] * beyond).to_numpy().argmax()]

# %% question="log_it"
happened = ("has told us", "has hit", "has found", "has refused")
notes = work.questions["log_it"].options
log_it = next(key for key, note in notes.items() if any(words in note for words in happened))

# %%
durations = work.table("durations")
durations

# %% question="wrong_issue"
import pandas as pd

date = work.questions["wrong_issue"].text.removeprefix("Today is ").split(".")[0]
today = pd.to_datetime(date, format="%d %B %Y")
due, raised = pd.to_datetime(log["due"]), pd.to_datetime(log["raised"])
closed = pd.to_datetime(log["closed"], format="%Y-%m-%d", errors="coerce")
in_plan = (durations["now"] - durations["approved"]).loc[log["activity"]].to_numpy() == log["days"]
overdue = (log["state"] == "open") & (due < today)
wrong = (closed < raised) | (overdue != (log["overdue"] == "yes")) | ~in_plan
wrong_issue = wrong.idxmax()

# %% [markdown]
# ## What do you do?

# %%
responses = work.table("responses")
responses

# %% question="respond"
budget = float(work.questions["respond"].text.split(" has ")[1].split()[0])
net = responses["expected_before"] - responses["expected_after"] - responses["price"]
sets = {key: told.split(" and ") for key, told in work.questions["respond"].options.items()}
fits = {key: names for key, names in sets.items() if responses.loc[names, "price"].sum() <= budget}
respond = max(fits, key=lambda key: net[fits[key]].sum())

# %%
forecast, limits = work.table("forecast"), work.table("limits")
forecast

# %%
limits

# %% question="tell_whom"
level = work.questions["tell_whom"].text.split("forecast at ")[1].split()[0]
at = forecast.loc[f"{level} %"]
within = (at <= limits).all(axis=1)
tell_whom = "a" if within.iloc[0] else "b" if within.iloc[1] else "c"

# %% question="tell"
"""
What threatens our finish most is late steel: the structure has no float. The grid company is
likelier to be late, but the power line has twelve days of float.
Old pipes were found in the ground. That is no risk any more: Ms Kaya sees to it until 7 May.
For 80 of 100 cases we must keep 95 thousand for the risks; after the open issues, 20 are missing.
Please decide by Friday whether you release them, or whether we go on with less certainty.
"""
