# %% [markdown]
# # Problem set 10: whose slip is it?
#
# A city opens a concert hall. Three projects belong to it: *Hall* builds, *Stage* brings the
# technology, *Season* sells and rehearses; *Season.Open* is the opening. Each has promised to
# finish, and to hand over, as the plan has it. All days are working days, counted from the start.
# Your numbers are your own: nobody else has the same ones.
#
# *About 60 minutes, 16 points. Give each answer to the variable that is named. A check tells you
# whether it has the right form, never whether it is right.*

# %%
import pmkit as pm

work = pm.open_exercise()
plan = work.plan()
schedule = pm.critical_path(plan)
schedule.table[["early_start", "early_finish"]]

# %%
print(*plan.network.dependencies, sep="\n")  # who waits for whom

# %% [markdown]
# ## Whose days are these?

# %% question="own"
import re

text = work.questions["own"].text
activity = re.search(r"Hall\.\w+", text)[0]
used = int(re.search(r"is (\d+) days late", text)[1])
own = schedule.table.loc[activity, "project_float"] - used

# %% question="moves"
text = work.questions["moves"].text
first, days, more = re.search(r"(Hall\.\w+) slips by (\d+) days and \S+ by (\d+)", text).groups()
slipped = pm.propagate(plan, first, int(days)).scenario.apply(plan)
both = pm.propagate(slipped, "Stage.Build", int(more)).after
moves = both.finish - schedule.finish

# %% [markdown]
# ## Interfaces of another program
#
# *late*: after what was promised; *project_float*: to what the taking project needs for its own
# promise; *total_float*: to what the program needs for its finish. Status: *late* after what was
# promised or after what the taking project needs, *at risk* neither, but without *project_float*,
# else *on time*.

# %%
handed = work.table("handed")
handed

# %% question="wrong_row"
late, own_float = handed["late"], handed["project_float"]
agrees = (
    (late == handed["forecast"] - handed["promised"])
    & (own_float == handed["needed"] - handed["forecast"])
    & (handed["total_float"] == handed["needed_by_program"] - handed["forecast"])
    & ((handed["status"] == "late") == ((late > 0) | (own_float < 0)))
    & ((handed["status"] == "at risk") == ((late <= 0) & (own_float == 0)))
)
wrong_row = handed.index[~agrees][0]

# %%
open_ones = work.table("open")
open_ones

# %% question="order"
order = list(open_ones["total_float"].sort_values().index)

# %% [markdown]
# ## One person, and three promises

# %%
shared = work.table("shared")
shared

# %% question="goes_first"
ends = shared["from_day"] + shared["days_of_work"]
one, other = shared.index
delay = {}
for key, before, waits in (("a", one, other), ("b", other, one)):
    waiting = max(ends[before] - shared["from_day"][waits], 0)
    delay[key] = max(waiting - shared["total_float"][waits], 0)
goes_first = min(delay, key=delay.get)

# %% question="later"
later = delay[goes_first]

# %% question="cannot"
question = work.questions["cannot"]
dates = [int(each) for each in re.findall(r"(\d+) %", question.text)[:3]]
least, most = sum(dates) - 200, min(dates)
cannot = next(
    key for key, text in question.options.items()
    if "dates" in text and not least <= int(re.search(r"(\d+) %", text)[1]) <= most
)  # fmt: skip

# %% [markdown]
# ## Who decides, and what do you say?

# %% question="decides"
limits = re.findall(r"at most (\d+)", work.questions["decides"].text)
pm_cost, pm_days, pg_cost, pg_days = map(int, limits)


def decides(cost, slip, own_float, takers):
    """Return who decides about a slip."""
    others = max([slip - each for each in takers], default=0)
    days = max(0, slip - own_float, others)
    if others <= 0 and cost <= pm_cost and days <= pm_days:
        return "project manager"
    return "program manager" if cost <= pg_cost and days <= pg_days else "sponsor"


# %% question="tell"
"""
The power of the stage will be ready on day 62, nine days later than I promised you.
You have five days of float, so your rehearsals would begin four days later if we do nothing.
Could you rehearse without light for the first week? I need to know by Thursday.
As it moves your promise, I have told the program manager today; how it came we can look at later.
"""
