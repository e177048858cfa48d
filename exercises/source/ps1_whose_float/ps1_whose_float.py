# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Problem set 1: whose float is it?
#
# An activity needs more days than planned. Sometimes its project manager may simply say yes.
# Sometimes another project pays for it, and then the program manager must know. You write two
# short functions that tell the two cases apart, and you use them on a real program.
#
# *About 40 minutes, 10 points. All days are working days.*

# %%
import pmkit as pm

plan = pm.sample(progress=False)  # the program as it was planned, before anything began
schedule = pm.critical_path(plan)

# %% [markdown]
# ## 1. What moves? (4 points)
#
# Write `starts_later(plan, activity, days)`. It returns the **set of ids** of the other activities
# whose *early start* gets later when `activity` takes so many `days` longer.
#
# Two hints: `pm.Scenario("delay", [pm.Change("Depot.Design", duration="+3")]).apply(plan)` is the
# changed plan, and `pm.critical_path(plan).table["early_start"]` holds a number for each activity.


# %% nbgrader={"grade": false, "grade_id": "starts_later", "locked": false, "schema_version": 3, "solution": true, "task": false}
def starts_later(plan, activity, days):
    """Ids of the other activities that start later when one takes so many days longer."""
    ### BEGIN SOLUTION
    delayed = pm.Scenario("delay", [pm.Change(activity, duration=f"+{days}")]).apply(plan)
    before = pm.critical_path(plan).table["early_start"]
    after = pm.critical_path(delayed).table["early_start"]
    return set(before.index[after > before + 1e-6]) - {activity}
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "starts_later_inside", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
"""Checks starts_later where the delay is small: only the next activities move."""
moved = starts_later(plan, "Depot.ChargerOrder", 2)
assert isinstance(moved, set), "starts_later must return a set of ids, such as {'Depot.Install'}"
assert "Depot.Chargers" in moved, (
    "Depot.Chargers follows Depot.ChargerOrder without any free float, so it starts later"
)
assert "Service.Launch" not in moved, (
    "Depot.ChargerOrder has five days of total float, so two days do not move Service.Launch"
)
assert starts_later(plan, "Depot.GridOffer", 2) == set(), (
    "Depot.GridOffer has free float: two days more move nothing at all. "
    "Did you compare early starts, and leave out the activity itself?"
)
### BEGIN HIDDEN TESTS
assert starts_later(plan, "Depot.Chargers", 2) == {
    "Depot.Install", "Depot.Wiring", "Depot.Energise", "Depot.Commission", "Depot.FireCheck",
    "Depot.Handover", "Depot.Snags",
}, "the delay of Depot.Chargers runs through the whole chain to Depot.Snags"  # fmt: skip
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "starts_later_beyond", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
"""Checks starts_later where the delay is longer than the float: the other projects move too."""
moved = starts_later(plan, "Fleet.Production1", 3)
assert "Service.Launch" in moved, (
    "Fleet.Production1 is critical: three days more move Service.Launch in another project"
)
assert "Fleet.Production1" not in moved, "leave out the activity that takes longer itself"
### BEGIN HIDDEN TESTS
assert "Service.Drivers" in moved, "Service.Drivers waits for the first bus that arrives"
assert "Depot.Install" not in moved, "nothing in Depot waits for Fleet.Production1"
### END HIDDEN TESTS

# %% [markdown]
# ## 2. Who decides? (4 points)
#
# Write `who_decides(plan, activity, days)`. It returns
#
# * `"project manager"` when no activity of **another** project starts later,
# * `"program manager"` when one does.
#
# The project of an activity stands before the dot: `"Fleet.Ship1".split(".")[0]` is `"Fleet"`.


# %% nbgrader={"grade": false, "grade_id": "who_decides", "locked": false, "schema_version": 3, "solution": true, "task": false}
def who_decides(plan, activity, days):
    """Who may say yes when an activity asks for so many days more."""
    ### BEGIN SOLUTION
    own = activity.split(".")[0]
    others = [id_ for id_ in starts_later(plan, activity, days) if id_.split(".")[0] != own]
    return "program manager" if others else "project manager"
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "who_decides_own", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
"""Checks who_decides where the delay stays inside its project."""
assert who_decides(plan, "Depot.GridOffer", 2) == "project manager", (
    "Depot.GridOffer has free float: nobody notices two days, so its project manager decides"
)
assert who_decides(plan, "Depot.Chargers", 2) == "project manager", (
    "Depot.Chargers moves other activities, but all of them are in Depot"
)
### BEGIN HIDDEN TESTS
assert who_decides(plan, "Service.Licence", 4) == "project manager", (
    "Service.Licence moves Service.Launch, which is in its own project"
)
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "who_decides_program", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
"""Checks who_decides where another project pays."""
assert who_decides(plan, "Fleet.Ship1", 1) == "program manager", (
    "Service.Drivers waits for the first bus: one day of Fleet.Ship1 is a day of Service"
)
assert who_decides(plan, "Depot.Chargers", 8) == "program manager", (
    "eight days are more than the float that Depot has left before Service.TrialRun"
)
### BEGIN HIDDEN TESTS
assert who_decides(plan, "Service.Routes", 1) == "program manager", (
    "Fleet.Specification waits for Service.Routes: the float between them belongs to the program"
)
### END HIDDEN TESTS

# %% [markdown]
# ## 3. Say it (2 points)
#
# The maker of the chargers asks for five days more. `who_decides` names the project manager of
# Depot. Two or three sentences: what should this project manager tell the program manager all the
# same, and why?

# %% [markdown] nbgrader={"grade": true, "grade_id": "say_it", "locked": false, "points": 2, "schema_version": 3, "solution": true, "task": false}
# The five days are inside the float of Depot, so no date moves and the decision is the project
# manager's. But that float was also what protected the trial run, where three projects meet. After
# the yes there is none left: the next late day in Depot moves the launch. The program manager
# should know that the chance of the promised date is now lower, before someone else spends it too.
