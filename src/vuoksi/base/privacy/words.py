"""Rows of an export in words: what a column is called, and what stands in it, in the reader's language."""

import json
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext

# Columns that say which thing is meant: it is called by its kind.
NAMES = frozenset({"slug", "name", "title", "key", "code", "model"})
NOTHING = "–"


def column_words(model: str, path: str) -> str:
    """Give the words for a column, such as ``text__of__number`` of a table."""
    field, owner = _field_at(model, path)
    if field is None:
        return path.rpartition("__")[2].replace("_", " ")
    if "__" in path and field.name in NAMES:
        return str(capfirst(owner._meta.verbose_name))
    return str(capfirst(getattr(field, "verbose_name", field.name)))


def value_words(model: str, path: str, value: Any) -> str:
    """Give a value as a person reads it: choices by their names, moments in local time, questions with answers."""
    if value is None or value == "" or value == []:
        return NOTHING
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, datetime):
        return date_format(localtime(value), "SHORT_DATETIME_FORMAT")
    if isinstance(value, date):
        return date_format(value, "SHORT_DATE_FORMAT")
    if isinstance(value, list):
        return "; ".join(_part_words(one) for one in value)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    field, _owner = _field_at(model, path)
    choices = dict(getattr(field, "flatchoices", ()))
    return str(choices.get(value, value))


def _part_words(part: Any) -> str:
    if isinstance(part, dict):
        return " – ".join(str(one) for one in part.values())
    return str(part)


def _field_at(model: str, path: str) -> tuple[Any, Any]:
    """The field at the end of a path, with its model; no field where the path does not lead along fields."""
    owner: Any = apps.get_model(model)
    field = None
    for name in path.split("__"):
        if field is not None:
            owner = field.related_model
        known = {one.name: one for one in owner._meta.get_fields()} if owner is not None else {}
        field = known.get(name)
        if field is None:
            return None, None
    return field, owner
