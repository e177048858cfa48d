# %% [markdown]
# # Problem set 8: does it serve the strategy?
#
# A hospital with three houses renews itself. It has four objectives and seven projects. The board
# has weighed the objectives by swings: what is it worth to go from the worst to the best that these
# projects can reach? The plan was written before that, with the weights of a survey. Your numbers
# are your own: nobody else has the same ones.
#
# *About 55 minutes, 16 points. Give each answer to the variable that is named. A check tells you
# whether it has the right form, never whether it is right.*

# %%
import pmkit as pm

work = pm.open_exercise()
plan = work.plan()
swings = work.table("swings")
swings

# %%
pm.align(plan).contributions

# %% [markdown]
# ## Weights and scores

# %% question="weights"
points = {}
while len(points) < len(swings):
    for objective, row in swings.iterrows():
        beside = row["compared_with"]
        if beside not in swings.index:
            points[objective] = 100.0
        elif beside in points:
            points[objective] = points[beside] * row["per_cent"] / 100
by_swings = pm.swing_weights(points)
weights = {objective: 100 * weight for objective, weight in by_swings.weights.items()}

# %% question="score"
alignment = pm.align(by_swings.on(plan))
text = work.questions["score"].text
project = next(name for name in alignment.projects if f"score of {name} " in text)
score = alignment.scores[project]

# %% question="flip"
text = work.questions["flip"].text
first, second = sorted((name for name in alignment.projects if name in text), key=text.index)
objective = next(name for name in swings.index if f"weight of {name} " in text)
flip = next(100 * f.flips_at for f in alignment.flips(first, second) if f.objective == objective)

# %% [markdown]
# ## What do these tables tell?
#
# Each row of the first has three judgements: how many times as important the one objective is as
# the other. The last column is what the clerk has worked out.

# %%
judgements = work.table("judgements")
judgements

# %% question="pairs"
ratio = {
    key: pm.weigh([
        ("Safety", "Waiting", row["Safety_to_Waiting"]),
        ("Waiting", "Staff", row["Waiting_to_Staff"]),
        ("Safety", "Staff", row["Safety_to_Staff"]),
    ]).consistency_ratio
    for key, row in judgements.iterrows()
}  # fmt: skip
pairs = max(ratio, key=lambda key: abs(ratio[key] - judgements.loc[key, "ratio"]))

# %%
ranks = work.table("ranks")
ranks

# %% question="firm"
if ranks["1"].max() < 80:
    firm = "both"
elif ranks["2"].max() < 80:
    firm = "lead"
else:
    firm = "ranked"

# %%
proposals = work.table("proposals")
proposals

# %% question="usable"
published = work.questions["usable"].text.split("published on ")[1][:10]
usable = proposals[
    (proposals["set_by"] == "portfolio board")
    & proposals["asked"].str.contains("swing")
    & (proposals["set_on"] < published)
].index[0]

# %% [markdown]
# ## What a score does not see
#
# *requires*: this project can deliver nothing without that one.

# %%
candidates = work.table("candidates")
candidates


# %% question="treat"
def treat(project, serving, duties, requires):
    """Return what becomes of a project."""
    if project in serving:
        return "serves"
    if project in duties:
        return "duty"
    needed = {*serving, *duties}
    for _ in requires:  # after as many rounds as there are pairs nothing new can come
        needed |= {giver for taker, giver in requires if taker in needed}
    return "enabler" if project in needed else "ask why"


# %% question="tell"
"""
A score tells what a project does for the objectives itself. It does not see who stands on it.
Beds requires it, and Beds is what serves Waiting most: without the one we lose the other.
So I recommend to keep it, and to count its cost with that of Beds.
If the board does not fund Beds, I shall ask what it is for; the board decides on the 12th.
"""
