"""The roadmap panel: what slips, what is paused, and what that does to the program."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import traitlets as t

from pmkit.analysis.together.moved_program import MovedProgram, move_program
from pmkit.analysis.together.moves import DAYS, WEEKS, Delay, Move, Pause
from pmkit.analysis.together.program_simulation import ProgramSimulation, simulate_program
from pmkit.model.activity import Moment
from pmkit.model.change import Change
from pmkit.model.errors import Cancelled, PlanError
from pmkit.model.program import Plan, Program
from pmkit.widgets import files
from pmkit.widgets.boxes import MomentBox
from pmkit.widgets.guarded import File
from pmkit.widgets.history import Session
from pmkit.widgets.later import Later
from pmkit.widgets.panel import Panel, Words
from pmkit.widgets.roadmap_figures import Sure, move_text
from pmkit.widgets.roadmap_parts import RoadmapParts
from pmkit.widgets.runner import Progress, Runner, Task

_REST = 0.25  # seconds
_REMEMBERED = 16
_WORDS = Words(
    "What if it slips?",
    "Open a program, let a project or an activity slip or pause a project, and see whom it "
    "reaches, what float takes up, and what becomes of the benefits.",
    "Pick a project or an activity, and type by how much it slips.",
)


@dataclass(frozen=True)
class RoadmapSession(Session):
    """A program, and what is tried on its roadmap.

    Parameters
    ----------
    moves
        Slips and pauses, in the order in which they are made.
    at
        Project and activity that were moved last.
    """

    moves: tuple[Move, ...] = ()
    at: tuple[str, str] = ("", "")

    def with_move(self, key: tuple[str, ...], move: Move | None) -> RoadmapSession:
        """Return the session with a move in place of that of the same; ``None`` for without it."""
        moves = list(self.moves)
        place = next((n for n, one in enumerate(moves) if one.key == key), len(moves))
        moves[place : place + 1] = [] if move is None else [move]
        return replace(self, moves=tuple(moves))


class RoadmapPanel(Panel):
    """The roadmap of a program, with slips and pauses to try.

    Parameters
    ----------
    plan
        A program to start with; without one, the panel asks for a file.
    trials, seed
        Of the simulation; 0 trials for none.

    Attributes
    ----------
    plan : Program
        As opened.
    result : MovedProgram
        The program with what is tried, beside the program as it is; ``None`` without a plan.
    simulation : ProgramSimulation
        Of the program with what is tried, once it is done.
    seat
        From where it is seen: the program manager, or the manager of a project.
    project, activity, slip
        What slips, and by how many working days; the value of `activity` is an id.
    begins, length, unit
        The pause of the project that is picked.
    projects, interfaces
        The tables in which a project and an interface are picked.
    undo_button, redo_button, reset_button, changes
        The way back, and what is tried.
    figures, why, benefits
        What it comes to, the interface that is picked, and the benefits that move.
    upload, sample_button, status, answer
        Opening a plan; the line that says what happened; the line with the answer.
    """

    result = t.Instance(MovedProgram, allow_none=True)
    simulation = t.Instance(ProgramSimulation, allow_none=True)

    def __init__(
        self, plan: Plan | None = None, *, trials: int = 10_000, seed: int = 0, **kwargs: Any
    ) -> None:
        self._found: dict[tuple[int, str], MovedProgram] = {}
        self._drafts: dict[str, tuple[str, str]] = {}
        self._seat = self._interface = ""
        self._target = ("", "")
        self._runner = Runner(trials, seed, self._on_simulated, self._on_progress)
        lock = self._runner.lock
        # dates answer at once; pictures and the simulation when the hand rests
        self._pictures = Later(lambda: self._guarded(self._draw), lock, _REST)
        super().__init__(plan, _WORDS, lock, **kwargs)

    def _made(self) -> Any:
        parts = self._parts = RoadmapParts(
            on_seat=lambda seat: self._guarded(lambda: self.see_from(seat)),
            on_target=lambda id_: self._guarded(lambda: self.pick(id_)),
            on_slip=lambda days: self._guarded(lambda: self.slip_by(self._picked, days)),
            on_pause=lambda: self._guarded(self._pause_typed),
            on_interface=lambda id_: self._guarded(lambda: self.show_interface(id_)),
            on_cancel=self._on_cancel,
            undo=lambda: self._guarded(self.undo),
            redo=lambda: self._guarded(self.redo),
            reset=lambda: self._guarded(self.reset),
            remove=lambda n: self._guarded(lambda: self.remove_change(n)),
            save=self._saved,
        )
        self.seat, self.project, self.activity = parts.seat, parts.project, parts.activity
        self.slip, self.begins = parts.slip, parts.begins
        self.length, self.unit = parts.length, parts.unit
        self.projects, self.interfaces = parts.projects, parts.interfaces
        self.figures, self.why, self.benefits = parts.figures, parts.why, parts.benefits
        done = parts.changes
        self.changes, self.undo_button = done.changes, done.undo
        self.redo_button, self.reset_button = done.redo, done.reset
        self.answer = parts.sentence
        self._say_refusals(*parts.typed)
        return parts.box

    def __repr__(self) -> str:
        if self._history.present.plan is None:
            return "RoadmapPanel without a plan"
        return f"RoadmapPanel {self.result!r}"

    # What a caller may do, besides what every panel can

    def open_plan(self, plan: Plan) -> None:
        """Open a program in place of the one that is open; undo brings that one back.

        Raises
        ------
        PlanError
            If it is not a program with activities.
        """
        if not isinstance(plan, Program):
            raise PlanError("roadmap: the plan must be a program with several projects, this is "
                            "one project")  # fmt: skip
        if not plan.projects or not plan.network.activities:
            raise PlanError("roadmap: the program must have a project with activities to move, "
                            "this has none")  # fmt: skip
        self._found.clear()  # it knows a plan by its place in memory
        self._runner.forget()
        self._record(RoadmapSession(plan), _WORDS.invitation)

    def undo(self) -> None:
        """Go one step back, to what was moved there."""
        if self._history.past:
            self._target = self._present.at
        super().undo()

    def redo(self) -> None:
        """Take back the undo."""
        if self._history.future:
            ahead = self._history.redone().present
            self._target = ahead.at if isinstance(ahead, RoadmapSession) else ("", "")
        super().redo()

    def reset(self) -> None:
        """Drop all slips and pauses; undo brings them back."""
        self._record(replace(self._present, moves=()),
                     "Back to the plan as it stands. Undo brings the moves back.")  # fmt: skip

    def see_from(self, seat: str) -> None:
        """See it as the program manager (empty), or as the manager of a project.

        Raises
        ------
        PlanError
            If there is no such project with activities.
        """
        if seat:
            _ = self._place(seat)
        self._seat = seat
        self._show()

    def pick(self, target: str) -> None:
        """Pick what may slip: a project, or an activity as ``project.activity``.

        Raises
        ------
        PlanError
            If there is none of that id.
        """
        self._target = self._place(target)
        self._show()

    def show_interface(self, id_: str) -> None:
        """Show what is known of an interface, ``"giver -> taker"``.

        Raises
        ------
        PlanError
            If there is none of that id.
        """
        if id_ not in [one.id for one in self._read(self._present).after]:
            raise PlanError(f"roadmap: must be an interface of the program, got {id_!r}")
        self._interface = id_
        self._show()

    def slip_by(self, target: str, days: float | None) -> None:
        """Let an activity slip, or all of a project that has not begun; 0 or ``None``: no slip.

        Raises
        ------
        PlanError
            If it cannot slip, or the days are none.
        """
        place = self._place(target)
        key = ("slip", *place)
        move = Delay(place[0], days, place[1]) if days else None
        self._try(key, move, place)

    def pause(
        self, project: str, begins: Moment, length: float | None, unit: str = ""
    ) -> None:  # fmt: skip
        """Pause a project, or pause it no more (a length of 0 or ``None``).

        Parameters
        ----------
        project
            Id.
        begins
            A date; working days after the start in a plan without dates.
        length, unit
            How many ``"weeks"`` (the default) or ``"months"``; ``"working days"`` in a plan
            without dates.

        Raises
        ------
        PlanError
            If it cannot be.
        """
        place = self._place(project)
        if place[1]:
            raise PlanError(f"pause: must be of a project, got the activity {project!r}")
        unit = unit or (WEEKS if isinstance(begins, date) else DAYS)
        self._drafts[project] = MomentBox.text(begins), unit
        move = Pause(project, begins, length, unit) if length else None
        here = self._target if self._target[0] == project else place
        self._try(("pause", project), move, here)

    def remove_change(self, position: int) -> None:
        """Take back one of the moves, counted from 0."""
        session = self._present
        gone = session.moves[position]
        self._record(session.with_move(gone.key, None),
                     f"Removed: {move_text(self._program, gone)}.")  # fmt: skip

    def _change(self, change: Change) -> None:
        raise PlanError("roadmap: the plan must be changed elsewhere, here it slips and pauses")

    @property
    def program(self) -> Program:
        """The program with what is tried."""
        return self._read(self._present).moved

    # What happens behind it

    @property
    def _present(self) -> RoadmapSession:
        session = self._history.present
        return session if isinstance(session, RoadmapSession) else RoadmapSession(session.plan)

    @property
    def _program(self) -> Program:
        plan = self._open_plan
        assert isinstance(plan, Program)
        return plan

    @property
    def _picked(self) -> str:
        """Id of what is picked: the activity, else the project."""
        return self._target[1] or self._target[0]

    def _place(self, target: str) -> tuple[str, str]:
        """Project and activity of an id."""
        program = self._program
        if any(one.id == target and one.activities for one in program.projects):
            return target, ""
        if target in program.network.topology.index:
            return program[target].project, target
        raise PlanError("roadmap: must name a project with activities, or an activity of the "
                        f"program, got {target!r}")  # fmt: skip

    def _try(self, key: tuple[str, ...], move: Move | None, place: tuple[str, str]) -> None:
        """Make a move, say what of it cannot be done, and stay with what it moves."""
        session = self._present.with_move(key, move)
        if session.moves == self._present.moves:
            waits = "A pause begins to count once it is said for how long."
            self.status.say(waits if key[0] == "pause" and move is None else "That is as it was.")
            self._show()
            return
        gone = next((one for one in self._present.moves if one.key == key), None)
        session = replace(session, at=place)
        notes = self._read(session).notes
        self._target = place
        if move is None:
            assert gone is not None
            self._record(session, f"Removed: {move_text(self._program, gone)}.")
            return
        said = [move_text(self._program, move)]
        if not (isinstance(move, Delay) and move.activity):  # one activity holds no others
            start, what = f"{move.project}: ", f"the {key[0]}"
            said += [note for note in notes if note.startswith(start) and what in note]
        self._record(session, " ".join(f"{one}." for one in said))

    def _pause_typed(self) -> None:
        """What the boxes of the pause say, once they say something."""
        begins = self.begins.moment
        if begins is None:
            raise PlanError("pause: must begin at some moment, got none")
        self.pause(self._target[0], begins, self.length.value, self.unit.value or "")

    def _read(self, session: RoadmapSession) -> MovedProgram:
        """The program with what is tried; not worked out twice."""
        plan = session.plan
        if not isinstance(plan, Program):
            raise PlanError("roadmap: a program must be open, got none")
        key = id(plan), repr(session.moves)
        if key not in self._found:
            before = self._read(replace(session, moves=())).before if session.moves else None
            self._found[key] = move_program(plan, session.moves, before=before)
            while len(self._found) > _REMEMBERED:
                del self._found[next(iter(self._found))]
        return self._found[key]

    def _check(self, session: Session) -> None:
        if isinstance(session, RoadmapSession):
            _ = self._read(session)

    def _show(self) -> None:
        if not self._has_plan():
            self.plan = self.result = self.simulation = None
            return
        session = self._present
        found = self._read(session)
        ids = [one.id for one in found.projects[:-1]]
        if self._target[0] not in ids:
            self._target = (ids[0], "")
        if self._seat not in ids:
            self._seat = ""
        self._interface = self._interface_of(found)
        draft = self._drafts.get(self._target[0], self._first_pause(found))
        self._parts.show(found, self._seat, self._target, draft, self._interface)
        self._parts.changes.show(self._history)
        self.changes.items = [move_text(self._program, move) for move in session.moves]
        self._parts.changes.reset.disabled = not session.moves
        self._opening.show(self._open_plan, found.before.schedule.notes)
        self.plan, self.result = self._open_plan, found
        self._pictures.ask()
        if self._runner.trials:
            self._runner.want(self._tasks(session), _REST)
        self._show_sure()

    def _interface_of(self, found: MovedProgram) -> str:
        """The one that is picked, as long as it is to be seen; else what is needed first."""
        mine = found.after.of(self._seat) if self._seat else found.after
        if self._interface in [one.id for one in mine]:
            return self._interface
        ahead = sorted(mine, key=lambda one: (one.is_met or not one.is_waited_for,
                                              one.status != "late"))  # fmt: skip
        return ahead[0].id if ahead else ""

    def _first_pause(self, found: MovedProgram) -> tuple[str, str]:
        """A pause begins when the status is known, where nothing else is said."""
        settings = found.program.network.settings
        now = settings.status_date
        if not settings.is_dated:
            return MomentBox.text(0.0 if now is None else now), DAYS
        if now is None:
            return MomentBox.text(settings.start), WEEKS
        assert isinstance(now, date)
        day = now.date() if isinstance(now, datetime) else now
        return MomentBox.text(day + timedelta(days=1)), WEEKS

    # The simulation

    def _tasks(self, session: RoadmapSession) -> list[Task]:
        size = len(self._program.network.activities)
        return [
            Task(self._key(which), size, partial(self._simulated, self._read(which).after.program))
            for which in (replace(session, moves=()), session)
        ]

    def _key(self, session: RoadmapSession) -> str:
        return repr((id(session.plan), session.moves))

    def _simulated(self, program: Program, progress: Progress | None) -> ProgramSimulation:
        runner = self._runner
        return simulate_program(program, runner.trials, runner.seed, progress=progress)

    @property
    def _sure(self) -> Sure:
        session = self._present
        was, now = (self._runner.known(self._key(one))
                    for one in (replace(session, moves=()), session))  # fmt: skip
        return None if was is None or now is None else (was, now)

    def _show_sure(self) -> None:
        sure = self._sure
        found, runner = self._read(self._present), self._runner
        self._parts.show_sure(found, self._seat, sure, runner.trials, waits=runner.busy)
        self.simulation = None if sure is None else sure[1]

    def _on_progress(self, share: float) -> None:
        self._parts.progress.show(share)

    def _on_cancel(self) -> None:
        self._runner.cancel()
        self._parts.progress.hide()
        self._guarded(self._show_sure)
        self.status.say("The simulation was stopped; dates without uncertainty are shown.")

    def _on_simulated(self, error: Exception | None) -> None:
        self._parts.progress.hide()
        if error is not None and not isinstance(error, Cancelled):
            self._guarded(partial(_raise, error))
        elif error is None and self._history.present.plan is not None:
            self._guarded(self._show_sure)

    def finish(self) -> None:
        """Wait for the simulation and the pictures that are still to come."""
        self._runner.finish()
        self._pictures.finish()

    def _draw(self) -> None:
        if self._history.present.plan is not None:
            self._parts.draw(self._read(self._present), self._target)

    def _redraw(self, *, dark: bool) -> None:
        self._parts.dark = dark
        self._draw()

    def _saved(self) -> File | None:
        return self._download(
            lambda: files.workbook(self.program),
            "with what is tried here. Your file is as it was.",
        )


def _raise(error: Exception) -> None:
    raise error
