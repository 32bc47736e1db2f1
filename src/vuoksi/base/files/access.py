"""Who may read the files of a thing. Nobody may, until its app says so in its `links.py`:

@readable(Entry)
def may_read_files(user: Person, entry: Entry) -> bool: ...
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import Model

M = TypeVar("M", bound=Model)
MayRead = Callable[[Any, Any], bool]

_readable: dict[type[Model], MayRead] = {}


def readable(model: type[M]) -> Callable[[Callable[[Any, M], bool]], Callable[[Any, M], bool]]:
    """Register who may read the files of a thing of `model`."""

    def register(function: Callable[[Any, M], bool]) -> Callable[[Any, M], bool]:
        _readable[model] = function
        return function

    return register


def is_readable(user: Any, thing: Model) -> bool:
    question = _readable.get(type(thing))
    return question is not None and question(user, thing)
