# %% [markdown]
# # Problem set 9: which of these do we pay for?
#
# A water utility has seven ideas and money for two years. A grant for energy comes once, as soon as
# one of the two ideas is there that have it in their column *grant*; two bring no more than one. A
# project that has begun long ago stands before its gate. All money is in thousand euro. Your numbers are your own: nobody else has the same ones.
#
# *About 60 minutes, 16 points. Give each answer to the variable that is named. A check tells you
# whether it has the right form, never whether it is right.*

# %%
import re

import pmkit as pm

work = pm.open_exercise()
plan = work.plan()
ideas = work.table("ideas")
ideas

# %% [markdown]
# ## The best choice
#
# `plan` has the same ideas, the same links and the grant. It does not know what has changed since.

# %% question="best"
told = re.search(
    r"are (?P<first>[\d,]+) thousand .* and (?P<second>[\d,]+) thousand .* ordered (?P<duty>\w+); "
    r"(?P<taker>\w+) requires (?P<giver>\w+), too; and (?P<held>\d+) thousand",
    work.questions["best"].text,
)
first, second, held = (int(told[name].replace(",", "")) for name in ("first", "second", "held"))
money = {2027: first, 2028: second - held}
ordered = {told["duty"]: True}
without_taker = pm.fund(plan, money, choose={**ordered, told["taker"]: False})
with_both = {told["taker"]: True, told["giver"]: True}
try:
    with_taker = pm.fund(plan, money, choose={**ordered, **with_both}).value
except pm.InfeasibleError:
    with_taker = 0
best = max(without_taker.value, with_taker)

# %% question="breaks"
listed = work.questions["breaks"].text.split("proposes ")[1].split(" within")[0]
chosen = [name for name in ideas.index if name in listed]
spent = ideas.loc[chosen]
links = [*ideas["requires"].items(), (told["taker"], told["giver"])]
breaks = "nothing"
if spent["cost_2027"].sum() > money[2027]:
    breaks = "first"
elif spent["cost_2028"].sum() > money[2028]:
    breaks = "second"
elif any(one in chosen and other not in (*chosen, "-") for one, other in links):
    breaks = "link"
elif told["duty"] not in chosen:
    breaks = "order"

# %% [markdown]
# ## What do these tables tell?

# %%
more = work.table("more")
more

# %% question="offer"
price = float(re.search(r"give up ([\d.]+) thousand", work.questions["offer"].text)[1])
left = more["more_benefit"] - price * more.index
offer = dict(zip(more.index, ("nothing", "a", "b", "c", "d"), strict=True))[left.idxmax()]

# %%
nearly = work.table("nearly")
nearly

# %% question="close"
within = int(re.search(r"within (\d) %", work.questions["close"].text)[1])
good = nearly[nearly["benefit"] >= (1 - within / 100) * nearly["benefit"].max()]
close = next(
    key for key, name in work.questions["close"].options.items() if good[name].nunique() == 2
)

# %% [markdown]
# ## At the gate

# %%
gate = work.table("gate")
gate

# %% question="stopped"
spent, rest, benefit, change, late, waits, ending, back, lost = gate["thousand"]
if gate.index[3].endswith("cheaper by"):
    change = -change
stopped = back - ending - lost

# %% question="gap"
worth = {"on": benefit - rest, "pause": benefit - late - rest - change - waits, "stop": stopped}
_, second, first = sorted(worth.values())
gap = first - second

# %% question="flaw"
said = re.search(
    r"going on (?P<on>-?\d+), a pause (?P<pause>-?\d+), stopping (?P<stop>-?\d+) .* "
    r"recommends (?P<advice>going on|a pause|stopping)",
    work.questions["flaw"].text,
)
if float(said["stop"]) == stopped:
    words = {"on": "going on", "pause": "a pause", "stop": "stopping"}
    flaw = "nothing" if words[max(worth, key=worth.get)] == said["advice"] else "advice"
elif float(said["stop"]) == stopped - spent:
    flaw = "sunk"
elif float(said["stop"]) == 0:
    flaw = "zero"
else:
    flaw = "others" if float(said["pause"]) != worth["pause"] else "ending"

# %% [markdown]
# ## Who decides, and what do you say?

# %%
limits = work.table("limits")
limits


# %% question="decides"
def decides(parts, days, benefit, is_gate):
    """Return who decides about a request."""
    for who, limit in limits.iterrows():
        is_within = sum(parts) <= limit["cost"] and days <= limit["days"]
        if is_within and benefit <= limit["benefit"] and not (is_gate and who != "sponsor"):
            return who
    return "portfolio board"


# %% question="tell"
"""
I recommend to go on with Filters: from here on it is worth 240 thousand, a pause -60, stopping -310.
The 900 thousand that are spent are gone in all three, so they decide nothing.
Benefits are known within a tenth; a pause is best only if we have overrated them by half.
The gate is yours: please decide by 12 March, before the contract for the second line is signed.
"""
