"""What everybody reads of an experiment, and the last steps of those who lead it: analysis and evidence."""

import json
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from vuoksi.base.lists.statuses import status_of
from vuoksi.base.lists.tables import respond
from vuoksi.base.people.rules import signed_in
from vuoksi.base.texts.queries import attach, in_language
from vuoksi.loop.experiments.analyses import actions, pictures, queries, rules
from vuoksi.loop.experiments.analyses.forms import EvidenceForm
from vuoksi.loop.experiments.analyses.models import Evidence
from vuoksi.loop.experiments.analyses.refusals import Interim, NoLook, NotEnough, Outdated
from vuoksi.loop.experiments.analyses.tables import EXPERIMENTS
from vuoksi.loop.experiments.analyses.words import (
    FINDING_TONES,
    LEVEL_TONES,
    NO_LOOK,
    level_words,
    not_enough,
    sentence_from,
)
from vuoksi.loop.experiments.measurements import queries as measured
from vuoksi.loop.experiments.measurements.rules import may_add_measurements
from vuoksi.loop.experiments.plans import rules as plan_rules
from vuoksi.loop.experiments.plans.downstream import offers_on, steps_after
from vuoksi.loop.experiments.plans.models import EXPERIMENT_STATES, Experiment
from vuoksi.loop.experiments.plans.queries import (
    deviations_of,
    grouping_of,
    groups_hold,
    has_groups,
    measure_words,
    plan_digest,
    sample_size_of,
    unit_of,
)
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
    attach(
        [
            thing
            for thing in (row.goal, row.testbed, row.indicator, row.question)
            if thing is not None
        ]
    )
    analysis = queries.analyses_of(row).select_related("experiment__indicator").first()
    evidence = attach(queries.evidence_of(row))
    context = {
        "experiment": row,
        "entries": attach(row.entries.all()),
        "digest": plan_digest(row),
        **_planned(row),
        "unit": unit_of(row),
        "measure": in_language(row, "measure") if row.measure else measure_words(row),
        "timeline": pictures.timeline_of(row, evidence),
        "map": pictures.map_of(row),
        "progress": measured.progress_of([row])[row.pk],
        "shown": pictures.shown_of(analysis, row) if analysis else None,
        "looks": [pictures.look_shown(one, row) for one in queries.looks_of(row)[:1]],
        "evidence": [_graded(one) for one in evidence],
        "steps": steps_after([row])[row.pk],
        "offers": offers_on(request.user, row),
        "is_discussed": plan_rules.may_discuss(request.user, row),
        **_may(request, row),
    }
    return render(request, "experiments/experiment.html", context)


@login_required
@require_POST
def analyse(request: HttpRequest, slug: str) -> HttpResponse:
    """Compute the effect; where that takes long, a run does it and its page shows how far it is."""
    row, by, at = find_experiment(request, slug), signed_in(request), timezone.now()
    if queries.takes_long(row):
        return redirect("run", actions.ask_analysis(experiment=row, by=by, at=at).pk)
    try:
        actions.analyse(experiment=row, by=by, at=at)
    except NotEnough as refusal:
        messages.error(request, not_enough(refusal.code))
    else:
        messages.success(request, gettext("The effect was computed from the measurements."))
    return redirect(f"{row.get_absolute_url()}#effect")


@login_required
@require_POST
def look(request: HttpRequest, slug: str) -> HttpResponse:
    """Look on the way: the only look that is offered before the end."""
    row = find_experiment(request, slug)
    try:
        actions.look_on_the_way(experiment=row, by=signed_in(request), at=timezone.now())
    except NoLook as refusal:
        messages.error(request, str(NO_LOOK[refusal.code]))
    except NotEnough as refusal:
        messages.error(request, not_enough(refusal.code))
    return redirect(f"{row.get_absolute_url()}#effect")


@require_safe
def bundle(request: HttpRequest, slug: str) -> HttpResponse:
    """Plan, data without persons and figures in one file, from which the engine computes the figures again."""
    row = find_experiment(request, slug)
    analysis = row.analyses.select_related("experiment__indicator").order_by("-at", "-pk").first()
    if analysis is None or not queries.is_current(analysis):
        raise Http404
    text = json.dumps(queries.bundle_of(analysis), ensure_ascii=False, allow_nan=False, indent=1)
    response = HttpResponse(text.encode(), content_type="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="{row.slug}-bundle.json"'
    return response


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
    return render(request, "experiments/publish.html", context, status=status_of(form))


def _graded(evidence: Evidence) -> dict[str, Any]:
    """Evidence with its finding's tone and its grade with every reason."""
    reasons = [sentence_from(code, numbers) for code, numbers in evidence.reasons]
    return {
        "row": evidence,
        "tone": FINDING_TONES[evidence.Finding(evidence.finding)],
        "level": level_words(evidence.level),
        "level_tone": LEVEL_TONES.get(evidence.level or 0, "neutral"),
        "reasons": reasons,
    }


def _planned(row: Experiment) -> dict[str, Any]:
    """What belongs to the plan and has rows of its own."""
    grouping = grouping_of(row)
    return {
        "others": attach(row.other_measures.order_by("key")),
        "sample_size": sample_size_of(row),
        "grouping": grouping,
        "has_lost_units": grouping is not None and not groups_hold(grouping),
        "deviations": attach(deviations_of(row)),
    }


def _may(request: HttpRequest, row: Experiment) -> dict[str, Any]:
    """What this person may do now: the role and the state together."""
    possible = EXPERIMENT_STATES.possible(row.state)
    steers = plan_rules.may_steer_experiment(request.user)
    may_analyse = rules.may_analyse(request.user, row)
    return {
        "may_edit": plan_rules.may_edit_experiment(request.user, row),
        "may_start": steers and "start" in possible,
        "may_end": steers and "end" in possible,
        "may_cancel": steers and "cancel" in possible,
        "may_measure": may_add_measurements(request.user, row),
        "may_look": rules.may_look(request.user, row),
        "may_deviate": plan_rules.may_deviate(request.user, row),
        "may_group": has_groups(row) and plan_rules.may_edit_experiment(request.user, row),
        "may_analyse": may_analyse,
        "run": queries.run_under_way(row) if may_analyse else None,
        "may_publish": rules.may_publish_evidence(request.user, row),
    }
