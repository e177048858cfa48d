# %% [markdown]
# # Problem set 2: whose float is it?
#
# You look after one program of three projects. What stands before the dot is the project:
# `Quay.Permit` is an activity of *Quay*. All days are working days, counted from the start; the plan
# has no dates. Your numbers are your own: nobody else has the same ones.
#
# *About 55 minutes, 16 points. Give each answer to the variable that is named. A check tells you
# whether it has the right form, never whether it is right.*

# %%
import pmkit as pm

work = pm.open_exercise()
plan = work.plan()  # the approved plan of the program
schedule = pm.critical_path(plan)
schedule.table[["early_start", "early_finish", "total_float", "free_float"]]

# %%
print(*plan.network.dependencies, sep="\n")  # who waits for whom

# %% [markdown]
# ## What is done when it is done?

# %% question="testable"
import re

# a day, and behind it a number to measure
testable = next(
    key
    for key, text in work.questions["testable"].options.items()
    if re.match(r"(On|By) \d+ \w+, .*\d", text)
)

# %% [markdown]
# ## What moves?
#
# Each of these questions begins with the approved plan as it was handed out: take back what you
# tried in the one before. Only *promise* goes on from *moves*. A change is tried with, for instance,
# `pm.Scenario("try", [pm.Change("Quay.Permit", duration="+3")]).apply(plan)`; waiting time between
# two activities is `pm.Change("Quay.Permit -> Quay.Works", lag=3)`. Put in your own projects.


# %% question="finish"
def tried(target, **values):
    """Return the schedule with one change."""
    return pm.critical_path(pm.Scenario("try", [pm.Change(target, **values)]).apply(plan))


text = work.questions["finish"].text
lag = next(int(word) for word in text.split() if word.isdigit())
site, goods, service = (project.id for project in plan.projects)
finish = tried(f"{site}.Permit -> {site}.Works", lag=lag).finish

# %% question="left"
text = work.questions["left"].text
used = next(int(word) for word in text.split() if word.isdigit())
left = tried(f"{site}.Design", duration=f"+{used}").table["total_float"][f"{site}.Works"]

# %% question="moves"
text = work.questions["moves"].text
more = next(int(word) for word in text.split() if word.isdigit())
moves = tried(f"{goods}.Assemble", duration=f"+{more}").finish - schedule.finish

# %% question="promise"
promise = schedule.finish + moves

# %% [markdown]
# ## What is wrong with this schedule?
#
# A planner has worked out the schedule of another project by hand. A day in the table is the number
# of working days that have passed: what starts at 4 and takes 3 days finishes at 7. What waits for
# it can start at 7.

# %%
work.table("schedule").fillna("")

# %% question="row"
table = work.table("schedule").fillna("")
again = pm.critical_path(
    pm.Project.from_table(zip(table.index, table["duration"], table["predecessors"], strict=True))
).table
columns = list(table.columns[2:])
differs = (table[columns] - again[columns].loc[table.index]).abs().sum(axis=1)
row = differs.idxmax()

# %% [markdown]
# ## Who decides?
#
# Four activities of the program need more days. The second table says when each activity starts: in
# the plan as it is now, and if request a, b, c or d alone is accepted.

# %%
work.table("requests")

# %%
work.table("starts")

# %% question="alone"
starts, requests = work.table("starts"), work.table("requests")


def projects_that_wait(request):
    """Return the projects in which something starts later."""
    return {id_.split(".")[0] for id_ in starts.index[starts[request] > starts["now"]]}


alone = next(
    key
    for key, activity in requests["activity"].items()
    if projects_that_wait(key) <= {activity.split(".")[0]}
)

# %%
work.table("limits")

# %% question="decides"
limit = work.table("limits").loc["program manager", "launch_later_days"]


def decides(days, to_others, to_launch):
    """Return who decides when an activity takes so many days longer."""
    if days <= to_others:
        return "project manager"
    return "program manager" if days - to_launch <= limit else "sponsor"


# %% question="tell"
"""
The activity takes five days longer. No activity of another project starts later, so the decision
was mine and I have said yes. But the five days came out of six days of float before the trial,
where all three projects meet; one day is left. The next late day in my project, or two small ones,
move the launch, so the chance of the promised day is lower. I shall tell you on Friday whether the
permit is there, and at once if the last day is needed.
"""
