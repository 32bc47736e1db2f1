"""What every page with a form does: check, save, say so; or show the form again with nothing of it lost."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.db.models import Model
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from vuoksi.base.audit.actions import EditedMeanwhile
from vuoksi.base.people.models import User
from vuoksi.base.texts.queries import attach
from vuoksi.lib.transitions import NotPossible
from vuoksi.strategy.actions import ArrowRefused, TargetRefused

Save = Callable[[], str]


def write(
    request: HttpRequest,
    form: BaseForm,
    save: Save,
    *,
    heading: str,
    up: list[Model],
    saved: str = "",
    template: str = "strategy/form.html",
    **context: Any,
) -> HttpResponse:
    """Show `form`, or save and go to the address that `save` gives.

    `up` are the things above the page, for its breadcrumbs. When somebody else saved first, both texts are shown and
    the next attempt saves over the other's.
    """
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            address = save()
        except EditedMeanwhile as conflict:
            form = _with_new_version(form, conflict.thing)
            context["meanwhile"], status = _both_texts(form, conflict.thing), 409
        except TargetRefused:
            form.add_error(
                "indicator", gettext("No target can stand on this indicator: nobody measures it.")
            )
        except NotPossible:
            form.add_error("transition", gettext("The state has changed meanwhile. Choose again."))
        except ArrowRefused:
            form.add_error("leads_to", gettext("These arrows would lead round in a circle."))
        else:
            messages.success(request, saved or gettext("Saved."))
            return redirect(address)
    filled = {**context, "form": form, "heading": heading, "up": attach_each(up)}
    return render(request, template, filled, status=status)


def person(request: HttpRequest) -> User:
    """The one who is signed in; only views behind `login_required` ask."""
    assert isinstance(request.user, User)
    return request.user


def attach_each(things: list[Model]) -> list[Model]:
    for thing in things:
        attach([thing])
    return things


def _with_new_version(form: BaseForm, thing: Model) -> BaseForm:
    data = cast("QueryDict", form.data).copy()
    data["version"] = str(getattr(thing, "version", ""))
    form.data = data
    return form


def _both_texts(form: BaseForm, thing: Model) -> list[tuple[Any, Any, Any]]:
    """Give label, what stands now, what was typed, for each field in which they differ."""
    pairs = []
    for field in form:
        if field.is_hidden or field.name not in {one.name for one in thing._meta.concrete_fields}:
            continue
        now, typed = getattr(thing, field.name), form.cleaned_data.get(field.name)
        if now != typed:
            pairs.append((field.label, now, typed))
    return pairs
