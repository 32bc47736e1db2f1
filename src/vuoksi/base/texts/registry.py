"""What can be translated: every model that names its `TEXT_FIELDS` and has a `language`.

City staff translate whatever they may read. A model whose things are not open to all staff (a draft, a hidden comment)
says so in its app's `links.py`:

    @translatable(Entry)
    def may_read(user: Person, entry: Entry) -> bool: ...
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.apps import apps
from django.db.models import Model

M = TypeVar("M", bound=Model)
MayRead = Callable[[Any, Any], bool]

_may_read: dict[type[Model], MayRead] = {}


def translatable(model: type[M]) -> Callable[[Callable[[Any, M], bool]], Callable[[Any, M], bool]]:
    """Register who may read the texts of a thing of `model`, and so translate them."""

    def register(function: Callable[[Any, M], bool]) -> Callable[[Any, M], bool]:
        _may_read[model] = function
        return function

    return register


def is_open_to(user: Any, thing: Model) -> bool:
    question = _may_read.get(type(thing))
    return question is None or question(user, thing)


def model_of(kind: str) -> type[Model] | None:
    """Give the model that `kind` ("calls.entry") names; None when there is none, or it has no texts."""
    try:
        model = apps.get_model(kind)
    except (LookupError, ValueError):
        return None
    return model if getattr(model, "TEXT_FIELDS", ()) else None


def kind_of(thing: Model) -> str:
    return thing._meta.label_lower
