"""Random plans whose activities share resources."""

from hypothesis import strategies as st

from pmkit.model.activity import Activity, Assignment
from pmkit.model.dependency import Dependency
from pmkit.model.project import Project
from pmkit.model.resource import Resource


@st.composite
def shared_plans(draw, most=8):
    """Undated, whole days, up to three resources, dependencies of every kind."""
    count = draw(st.integers(2, most))
    capacities = draw(st.lists(st.integers(1, 4), min_size=1, max_size=3))
    activities = []
    for i in range(count):
        units = {f"R{r}": draw(st.integers(0, capacity)) for r, capacity in enumerate(capacities)}
        activities.append(
            Activity(
                f"A{i}",
                draw(st.integers(0, 6)),
                resources=tuple(Assignment(name, n) for name, n in units.items() if n),
            )
        )
    links = []
    for i in range(1, count):
        for p in draw(st.sets(st.integers(0, i - 1), max_size=2)):
            kind = draw(st.sampled_from(["FS", "FS", "SS", "FF", "SF"]))
            links.append(Dependency(f"A{p}", f"A{i}", kind, lag=draw(st.integers(-2, 3))))
    resources = tuple(Resource(f"R{r}", capacity=c) for r, c in enumerate(capacities))
    return Project(tuple(activities), tuple(links), resources=resources)
