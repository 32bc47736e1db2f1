from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vuoksi.base.audit.actions import EditedMeanwhile
from vuoksi.base.lists.conflicts import differences
from vuoksi.base.lists.statuses import status_of
from vuoksi.base.lists.tables import respond
from vuoksi.base.places import actions, queries, rules
from vuoksi.base.places.forms import ImportForm, PlaceForm
from vuoksi.base.places.models import Place
from vuoksi.base.places.tables import PLACES
from vuoksi.base.texts.queries import attach


def places(request: HttpRequest) -> HttpResponseBase:
    context = {"may_keep": rules.may_keep_places(request.user)}
    return respond(request, PLACES, queries.places(), "places/places.html", context)


def place(request: HttpRequest, slug: str) -> HttpResponse:
    row = get_object_or_404(queries.places(), slug=slug)
    attach([row])
    context = {"place": row, "places": [row], "may_keep": rules.may_keep_places(request.user)}
    return render(request, "places/place.html", context)


def new_place(request: HttpRequest) -> HttpResponse:
    rules.check_keep_places(request.user)
    form = PlaceForm(request.POST or None, initial={"language": get_language()})
    if request.method == "POST" and form.is_valid():
        row = actions.create_place(by=request.user, at=timezone.now(), **form.changes())
        return redirect(row)
    context = {"form": form, "meanwhile": None}
    return render(request, "places/form.html", context, status=status_of(form))


def edit_place(request: HttpRequest, slug: str) -> HttpResponse:
    rules.check_keep_places(request.user)
    row = get_object_or_404(Place, slug=slug)
    # A ModelForm writes what was typed into its row before anybody has agreed: give it a row of its own.
    form = PlaceForm(request.POST or None, instance=Place.objects.get(pk=row.pk))
    meanwhile = None
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        try:
            actions.edit_place(
                place=row, version=version, by=request.user, at=timezone.now(), **form.changes()
            )
        except EditedMeanwhile as conflict:
            meanwhile = differences(form, conflict.thing)
        else:
            messages.success(request, _("Saved."))
            return redirect(row)
    context = {"form": form, "place": row, "meanwhile": meanwhile}
    status = status_of(form, meanwhile=meanwhile)
    return render(request, "places/form.html", context, status=status)


def import_places(request: HttpRequest) -> HttpResponse:
    """Show what a file would change; save it when the same content comes back with the button pressed."""
    rules.check_keep_places(request.user)
    form = ImportForm(
        request.POST or None, request.FILES or None, initial={"language": get_language()}
    )
    if request.method != "POST" or not form.is_valid():
        return render(request, "places/import.html", {"form": form}, status=status_of(form))
    if "save" not in request.POST:
        return render(request, "places/preview.html", _preview(form))
    counts = actions.import_geojson(
        features=form.features,
        language=form.cleaned_data["language"],
        by=request.user,
        at=timezone.now(),
    )
    messages.success(request, _("%(new)d new places, %(changed)d changed.") % counts)
    return redirect("places")


def _preview(form: ImportForm) -> dict[str, Any]:
    known = queries.places_by_slug(feature.slug for feature in form.features)
    rows = [
        (feature, queries.outcome_of(feature, known.get(feature.slug))) for feature in form.features
    ]
    return {"form": form, "rows": rows, "text": form.cleaned_data["text"]}
