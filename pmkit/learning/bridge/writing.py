"""A message as somebody writes it: what was picked, and how it reads to whoever gets it."""

from __future__ import annotations

from dataclasses import dataclass

from pmkit.learning.bridge.message import PICKED, Message, MessageChoice, MessageFact
from pmkit.model.errors import PlanError


@dataclass(frozen=True)
class Written:
    """What was picked of a message.

    Parameters
    ----------
    message
        The situation, with its figures put in.
    audience, ask, deadline, detail
        Keys of what was picked; empty where nothing is yet.
    facts
        Keys of facts, in the order in which they are said.

    Raises
    ------
    PlanError
        If something is picked that there is not.
    """

    message: Message
    audience: str = ""
    facts: tuple[str, ...] = ()
    ask: str = ""
    deadline: str = ""
    detail: str = ""

    def __post_init__(self) -> None:
        for kind in ("audience", "ask", "deadline", "detail"):
            told = getattr(self, kind)
            known = [choice.key for choice in self.message.of_kind(kind)]
            if told and told not in known:
                raise PlanError(f"{kind}: must be one of {', '.join(known)}, got {told!r}")
        known = [fact.key for fact in self.message.facts]
        for key in self.facts:
            if key not in known:
                raise PlanError(f"facts: must be some of {', '.join(known)}, got {key!r}")
        if len(set(self.facts)) != len(self.facts):
            raise PlanError(f"facts: must be different ones, got {', '.join(self.facts)}")

    def chosen(self, kind: str) -> MessageChoice | None:
        """Return what was picked of a kind; ``None`` where nothing is yet."""
        key = getattr(self, kind)
        return next((one for one in self.message.of_kind(kind) if one.key == key), None)

    @property
    def said(self) -> tuple[MessageFact, ...]:
        """The facts, in the order in which they were picked."""
        by_key = {fact.key: fact for fact in self.message.facts}
        return tuple(by_key[key] for key in self.facts)

    @property
    def missing(self) -> str:
        """A sentence about what is still to be picked; empty where it can be sent."""
        for kind in ("audience", "ask", "deadline", "detail"):
            if not getattr(self, kind):
                return f"{kind}: must be picked, got nothing"
        if len(self.facts) != PICKED:
            return f"facts: exactly three of eight must be picked, got {len(self.facts)}"
        return ""

    @property
    def lines(self) -> tuple[str, ...]:
        """The message as it would be read: what is wanted and by when first, then why.

        Notes
        -----
        The answer first, what supports it after: Minto (1987), *The Pyramid Principle*.
        """
        told = {kind: self.chosen(kind) for kind in ("audience", "ask", "deadline", "detail")}
        said = {kind: one.said if one else "…" for kind, one in told.items()}
        return (
            f"To: {said['audience']}", f"From: {self.message.sender}",
            f"Date: {self.message.date:%d %B %Y}", f"Subject: {self.message.title}",
            said["ask"], said["deadline"],
            *(f"- {fact.text}" for fact in self.said), said["detail"],
        )  # fmt: skip
