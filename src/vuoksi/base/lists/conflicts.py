"""Two people edited the same thing: show both texts, and let the next attempt save over the other's knowingly."""

from dataclasses import dataclass
from typing import Any, cast

from django.db.models import Model
from django.forms import BaseForm
from django.http import QueryDict

from vuoksi.base.lists.columns import Text
from vuoksi.base.lists.fields import is_key


@dataclass(frozen=True, slots=True)
class Difference:
    """One field in which what stands now and what was typed differ."""

    label: Text
    now: Any
    typed: Any


def differences(form: BaseForm, thing: Model) -> list[Difference]:
    """Compare what was typed in `form` with `thing` as it stands now, and let the form take the thing's version."""
    _take_version(form, thing)
    stored = {field.name for field in thing._meta.concrete_fields}
    found = []
    for field in form:
        if field.is_hidden or field.name not in stored:
            continue
        now, typed = getattr(thing, field.name), form.cleaned_data.get(field.name)
        if now != typed:
            found.append(Difference(str(field.label), now, typed))
    return found


def version_in(data: QueryDict) -> int:
    """Give the version that the writer saw. One that makes no sense is that of nobody, so both texts will be shown."""
    sent = data.get("version", "")
    return int(sent) if is_key(sent) else -1


def _take_version(form: BaseForm, thing: Model) -> None:
    data = cast("QueryDict", form.data).copy()
    data["version"] = str(getattr(thing, "version", ""))
    form.data = data
