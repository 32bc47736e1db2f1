"""What everybody reads of an experiment, and the last steps of those who lead it: analysis and evidence."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from vuoksi.base.lists.tables import respond
from vuoksi.base.people.rules import signed_in
from vuoksi.base.texts.queries import attach, in_language
from vuoksi.loop.experiments.analyses import actions, pictures, queries, rules
from vuoksi.loop.experiments.analyses.forms import EvidenceForm
from vuoksi.loop.experiments.analyses.refusals import Interim, NotEnough, Outdated
from vuoksi.loop.experiments.analyses.tables import EXPERIMENTS
from vuoksi.loop.experiments.analyses.words import FINDING_TONES, NOT_ENOUGH
from vuoksi.loop.experiments.measurements import queries as measured
from vuoksi.loop.experiments.measurements.rules import may_add_measurements
from vuoksi.loop.experiments.plans import rules as plan_rules
from vuoksi.loop.experiments.plans.downstream import offers_on, steps_after
from vuoksi.loop.experiments.plans.models import EXPERIMENT_STATES, Experiment
from vuoksi.loop.experiments.plans.queries import measure_words, plan_digest, unit_of
from vuoksi.loop.experiments.plans.views import find_experiment


def experiments(request: HttpRequest) -> HttpResponseBase:
    return respond(
        request,
        EXPERIMENTS,
        queries.with_findings(request.user),
        "experiments/experiments.html",
    )


def experiment(request: HttpRequest, slug: str) -> HttpResponse:
    row = find_experiment(request, slug)
    attach([thing for thing in (row.goal, row.testbed, row.indicator) if thing is not None])
    analysis = queries.analyses_of(row).first()
    evidence = attach(queries.evidence_of(row))
    context = {
        "experiment": row,
        "entries": attach(row.entries.all()),
        "digest": plan_digest(row),
        "unit": unit_of(row),
        "measure": in_language(row, "measure") if row.measure else measure_words(row),
        "timeline": pictures.timeline_of(row, evidence),
        "map": pictures.map_of(row),
        "progress": measured.progress_of([row])[row.pk],
        "shown": pictures.shown_of(analysis, row) if analysis else None,
        "evidence": [(one, FINDING_TONES[one.Finding(one.finding)]) for one in evidence],
        "steps": steps_after([row])[row.pk],
        "offers": offers_on(request.user, row),
        "is_discussed": plan_rules.may_discuss(request.user, row),
        **_may(request, row),
    }
    return render(request, "experiments/experiment.html", context)


@login_required
@require_POST
def analyse(request: HttpRequest, slug: str) -> HttpResponse:
    row = find_experiment(request, slug)
    try:
        actions.analyse(experiment=row, by=signed_in(request), at=timezone.now())
    except NotEnough as refusal:
        messages.error(
            request,
            gettext("The effect cannot be computed yet. %(reason)s")
            % {"reason": NOT_ENOUGH[refusal.code]},
        )
    else:
        messages.success(request, gettext("The effect was computed from the measurements."))
    return redirect(f"{row.get_absolute_url()}#effect")


@login_required
def publish(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Publish evidence from one analysis."""
    row = find_experiment(request, slug)
    rules.check_publish_evidence(request.user, row)
    analysis = get_object_or_404(queries.analyses_of(row).select_related("experiment"), pk=pk)
    form = EvidenceForm(request.POST or None, initial={"language": request.LANGUAGE_CODE})
    if request.method == "POST" and form.is_valid():
        try:
            actions.publish_evidence(
                analysis=analysis, by=signed_in(request), at=timezone.now(), **form.words()
            )
        except (Interim, Outdated):
            form.add_error(
                None,
                gettext(
                    "Compute the effect again first: the experiment has ended or measurements came since. Copy your text before you leave this page."
                ),
            )
        else:
            messages.success(request, gettext("Published. Everyone upstream has been told."))
            return redirect(row)
    context = {"experiment": row, "form": form, "shown": pictures.shown_of(analysis, row)}
    return render(request, "experiments/publish.html", context)


def _may(request: HttpRequest, row: Experiment) -> dict[str, Any]:
    """What this person may do now: the role and the state together."""
    possible = EXPERIMENT_STATES.possible(row.state)
    steers = plan_rules.may_steer_experiment(request.user)
    return {
        "may_edit": plan_rules.may_edit_experiment(request.user, row),
        "may_start": steers and "start" in possible,
        "may_end": steers and "end" in possible,
        "may_cancel": steers and "cancel" in possible,
        "may_measure": may_add_measurements(request.user, row),
        "may_analyse": rules.may_analyse(request.user, row),
        "may_publish": rules.may_publish_evidence(request.user, row),
    }
