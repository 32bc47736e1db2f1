"""Pages on which an experiment is planned and led. What everybody reads stands in `analyses`."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from vuoksi.base.audit.actions import EditedMeanwhile
from vuoksi.base.lists.conflicts import differences
from vuoksi.base.lists.statuses import status_of
from vuoksi.base.people.rules import signed_in
from vuoksi.base.texts.queries import attach
from vuoksi.loop.calls.queries import public_entries
from vuoksi.loop.experiments.plans import actions, queries, rules
from vuoksi.loop.experiments.plans.forms import CancelForm, PlanForm, free_slug
from vuoksi.loop.experiments.plans.models import Experiment
from vuoksi.loop.experiments.plans.refusals import NotReady, PlanChanged
from vuoksi.loop.experiments.plans.registry import obstacles_before_start
from vuoksi.loop.experiments.plans.words import FAULTS, design_rows


def find_experiment(request: HttpRequest, slug: str) -> Experiment:
    """Give an experiment that this person may read, else 404."""
    row = queries.experiment_page(slug)
    if row is None or not rules.may_read_experiment(request.user, row):
        raise Http404
    attach([row])
    return row


@login_required
def create(request: HttpRequest, entry: int) -> HttpResponse:
    """Plan an experiment from an idea that goes forward."""
    source = get_object_or_404(public_entries(), pk=entry)
    rules.check_create_experiment(request.user, source)
    first = {
        "title": source.title,
        "summary": source.summary,
        "language": source.language,
        "goal": source.call.goal,
        "owner": source.call.owner,
    }
    form = PlanForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        data = _changes(form)
        row = actions.create_experiment(
            slug=free_slug(data["title"]),
            entries=[source],
            by=signed_in(request),
            at=timezone.now(),
            **data,
        )
        messages.success(request, gettext("Saved as a plan. Nothing is fixed before the start."))
        return redirect(row)
    attach([source])
    context = {"form": form, "entry": source, "meanwhile": None, "designs": design_rows()}
    return render(request, "experiments/form.html", context, status=status_of(form))


@login_required
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    row = find_experiment(request, slug)
    rules.check_edit_experiment(request.user, row)
    # A ModelForm writes what was typed into its row before anybody has agreed: give it a row of its own.
    mine = Experiment.objects.get(pk=row.pk)
    form = PlanForm(request.POST or None, instance=mine, initial={"version": row.version})
    meanwhile = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_experiment(
                experiment=row,
                version=form.cleaned_data["version"],
                by=signed_in(request),
                at=timezone.now(),
                **_changes(form),
            )
        except EditedMeanwhile as conflict:
            meanwhile = differences(form, conflict.thing)
        else:
            messages.success(request, gettext("Saved."))
            return redirect(row)
    context = {
        "form": form,
        "experiment": row,
        "meanwhile": meanwhile,
        "designs": design_rows(),
    }
    return render(
        request,
        "experiments/form.html",
        context,
        status=status_of(form, meanwhile=meanwhile),
    )


@login_required
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """Show exactly what would be fixed, and what is missing; start when the person confirms that very plan."""
    row = find_experiment(request, slug)
    rules.check_steer_experiment(request.user, row)
    status, is_outdated = 200, False
    if request.method == "POST":
        try:
            actions.start_experiment(
                experiment=row,
                by=signed_in(request),
                at=timezone.now(),
                digest=request.POST.get("digest", ""),
            )
        except NotReady:
            status = 422
        except (PlanChanged, EditedMeanwhile):
            status, is_outdated = 409, True
        else:
            messages.success(request, gettext("The plan is fixed and the experiment has started."))
            return redirect(row)
    faults = queries.faults_before_start(row, timezone.localdate())
    attach(
        [
            thing
            for thing in (row.goal, row.testbed, row.indicator, row.question)
            if thing is not None
        ]
    )
    context = {
        "experiment": row,
        "entries": attach(row.entries.all()),
        "faults": [(name, _label(name), FAULTS[code]) for name, code in faults.items()],
        "obstacles": obstacles_before_start(row, timezone.localdate()),
        "is_outdated": is_outdated,
        "digest": queries.plan_digest(row),
        "plan": queries.plan_text(row),
        "others": attach(row.other_measures.order_by("key")),
        "sample_size": queries.sample_size_of(row),
        "grouping": queries.grouping_of(row),
    }
    return render(request, "experiments/start.html", context, status=status)


@login_required
def end(request: HttpRequest, slug: str) -> HttpResponse:
    row = find_experiment(request, slug)
    rules.check_steer_experiment(request.user, row)
    if request.method == "POST":
        actions.end_experiment(experiment=row, by=signed_in(request), at=timezone.now())
        messages.success(request, gettext("The experiment has ended. Measurements still come in."))
        return redirect(row)
    return render(request, "experiments/end.html", {"experiment": row})


@login_required
def cancel(request: HttpRequest, slug: str) -> HttpResponse:
    row = find_experiment(request, slug)
    rules.check_steer_experiment(request.user, row)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.cancel_experiment(
            experiment=row,
            reason=form.cleaned_data["reason"],
            by=signed_in(request),
            at=timezone.now(),
        )
        messages.success(request, gettext("Cancelled. Everyone upstream has been told why."))
        return redirect(row)
    return render(
        request,
        "experiments/cancel.html",
        {"experiment": row, "form": form},
        status=status_of(form),
    )


@require_safe
def plan_file(request: HttpRequest, slug: str) -> HttpResponse:
    """The plan as canonical JSON: the SHA-256 of these very bytes is the digest on the page."""
    row = find_experiment(request, slug)
    if not row.frozen_text:
        raise Http404
    response = HttpResponse(row.frozen_text.encode(), content_type="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="{row.slug}-plan.json"'
    return response


def _changes(form: PlanForm) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if name != "version"}


def _label(name: str) -> str:
    return str(PlanForm().fields[name].label)
