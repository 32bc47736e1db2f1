"""Before the start: how many are needed, what else is measured, and who is in which group. Later: deviations."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from vuoksi.base.lists.faults import in_words
from vuoksi.base.lists.statuses import status_of
from vuoksi.base.lists.tables import respond
from vuoksi.base.people.rules import signed_in
from vuoksi.base.texts.queries import attach
from vuoksi.loop.experiments.analyses import actions
from vuoksi.loop.experiments.analyses.engine.balance import explain_balance
from vuoksi.loop.experiments.analyses.forms import (
    DeviationForm,
    GroupsForm,
    MeasureForm,
    SampleSizeForm,
    methods_for,
)
from vuoksi.loop.experiments.analyses.pictures import sample_size_shown
from vuoksi.loop.experiments.analyses.queries import balance_from
from vuoksi.loop.experiments.analyses.refusals import BadList
from vuoksi.loop.experiments.analyses.tables import units_table
from vuoksi.loop.experiments.analyses.words import ALGORITHMS, BAD_LISTS, sentence_words
from vuoksi.loop.experiments.plans import queries as plans
from vuoksi.loop.experiments.plans import rules
from vuoksi.loop.experiments.plans.models import Grouping
from vuoksi.loop.experiments.plans.views import find_experiment


def sample_size(request: HttpRequest, slug: str) -> HttpResponse:
    """How many are needed: computed by staff while the plan is made, read by all afterwards."""
    row = find_experiment(request, slug)
    may_edit = rules.may_edit_experiment(request.user, row)
    if request.method == "POST":
        rules.check_edit_experiment(request.user, row)
    found = plans.sample_size_of(row)
    first = {"effect": row.minimum_effect, **_asked_before(found)}
    form = SampleSizeForm(request.POST or None, experiment=row, initial=first)
    if request.method == "POST" and form.is_valid():
        actions.plan_sample_size(
            experiment=row, asked=form.asked(), by=signed_in(request), at=timezone.now()
        )
        messages.success(request, gettext("Computed. It becomes part of the plan."))
        return redirect("experiments:sample_size", row.slug)
    context = {
        "experiment": row,
        "form": form if may_edit else None,
        "shown": sample_size_shown(found) if found else None,
    }
    return render(request, "experiments/sample_size.html", context, status=status_of(form))


def _asked_before(found: Any) -> dict[str, Any]:
    if found is None:
        return {}
    asked = dict(found.problem)
    if asked["design"] == "two_shares":
        asked["share_before"] = asked.pop("before")
    return asked


@login_required
def measures(request: HttpRequest, slug: str) -> HttpResponse:
    """Further measures of the plan, and one more."""
    row = find_experiment(request, slug)
    rules.check_edit_experiment(request.user, row)
    form = MeasureForm(request.POST or None, experiment=row)
    if request.method == "POST" and form.is_valid():
        actions.add_measure(
            experiment=row,
            key=form.key(),
            language=row.language,
            by=signed_in(request),
            at=timezone.now(),
            **form.cleaned_data,
        )
        return redirect("experiments:measures", row.slug)
    others = attach(row.other_measures.order_by("key"))
    context = {"experiment": row, "form": form, "others": others}
    return render(request, "experiments/measures.html", context, status=status_of(form))


@login_required
@require_POST
def remove_measure(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    row = find_experiment(request, slug)
    measure = get_object_or_404(row.other_measures, pk=pk)
    actions.remove_measure(measure=measure, by=signed_in(request), at=timezone.now())
    return redirect("experiments:measures", row.slug)


def groups(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Who is in which group, under codes; earlier groups with the reason why they were replaced."""
    row = find_experiment(request, slug)
    rules.check_read_groups(request.user, row)
    found = list(plans.groupings_of(row))
    current = next((one for one in found if one.replaced_at is None), None)
    if current is None and not rules.may_edit_experiment(request.user, row):
        raise Http404
    balance = balance_from(current.balance) if current and current.balance else None
    context = {
        "experiment": row,
        "grouping": current,
        "algorithm": ALGORITHMS[Grouping.Method(current.method)] if current else "",
        "has_lost_units": current is not None and not plans.groups_hold(current),
        "earlier": [one for one in found if one.replaced_at is not None],
        "balance": balance,
        "balance_words": sentence_words(explain_balance(balance)[0]) if balance else "",
        "may_edit": rules.may_edit_experiment(request.user, row),
    }
    units = plans.units_of(current) if current else plans.no_units()
    return respond(request, units_table(row), units, "experiments/groups.html", context)


@require_safe
def groups_file(request: HttpRequest, slug: str) -> HttpResponse:
    """The text whose SHA-256 is the digest of the groups."""
    row = find_experiment(request, slug)
    rules.check_read_groups(request.user, row)
    current = plans.grouping_of(row)
    if current is None:
        raise Http404
    response = HttpResponse(current.text.encode(), content_type="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="{row.slug}-groups.json"'
    return response


@login_required
def make_groups(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what the list holds; draw, match or take it when the person confirms."""
    row = find_experiment(request, slug)
    rules.check_edit_experiment(request.user, row)
    if not plans.has_groups(row):
        raise Http404
    form = GroupsForm(request.POST or None, request.FILES or None, experiment=row)
    is_confirmed = "confirm" in request.POST
    if request.method == "POST" and form.is_valid():
        units = [unit for _line, unit in form.cleaned_data["rows"]]
        if not is_confirmed:
            context = {"experiment": row, "form": form, **_preview(form, units)}
            return render(request, "experiments/groups_preview.html", context)
        try:
            actions.make_groups(
                experiment=row,
                units=units,
                method=form.method,
                seed=form.given_seed(),
                steps=form.cleaned_data.get("steps") or 0,
                reason=form.cleaned_data.get("reason", ""),
                by=signed_in(request),
                at=timezone.now(),
            )
        except BadList as refusal:
            words = BAD_LISTS.get(refusal.code, gettext("The list cannot be divided."))
            form.add_error(None, words)
        else:
            messages.success(request, gettext("The groups stand."))
            return redirect("experiments:groups", row.slug)
    (method,) = methods_for(row)
    context = {
        "experiment": row,
        "form": form,
        "method": method,
        "method_label": Grouping.Method(method).label,
        "faults": in_words(form.table_errors),
    }
    return render(request, "experiments/make_groups.html", context, status=status_of(form))


def _preview(form: GroupsForm, units: list[actions.Wanted]) -> dict[str, Any]:
    return {
        "method_label": Grouping.Method(form.method).label,
        "is_drawn": "seed" in form.fields,
        "units": units[:20],
        "count": len(units),
        "strata": sorted({unit.stratum for unit in units if unit.stratum}),
        "clusters": len({unit.cluster for unit in units if unit.cluster}),
        "known": list(units[0].known) if units else [],
        "content": form.cleaned_data["content"],
    }


@login_required
def deviate(request: HttpRequest, slug: str) -> HttpResponse:
    """Tell what was done otherwise than planned."""
    row = find_experiment(request, slug)
    rules.check_deviate(request.user, row)
    first = {"happened_on": timezone.localdate(), "language": request.LANGUAGE_CODE, "could_change": "yes"}  # fmt: skip
    form = DeviationForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        actions.record_deviation(
            experiment=row, by=signed_in(request), at=timezone.now(), **form.cleaned_data
        )
        messages.success(request, gettext("The deviation stands beside the plan and the result."))
        return redirect(f"{row.get_absolute_url()}#deviations")
    context = {"experiment": row, "form": form}
    return render(request, "experiments/deviate.html", context, status=status_of(form))
