from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from vuoksi.base.lists.faults import in_words
from vuoksi.base.lists.statuses import status_of
from vuoksi.base.lists.tables import respond
from vuoksi.base.people.rules import signed_in
from vuoksi.loop.experiments.measurements import actions, queries, rules
from vuoksi.loop.experiments.measurements.charts import stream_chart
from vuoksi.loop.experiments.measurements.forms import EraseForm, MeasurementsForm
from vuoksi.loop.experiments.measurements.refusals import Refused
from vuoksi.loop.experiments.measurements.tables import measurements_table
from vuoksi.loop.experiments.measurements.words import LEFT_OUT
from vuoksi.loop.experiments.plans.models import Experiment
from vuoksi.loop.experiments.plans.views import find_experiment


def measurements(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Every value, to filter and download: codes only, no persons."""
    row = find_experiment(request, slug)
    context = {
        "experiment": row,
        "batches": queries.batches_of(row),
        "streams": queries.streams_of(row),
        "may_withdraw": rules.may_withdraw_batch(request.user, row),
    }
    return respond(
        request,
        measurements_table(row),
        queries.measurements_of(row),
        "experiments/measurements.html",
        context,
    )


def datastream(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What one sensor observes, drawn from however many observations."""
    row = find_experiment(request, slug)
    stream = get_object_or_404(queries.streams_of(row).select_related("sensor"), pk=pk)
    drawn = queries.drawn(stream)
    facts: list[tuple[str, Any]] = [
        (gettext("Measured by"), stream.sensor.name),
        (gettext("What is measured"), stream.observed_property.name),
        (gettext("Where"), stream.thing.name),
    ]
    if stream.arm:
        feeds = f"{stream.unit_code}, {stream.get_arm_display()}"
        facts.append((gettext("Feeds the experiment's measure as"), feeds))
    if drawn is not None:
        facts += [
            (gettext("Observations"), drawn.count),
            (gettext("First"), drawn.first),
            (gettext("Last"), drawn.last),
        ]
    context = {
        "experiment": row,
        "stream": stream,
        "facts": facts,
        "observations": reverse(
            "sensorthings:resource", args=[f"Datastreams({stream.pk})/Observations"]
        ),
        "chart": stream_chart(stream, drawn) if drawn is not None else None,
        "may_erase": rules.may_withdraw_batch(request.user, row),
    }
    return render(request, "experiments/datastream.html", context)


@login_required
def erase(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Erase what a sensor observed, after saying what is lost and why it shall be."""
    row = find_experiment(request, slug)
    rules.check_withdraw_batch(request.user, row)
    stream = get_object_or_404(queries.streams_of(row), pk=pk)
    form = EraseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.erase_observations(
            datastream=stream, by=signed_in(request), at=timezone.now(), **form.cleaned_data
        )
        messages.success(request, gettext("What this sensor observed is erased."))
        return redirect("experiments:datastream", row.slug, stream.pk)
    count, first, last = queries.observed_in(stream)
    context = {
        "experiment": row,
        "stream": stream,
        "form": form,
        "count": count,
        "first": first,
        "last": last,
    }
    return render(request, "experiments/erase.html", context, status=status_of(form))


@login_required
def import_measurements(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what a file would add; take it in when the person confirms the same file."""
    row = find_experiment(request, slug)
    rules.check_add_measurements(request.user, row)
    form = MeasurementsForm(
        request.POST or None, request.FILES or None, experiment=row, today=timezone.localdate()
    )
    if request.method == "POST" and form.is_valid():
        digest = queries.digest_of_changes(form.changes)
        if form.cleaned_data["digest"] != digest:
            return _preview(request, row, form, digest)
        if _take_in(request, row, form):
            return redirect(row)
    context = {"form": form, "experiment": row, "faults": in_words(form.table_errors)}
    return render(request, "experiments/import.html", context, status=status_of(form))


@login_required
def pull_scores(request: HttpRequest, slug: str, scale: str) -> HttpResponse:
    """Show which scores of the surveys would be added as measurements; take them in when the person confirms them."""
    row = find_experiment(request, slug)
    rules.check_add_measurements(request.user, row)
    scores = queries.score_changes(row, scale)
    changes = scores.changes
    digest = queries.digest_of_changes(changes)
    faults = queries.faults_in(row, changes, timezone.localdate())
    if request.method == "POST" and not faults:
        batch = actions.pull_scores(
            experiment=row,
            scale=scale,
            digest=request.POST.get("digest", ""),
            by=signed_in(request),
            at=timezone.now(),
        )
        if batch is not None:
            messages.success(request, _added(batch.count))
            return redirect(row)
    context = {
        "experiment": row,
        "changes": changes,
        "faults": in_words(faults),
        "added": sum(change.effect == "new" for change in changes),
        "digest": digest,
        "is_outdated": request.method == "POST" and not faults,
        "is_from_surveys": True,
        "left_out": [LEFT_OUT[why](count) for why, count in scores.left_out.items()],
    }
    return render(request, "experiments/import_preview.html", context)


def _take_in(request: HttpRequest, row: Experiment, form: MeasurementsForm) -> bool:
    """Take the file in. What came in between and stands against it is told as a fault of the file."""
    try:
        batch = actions.add_measurements(
            experiment=row,
            values=[change.sent for change in form.changes],
            origin="file",
            by=signed_in(request),
            at=timezone.now(),
        )
    except Refused as refusal:
        # The action knows places in the batch; the person knows lines of the file.
        form.refuse(replace(fault, line=form.changes[fault.line].line) for fault in refusal.faults)
        return False
    messages.success(request, _added(batch.count))
    return True


def _preview(
    request: HttpRequest, row: Experiment, form: MeasurementsForm, digest: str
) -> HttpResponse:
    context = {
        "experiment": row,
        "changes": form.changes,
        "added": sum(change.effect == "new" for change in form.changes),
        "content": form.cleaned_data["content"],
        "digest": digest,
        "is_outdated": bool(form.cleaned_data["digest"]),
    }
    return render(request, "experiments/import_preview.html", context)


@login_required
def withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    row = find_experiment(request, slug)
    rules.check_withdraw_batch(request.user, row)
    batch = get_object_or_404(row.batches, pk=pk)
    if request.method == "POST":
        actions.withdraw_batch(batch=batch, by=signed_in(request), at=timezone.now())
        messages.success(request, gettext("The batch was taken back."))
        return redirect("experiments:measurements", row.slug)
    return render(request, "experiments/withdraw.html", {"experiment": row, "batch": batch})


def _added(count: int) -> str:
    if not count:
        return gettext("Nothing new: these measurements stood here already.")
    words = ngettext(
        "%(count)s measurement was added.", "%(count)s measurements were added.", count
    )
    return words % {"count": count}
