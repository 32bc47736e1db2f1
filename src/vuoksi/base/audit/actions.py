"""What every write of the platform has in common: one transaction, and a row that tells of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F, Model

from vuoksi.base.audit.models import AuditEntry

P = ParamSpec("P")
R = TypeVar("R")

Actor = AbstractBaseUser | AnonymousUser | None

_recorded: ContextVar[int] = ContextVar("recorded", default=0)
_undo: ContextVar[list[Callable[[], object]] | None] = ContextVar("undo", default=None)


class Unaudited(RuntimeError):
    """An action changed something and told nobody: a mistake in the program."""


class EditedMeanwhile(Exception):
    """Somebody else saved the same thing first. `thing` is what stands in the database now."""

    def __init__(self, thing: Model) -> None:
        super().__init__(f"{thing._meta.label} {thing.pk} was changed by somebody else")
        self.thing = thing


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Run `function` in one transaction and insist that it records at least one audit row.

    An action that finds nothing to do (a second click, say) calls `nothing_to_do()`.
    """

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        before = _recorded.get()
        with _undone_if_it_fails(), transaction.atomic():
            result = function(*args, **kwargs)
            if _recorded.get() == before:
                raise Unaudited(f"{function.__module__}.{function.__name__} recorded nothing")
        return result

    return run


def if_rolled_back(undo: Callable[[], object]) -> None:
    """Call `undo` if this action, or one that called it, fails: for what no database takes back, such as a file."""
    waiting = _undo.get()
    if waiting is None:
        raise RuntimeError("if_rolled_back is called inside an action only")
    waiting.append(undo)


@contextmanager
def _undone_if_it_fails() -> Iterator[None]:
    outer, mine = _undo.get(), list[Callable[[], object]]()
    token = _undo.set(mine)
    try:
        yield
    except BaseException:
        for undo in reversed(mine):
            undo()
        raise
    finally:
        _undo.reset(token)
    if outer is not None:
        outer.extend(mine)


def record(*, actor: Actor, verb: str, thing: Model, at: datetime, **details: Any) -> AuditEntry:
    """Write the audit row of an action: `verb` is the action's name, e.g. `calls.open_call`."""
    _recorded.set(_recorded.get() + 1)
    return AuditEntry.objects.create(
        at=at,
        actor_id=actor.pk if actor is not None else None,
        verb=verb,
        content_type=ContentType.objects.get_for_model(thing),
        object_id=str(thing.pk),
        details=details,
    )


def nothing_to_do() -> None:
    """Say that the action changed nothing, on purpose."""
    _recorded.set(_recorded.get() + 1)


def told_by(row: Model) -> None:
    """Say that `row` itself tells who did this and when, so that it needs no audit row of its own.

    For batches of measured rows only (docs/decisions/0010-a-batch-of-measured-rows-is-its-own-audit.md).
    """
    if row.pk is None:
        raise Unaudited(f"{row._meta.label} was not saved")
    _recorded.set(_recorded.get() + 1)


def save_if_unchanged(thing: Model, *, version: int, **changes: Any) -> None:
    """Save `changes` if `thing.version` in the database is still `version`; else raise EditedMeanwhile."""
    manager = type(thing)._default_manager
    saved = manager.filter(pk=thing.pk, version=version).update(version=F("version") + 1, **changes)
    if not saved:
        raise EditedMeanwhile(manager.get(pk=thing.pk))
    thing.refresh_from_db()
