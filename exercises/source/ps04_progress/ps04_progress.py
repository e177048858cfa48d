# %% [markdown]
# # Problem set 4: are we really 60 % done?
#
# You are given a report of two projects over some months, and the plan of the first. Your numbers
# are your own: nobody else has the same ones. PV, EV and AC are in thousand euro, since the start.
#
# *About 50 minutes, 15 points. Give each answer to the variable that is named. A check tells you
# whether it has the right form, never whether it is right.*

# %%
import numpy as np

import pmkit as pm

work = pm.open_exercise()
report, plan = work.table("report"), work.table("plan")
report

# %%
plan

# %% [markdown]
# ## What will it cost, and how late is it?

# %% question="cpi"
mine = report[report["project"] == report["project"].iloc[0]].iloc[-1]
cpi = mine["ev"] / mine["ac"]

# %% question="eac"
eac = plan["pv"].iloc[-1] / cpi

# %% question="months_late"
earned_schedule = np.interp(mine["ev"], [0, *plan["pv"]], [0, *plan.index])
months_late = mine["month"] - earned_schedule

# %% [markdown]
# ## What is wrong with this report?

# %% question="wrong_month"
other = report[report["project"] != report["project"].iloc[0]].set_index("month")
falls = other["ev"].diff() < 0
differs = (other["cpi"] - other["ev"] / other["ac"]).abs() > 0.01
wrong_month = f"m{other.index[falls | differs][0]}"

# %% question="hides"
four = work.table("four")
hides = four[(four["spi"] > 0.9) & (four["spi_t"] < 0.9)].index[0]

# %% question="order"
parts = work.table("parts")
order = list((parts["ev"] / parts["ac"]).sort_values().index)

# %% [markdown]
# ## Who decides, and who must know?

# %% question="decides"
limits = work.table("limits")


def decides(cost, days):
    """Return who may decide the money and the days."""
    for who, limit in limits.iterrows():
        if cost <= limit["cost"] and days <= limit["days"]:
            return who
    return "sponsor"


# %% question="tell"
"""
By value, less than half of the work is done, though more than half of the money is spent.
At this rate it will cost a quarter more than its budget, and be about a month late.
I ask you to decide whether a second crew is paid for. I need to know by the end of next week.
"""
