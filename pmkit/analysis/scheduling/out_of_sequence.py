"""Progress that the logic of the plan did not expect: work begun before what it was to wait for."""

from __future__ import annotations

from dataclasses import dataclass

from pmkit.analysis.scheduling.network import NONE, NOT_STARTED, Compiled
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

    def same_instant(place: int, start: int, finish: int) -> bool:
        """The end of a working day and the start of the next are one working instant."""
        if not net.clocks:
            return False
        clock = net.clocks[int(net.clock[place])]
        return clock.elapsed(start) <= clock.elapsed(finish)

    for link in project.dependencies:
        p, s = index[link.predecessor], index[link.successor]
        if project.activities[p].type.is_span or project.activities[s].type.is_span:
            continue
        after_finish, to_finish = link.kind.value[0] == "F", link.kind.value[1] == "F"
        reached = (standing.shown_finish if to_finish else standing.shown_start)[s]
        if reached == NONE:
            continue
        awaited = (standing.shown_finish if after_finish else standing.shown_start)[p]
        if awaited != NONE and awaited <= reached:
            continue
        if awaited != NONE and link.kind == "SF" and same_instant(p, int(awaited), int(reached)):
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
