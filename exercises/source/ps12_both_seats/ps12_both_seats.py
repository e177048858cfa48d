# %% [markdown]
# # Problem set 12: was it a good decision?
#
# A plant for vaccines is built in several projects of one program. Decisions were taken, and much
# has happened since. Value is always the value for the program: benefits less cost, less a penalty
# for each interface that is missed: a date that a project had promised to another. All money is in
# thousand euro. Your numbers are your own: nobody else has the same ones.
#
# *About 60 minutes, 16 points. Give each answer to the variable that is named. A check tells you
# whether it has the right form, never whether it is right.*

# %%
import re

import pmkit as pm

work = pm.open_exercise()
options = work.table("options")
options

# %% [markdown]
# ## What was known?

# %% question="value"
penalty = int(re.search(r"counts (\d+) thousand", work.questions["value"].text)[1])
well = options["goes_well"] / 100
benefits = well * options["benefits_well"] + (1 - well) * options["benefits_badly"]
values = benefits - options["cost"] - penalty * options["missed"]
value = values.max()

# %% question="score"
taken = re.search(r"option '(.+?)'", work.questions["score"].text)[1]
score = 100 * (values[taken] - values.min()) / (values.max() - values.min())

# %% [markdown]
# ## And what happened?

# %%
futures = work.table("futures")
futures

# %% question="luck"
came = int(re.search(r"was worth (-?\d+) thousand", work.questions["luck"].text)[1])
of_taken = futures.iloc[:, 0]
luck = 100 * ((of_taken < came).mean() + (of_taken == came).mean() / 2)

# %%
review = work.table("review")
review

# %% question="wrong_row"
quality = 100 * (review["taken"] - review["worst"]) / (review["best"] - review["worst"])
fits = (quality - review["quality"]).abs() <= 0.5
fits &= review["taken"] <= review["best"]
fits &= (review["came"] < review["p10"]) == (review["luck"] < 10)
fits &= (review["came"] > review["p90"]) == (review["luck"] > 90)
wrong_row = review.index[~fits][0]

# %%
records = work.table("records")
records

# %% question="record"
ahead = records["taken"] - records["refused"]
ahead -= penalty * (records["taken_missed"] - records["refused_missed"])
is_lucky = records["came"] > records["p50"]
if "was good" in work.questions["record"].text:
    record = records.index[(ahead > 0) & ~is_lucky][0]
else:
    record = records.index[(ahead < 0) & is_lucky][0]

# %% [markdown]
# ## On which day was it known?

# %%
facts = work.table("facts")
facts

# %% question="then_best"
question = work.questions["then_best"]
day = int(re.search(r"On day (\d+)", question.text)[1])
known = facts[facts["told_day"] <= day]
best = known[list(question.options.values())].sum().idxmax()
then_best = next(key for key, name in question.options.items() if name == best)

# %% [markdown]
# ## Two seats

# %%
seats = work.table("seats")
seats

# %% question="talk_to"
seats["program"] = seats["own"] + seats["others"] - penalty * seats["missed"]
by_project = seats.groupby("project")
liked = seats.loc[by_project["own"].idxmax()].set_index("project")["program"]
losses = by_project["program"].max() - liked
projects = work.questions["talk_to"].options
talk_to = sorted(projects, key=lambda key: losses[projects[key]], reverse=True)

# %% question="loss"
loss = losses[projects[talk_to[0]]]

# %% [markdown]
# ## Who decides, and what do you say?

# %% question="acts"
limit, asking = map(int, re.findall(r"(\d+) thousand", work.questions["acts"].text))


def acts(names, own, program, cost, moved):
    """Return the option that a project manager takes, or that there is something to ask."""
    rows = zip(program, names, cost, moved, strict=True)
    alone = {name: worth for worth, name, price, waits in rows if price <= limit and not waits}
    if not alone or max(program) - max(alone.values()) > asking:
        return "ask"
    return max(alone, key=alone.get)


# %% question="tell"
"""
On day 40 a second shift was expected to bring 410 thousand, waiting 350. It was well decided.
It came to 250, far below the 400 that half of its futures reach: that was bad luck.
Next time I would decide in the same way; we should only check where the 410 came from.
Licence waited eight days and heard of it the day before: from now on we tell them the same day.
"""
