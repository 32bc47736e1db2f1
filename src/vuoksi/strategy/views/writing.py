"""What every page with a form does: check, save, say so; or show the form again with nothing of it lost."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from vuoksi.base.audit.actions import EditedMeanwhile
from vuoksi.base.lists.conflicts import differences
from vuoksi.base.lists.statuses import status_of
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
    meanwhile = None
    if request.method == "POST" and form.is_valid():
        try:
            address = save()
        except EditedMeanwhile as conflict:
            meanwhile = context["meanwhile"] = differences(form, conflict.thing)
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
    return render(request, template, filled, status=status_of(form, meanwhile=meanwhile))


def attach_each(things: list[Model]) -> list[Model]:
    for thing in things:
        attach([thing])
    return things
