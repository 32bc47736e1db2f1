from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from vuoksi.base.audit.actions import EditedMeanwhile
from vuoksi.base.lists.conflicts import differences
from vuoksi.base.lists.faults import in_words
from vuoksi.base.lists.statuses import status_of
from vuoksi.base.lists.tables import respond
from vuoksi.base.people.rules import signed_in
from vuoksi.base.texts.queries import attach, in_language
from vuoksi.indicators import actions, queries, rules
from vuoksi.indicators.charts import chart_of
from vuoksi.indicators.forms import FigureForm, ImportForm, IndicatorForm
from vuoksi.indicators.models import Indicator
from vuoksi.indicators.tables import INDICATORS, LEDGER


def indicators(request: HttpRequest) -> HttpResponseBase:
    context = {"may_create": rules.may_create_indicator(request.user)}
    return respond(
        request, INDICATORS, queries.public_indicators(), "indicators/indicators.html", context
    )


def indicator(request: HttpRequest, key: str) -> HttpResponse:
    row = _indicator(key)
    attach([row])
    figures = list(queries.current_observations(row))
    return render(
        request,
        "indicators/indicator.html",
        {
            "indicator": row,
            "figures": figures[::-1],
            "latest": queries.newest(figures),
            "chart": chart_of(in_language(row, "title").text, row.unit, figures)
            if figures
            else None,
            "methods": sorted({figure.method for figure in figures}),
            "may_edit": rules.may_edit_indicator(request.user, row),
            "may_publish": rules.may_publish(request.user, row),
        },
    )


def ledger(request: HttpRequest, key: str) -> HttpResponseBase:
    row = _indicator(key)
    return respond(
        request, LEDGER, queries.whole_ledger(row), "indicators/ledger.html", {"indicator": row}
    )


@login_required
def create(request: HttpRequest) -> HttpResponse:
    rules.check_create_indicator(request.user)
    form = IndicatorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = {name: value for name, value in form.cleaned_data.items() if name != "version"}
        row = actions.create_indicator(by=signed_in(request), at=timezone.now(), **data)
        messages.success(
            request, gettext("The indicator was created. Publish its first figures below.")
        )
        return redirect(row)
    context = {"form": form, "indicator": None, "meanwhile": None}
    return render(request, "indicators/form.html", context, status=status_of(form))


@login_required
def edit(request: HttpRequest, key: str) -> HttpResponse:
    row = _indicator(key)
    rules.check_edit_indicator(request.user, row)
    # A ModelForm writes what was typed into its row before anybody has agreed: give it a row of its own.
    form = IndicatorForm(
        request.POST or None, instance=_indicator(key), initial={"version": row.version}
    )
    meanwhile = None
    if request.method == "POST" and form.is_valid():
        changes = dict(form.cleaned_data)
        try:
            actions.edit_indicator(
                indicator=row,
                version=changes.pop("version"),
                by=signed_in(request),
                at=timezone.now(),
                **changes,
            )
        except EditedMeanwhile as conflict:
            meanwhile = differences(form, conflict.thing)
        else:
            messages.success(request, gettext("Saved."))
            return redirect(row)
    return render(
        request,
        "indicators/form.html",
        {"form": form, "indicator": row, "meanwhile": meanwhile},
        status=status_of(form, meanwhile=meanwhile),
    )


@login_required
def publish(request: HttpRequest, key: str) -> HttpResponse:
    row = _indicator(key)
    rules.check_publish(request.user, row)
    form = FigureForm(request.POST or None, indicator=row)
    if request.method == "POST" and form.is_valid():
        count = actions.publish_figures(
            indicator=row, figures=[form.figure()], by=signed_in(request), at=timezone.now()
        )
        messages.success(request, _published(count))
        return redirect(row)
    context = {"form": form, "indicator": row}
    return render(request, "indicators/publish.html", context, status=status_of(form))


@login_required
def import_figures(request: HttpRequest, key: str) -> HttpResponse:
    """Show what a file would change; publish it when the person confirms the same file."""
    row = _indicator(key)
    rules.check_publish(request.user, row)
    form = ImportForm(request.POST or None, request.FILES or None, indicator=row)
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "indicator": row, "faults": in_words(form.table_errors)}
        return render(request, "indicators/import.html", context, status=status_of(form))
    changes = queries.changes(row, form.cleaned_data["rows"])
    digest = queries.digest_of(changes)
    if form.cleaned_data["digest"] == digest:
        figures = [change.figure for change in changes]
        count = actions.publish_figures(
            indicator=row, figures=figures, by=signed_in(request), at=timezone.now()
        )
        messages.success(request, _published(count))
        return redirect(row)
    preview = {
        "indicator": row,
        "changes": changes,
        "changed": sum(change.effect != "same" for change in changes),
        "content": form.cleaned_data["content"],
        "digest": digest,
        "is_outdated": bool(form.cleaned_data["digest"]),
    }
    return render(request, "indicators/preview.html", preview)


def _indicator(key: str) -> Indicator:
    return get_object_or_404(Indicator.objects.select_related("owner"), key=key)


def _published(count: int) -> str:
    if not count:
        return gettext("Nothing new: the ledger says this already.")
    words = ngettext("%(count)s figure was published.", "%(count)s figures were published.", count)
    return words % {"count": count}
