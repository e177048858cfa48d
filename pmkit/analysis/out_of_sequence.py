"""Progress that the logic of the plan did not expect: work begun before what it was to wait for."""

from __future__ import annotations

from dataclasses import dataclass

from pmkit.analysis.network import NONE, NOT_STARTED, Compiled
from pmkit.model.project import Project


@dataclass(frozen=True, slots=True)
class OutOfSequence:
    """A dependency that reported progress has broken.

    Parameters
    ----------
    predecessor, successor
        Ids of its two activities.
    relation
        Kind and lag, such as ``FS+2``.
    sentence
        What happened.
    """

    predecessor: str
    successor: str
    relation: str
    sentence: str

    def __str__(self) -> str:
        return self.sentence


def find_out_of_sequence(net: Compiled) -> tuple[OutOfSequence, ...]:
    """Return the dependencies whose order reported progress has broken, in the order of the plan.

    A finish-to-start dependency is broken when its successor began before its predecessor was
    done, and the other kinds likewise; lags are not counted.

    Parameters
    ----------
    net
        The compiled plan.
    """
    standing, project = net.standing, net.project
    if standing is None or standing.status == NONE:
        return ()
    index, found = project.topology.index, []

    def in_order(place: int, awaited: int, reached: int) -> bool:
        if net.single_calendar:
            return awaited <= reached
        clock = net.clocks[int(net.clock[place])]  # the same working instant is in order
        return clock.elapsed(awaited) <= clock.elapsed(reached)

    for link in project.dependencies:
        p, s = index[link.predecessor], index[link.successor]
        if project.activities[p].type.is_span or project.activities[s].type.is_span:
            continue
        after_finish, to_finish = link.kind.value[0] == "F", link.kind.value[1] == "F"
        reached = standing.actual_finish if to_finish else standing.actual_start
        if reached[s] == NONE:
            continue
        awaited = (standing.actual_finish if after_finish else standing.actual_start)[p]
        if awaited != NONE and in_order(p, int(awaited), int(reached[s])):
            continue
        sentence = (
            f"{_label(project, s)} {'finished' if to_finish else 'started'} before "
            f"{_label(project, p)} {'finished' if after_finish else 'started'}"
        )
        if awaited == NONE:
            has_not = "has not started" if standing.state[p] == NOT_STARTED else "is not complete"
            sentence += f"; {link.predecessor!r} {has_not}"
        found.append(OutOfSequence(link.predecessor, link.successor, link.relation,
                                   f"{sentence} ({link})."))  # fmt: skip
    return tuple(found)


def _label(project: Project, place: int) -> str:
    activity = project.activities[place]
    return f"{activity.id!r} {activity.name}" if activity.name else f"{activity.id!r}"
