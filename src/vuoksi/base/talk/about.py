"""What people may talk about, and who hears of it. Higher storeys say so in their `links.py`.

@discussable(Entry)
def about_entry(entry: Entry) -> About:
    return About(
        url=entry.get_absolute_url(),
        may_read=lambda user: rules.may_read_entry(user, entry),
        may_comment=lambda user: rules.may_comment_on(user, entry),
        may_answer=lambda user: rules.may_answer(user, entry),
    )
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.apps import apps
from django.db.models import Model

M = TypeVar("M", bound=Model)
May = Callable[[Any], bool]


def _everybody(_user: Any) -> bool:
    return True


def _nobody(_user: Any) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class About:
    """How one thing is talked about: its page, who reads and writes, who answers for the city."""

    url: str
    may_read: May = _everybody
    may_comment: May = _everybody
    may_support: May = _everybody
    may_answer: May = _nobody


_discussable: dict[type[Model], Callable[[Any], About]] = {}
_when_written: list[Callable[..., Any]] = []
_when_held: list[Callable[..., Any]] = []
_doubts: list[Callable[..., str]] = []


def discussable(model: type[M]) -> Callable[[Callable[[M], About]], Callable[[M], About]]:
    """Register how a thing of `model` is talked about."""

    def register(function: Callable[[M], About]) -> Callable[[M], About]:
        _discussable[model] = function
        return function

    return register


def about(thing: Model) -> About | None:
    """Give how `thing` is talked about; None for a thing that nobody registered."""
    known = _discussable.get(type(thing))
    return known(thing) if known is not None else None


def model_of(kind: str) -> type[Model] | None:
    """Give the model that `kind` ("calls.entry") names, if its things are talked about."""
    try:
        model = apps.get_model(kind)
    except (LookupError, ValueError):
        return None
    return model if model in _discussable else None


def when_written(function: Callable[..., Any]) -> Callable[..., Any]:
    """Call `function(comment=, at=)` when somebody has joined a discussion."""
    _when_written.append(function)
    return function


def when_held(function: Callable[..., Any]) -> Callable[..., Any]:
    """Call `function(comment=, why=, at=)` when a comment was kept for a look before it shows."""
    _when_held.append(function)
    return function


def doubted_by(function: Callable[..., str]) -> Callable[..., str]:
    """Ask `function(author=, text=, at=)` of each comment why it should be looked at first; empty: it need not be."""
    _doubts.append(function)
    return function


def tell_written(*, comment: Model, at: datetime) -> None:
    for function in _when_written:
        function(comment=comment, at=at)


def tell_held(*, comment: Model, why: str, at: datetime) -> None:
    for function in _when_held:
        function(comment=comment, why=why, at=at)


def doubt_about(*, author: Any, text: str, at: datetime) -> str:
    """Give the first reason to look at a comment before it shows; empty when there is none."""
    found = (function(author=author, text=text, at=at) for function in _doubts)
    return next((why for why in found if why), "")


def to_follow(url: str, may_read: May = _everybody) -> About:
    """Give the terms of a thing that is followed and not talked about."""
    return About(url=url, may_read=may_read, may_comment=_nobody, may_support=_nobody)
