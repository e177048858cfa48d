# %% [markdown]
# # Problem set 7: what do finished projects not give you?
#
# A port is rebuilt in several projects. You have its benefits, a program of three projects, a map
# that leads from what is delivered to what is gained, and the profile of the benefits by year. Your
# numbers are your own.
#
# *About 60 minutes, 16 points. Give each answer to the variable that is named. A check tells you
# whether it has the right form, never whether it is right.*

# %%
import numpy as np
import pandas as pd

import pmkit as pm

work = pm.open_exercise()
benefits = work.table("benefits")
benefits

# %% [markdown]
# ## What comes, and what does it cost to stop?

# %% question="comes"
asked = work.questions["comes"].text
stopped = asked.split(" is stopped")[0].split()[-1]
ids = sorted({one for needs in benefits["needs"] for one in needs.split("; ")})


def benefit(id_, row):
    """Return a row as pmkit has it."""
    needs = row["needs"].split("; ")
    if row["rule"] == "share":
        needs = list(zip(needs, map(float, row["parts"].split("; ")), strict=True))
    money = {"benefit": float(row["thousand_a_year"])}
    return pm.Benefit(id_, money=money, enablers=tuple(needs), rule=row["rule"])


port = pm.Program(
    (),
    candidates=tuple(pm.ProjectInfo(id_) for id_ in ids),
    strategy=pm.Strategy(benefits=tuple(benefit(id_, row) for id_, row in benefits.iterrows())),
)
comes = pm.plan_benefits(port, projects=[id_ for id_ in ids if id_ != stopped]).forecast

# %% question="stopping"
asked = work.questions["stopping"].text
to_go = float(asked.split("would cost ")[1].split()[0].replace(",", ""))
years = float(asked.split("come for ")[1].split()[0])
stopping = to_go - (benefits["thousand_a_year"].sum() - comes) * years

# %% [markdown]
# ## When does it start?

# %%
program = work.plan("program.xlsx")
pm.show(pm.gantt_chart(pm.critical_path(program)))

# %% question="starts"
asked = work.questions["starts"].text
activity = asked.split("The activity ")[1].split()[0]
slip = int(asked.split(" takes ")[1].split()[0])
late = pm.Scenario("late", [pm.Change(activity, duration=f"+{slip}")]).apply(program)
starts = pm.critical_path(late).finish - pm.critical_path(program).finish

# %% [markdown]
# ## What is a benefit, and which report is wrong?

# %% question="gain"
gain = next(
    key
    for key, said in work.questions["gain"].options.items()
    if " a year" in said and "EUR" in said
)

# %%
links = work.table("map")
links

# %% question="wrong_link"
belongs = (
    links["owner"].str.startswith("head of")
    & links["benefit"].str.contains(" a year")
    & ~links["outcome"].str.contains("delivered")
)
wrong_link = (~belongs).idxmax()

# %%
deliveries = work.table("deliveries")
deliveries

# %%
profile = work.table("profile")
profile


# %% question="wrong_year"
def as_year(day):
    """Return a date as a year with a fraction."""
    return day.year + (day.month - 1) / 12


def is_right(row):
    """Say whether a row agrees with the deliveries and with its own ramp."""
    last = max(pd.Timestamp(deliveries.loc[one, "delivered"]) for one in row["needs"].split("; "))
    for year in range(2027, 2031):
        moments = year + (np.arange(1200) + 0.5) / 1200
        since = moments - as_year(last)
        level = np.clip(since / row["ramp_years"] if row["ramp_years"] else since > 0, 0, 1)
        if abs(level.mean() * row["full_a_year"] - row[str(year)]) > 1:
            return False
    return True


wrong_year = (~profile.apply(is_right, axis=1)).idxmax()

# %% [markdown]
# ## What do you do?

# %%
crews = work.table("crew")
crews

# %% question="crew"
joint = float(work.questions["crew"].text.split("shared benefit of ")[1].split()[0])


def worth(key):
    """Return what a crew gains there."""
    days, saved = crews["finished_on_day"].copy(), crews.loc[key, "days_saved_by_crew"]
    before = days.max()
    days[key] -= saved
    return saved * crews.loc[key, "own_benefit_a_day"] + joint * (before - days.max())


crew = max(crews.index, key=worth)

# %% question="act"
limit = float(work.questions["act"].text.split("limit of EUR ")[1].split(",")[0]) * 1000


def act(slip, spare, daily_loss, cost):
    """Return what is done about a slip."""
    if cost >= max(0, slip - spare) * daily_loss:
        return "accept"
    return "buy" if cost <= limit else "ask"


# %% question="tell"
"""
Build takes twelve days longer. Float takes up five of them, so the benefit starts seven days later.
Track receives what it needs eight days after the plan and is finished seven days later. The last
project does not move. Whoever owns the benefit has to plan with the later start; project managers
answer for what they hand over.
By Friday please tell me what it would cost to win five days back; then I decide.
"""
