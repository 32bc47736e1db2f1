"""What stands below a goal or an action: calls, experiments, decisions. Higher storeys say so in their `downstream.py`.

    @downstream_of(Goal, label=_("Calls"), order=10)
    def calls_of(goal: Goal, user: Person) -> Iterable[Line]: ...

Each function gives only what `user` may see.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise

from vuoksi.base.people.rules import Person


@dataclass(frozen=True, slots=True)
class Line:
    """One thing below: `tag` is its state in words and `tone` the colour of the tag."""

    title: str
    url: str
    tag: "str | Promise" = ""
    tone: str = "neutral"
    on: date | None = None
    note: "str | Promise" = ""


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one kind, under one heading."""

    label: "str | Promise"
    lines: tuple[Line, ...]


Lines = Callable[[Any, Person], Iterable[Line]]


@dataclass(frozen=True, slots=True)
class _Source:
    order: int
    label: "str | Promise"
    lines: Lines


_sources: dict[type[Model], list[_Source]] = {}


def downstream_of(
    model: type[Model], *, label: "str | Promise", order: int
) -> Callable[[Lines], Lines]:
    """Register the function that gives the lines of one kind below a thing of `model`."""

    def register(function: Lines) -> Lines:
        sources = _sources.setdefault(model, [])
        sources.append(_Source(order, label, function))
        sources.sort(key=lambda source: source.order)
        return function

    return register


def below(thing: Model, user: Person) -> list[Group]:
    """Give what stands below `thing` for `user`, kind by kind; kinds without a line are left out."""
    groups = (
        Group(source.label, tuple(source.lines(thing, user)))
        for source in _sources.get(type(thing), [])
    )
    return [group for group in groups if group.lines]
