"""The data-protection and ethics checklist of an experiment: fill in, sign off, open again."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from vuoksi.base.audit.actions import EditedMeanwhile
from vuoksi.base.lists.statuses import status_of
from vuoksi.base.people.rules import signed_in
from vuoksi.loop.experiments.plans.models import Experiment
from vuoksi.loop.experiments.plans.views import find_experiment
from vuoksi.loop.experiments.testbeds import actions, queries, rules
from vuoksi.loop.experiments.testbeds.engine import CHECKLISTS
from vuoksi.loop.experiments.testbeds.forms import ChecklistForm, SignOffForm
from vuoksi.loop.experiments.testbeds.models import FilledChecklist
from vuoksi.loop.experiments.testbeds.refusals import Incomplete, TextChanged
from vuoksi.loop.experiments.testbeds.words import (
    ANSWERS,
    ASSESSMENT,
    CHECKLIST_TONES,
    FAULTS,
    GROUPS,
    QUESTIONS,
    REVIEW,
)


@login_required
def checklist(request: HttpRequest, slug: str) -> HttpResponse:
    """What was answered and what follows, with what can be done now."""
    row = find_experiment(request, slug)
    rules.check_read_checklist(request.user, row)
    filled = queries.checklist_of(row)
    return render(request, "testbeds/checklist.html", _shown(request, row, filled))


@login_required
def fill(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer the questions; what is missing is said, and saved all the same."""
    row = find_experiment(request, slug)
    rules.check_fill_checklist(request.user, row)
    filled = queries.checklist_of(row)
    form = ChecklistForm(request.POST or None, checklist=filled)
    meanwhile = None
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.fill_checklist(
                experiment=row,
                answers=form.answers(),
                assessment=data["assessment"],
                review=data["review"],
                version=data["version"],
                by=signed_in(request),
                at=timezone.now(),
            )
        except EditedMeanwhile as conflict:
            meanwhile = conflict.thing
            form.add_error(
                None,
                gettext("Somebody else answered meanwhile. Copy your notes and read it again."),
            )
        else:
            messages.success(request, gettext("Saved."))
            return redirect("testbeds:checklist", row.slug)
    context = {"form": form, "experiment": row}
    return render(
        request, "testbeds/fill.html", context, status=status_of(form, meanwhile=meanwhile)
    )


@login_required
@require_POST
def sign_off(request: HttpRequest, slug: str) -> HttpResponse:
    row = find_experiment(request, slug)
    rules.check_read_checklist(request.user, row)
    filled = queries.checklist_of(row)
    form = SignOffForm(request.POST)
    if filled is None or not form.is_valid():
        return redirect("testbeds:checklist", row.slug)
    try:
        actions.sign_off_checklist(
            checklist=filled, by=signed_in(request), at=timezone.now(), **form.cleaned_data
        )
    except Incomplete:
        messages.error(request, gettext("Not signed off: something is missing. See below."))
    except TextChanged:
        messages.error(request, gettext("The answers are not those that you saw. Read them again."))
    else:
        messages.success(request, gettext("Signed off."))
    return redirect("testbeds:checklist", row.slug)


@login_required
@require_POST
def reopen(request: HttpRequest, slug: str) -> HttpResponse:
    row = find_experiment(request, slug)
    filled = queries.checklist_of(row)
    if filled is not None:
        actions.reopen_checklist(checklist=filled, by=signed_in(request), at=timezone.now())
        messages.success(request, gettext("Open again. The experiment waits for a new sign-off."))
    return redirect("testbeds:checklist", row.slug)


def _shown(request: HttpRequest, row: Experiment, filled: FilledChecklist | None) -> dict[str, Any]:
    context: dict[str, Any] = {
        "experiment": row,
        "checklist": filled,
        "is_needed": queries.needs_checklist(row),
        "may_fill": rules.may_fill_checklist(request.user, row)
        and (filled is None or filled.state == FilledChecklist.State.OPEN),
    }
    if filled is None:
        return context
    found = queries.outcome_of(filled)
    faults = queries.faults_of(filled)
    is_open = filled.state == FilledChecklist.State.OPEN
    return {
        **context,
        "tone": CHECKLIST_TONES[FilledChecklist.State(filled.state)],
        "assessment": ASSESSMENT[found.assessment],
        "assessment_tone": "warn" if found.assessment != "not_needed" else "good",
        "assessment_reasons": [QUESTIONS[key][0] for key in found.assessment_reasons],
        "review": REVIEW[found.review],
        "review_tone": "warn" if found.review != "not_needed" else "good",
        "review_reasons": [QUESTIONS[key][0] for key in found.review_reasons],
        "faults": faults,
        "groups": _answers(filled),
        "digest": queries.checklist_digest(filled),
        "sign_form": SignOffForm(initial={"digest": queries.checklist_digest(filled)})
        if is_open and not faults and rules.may_sign_off(request.user, filled)
        else None,
        "may_reopen": not is_open and rules.may_reopen_checklist(request.user, filled),
    }


def _answers(filled: FilledChecklist) -> list[tuple[Any, Any, list[tuple[Any, Any, str, Any]]]]:
    """Each group with its source; each question with its answer, its note and what is wrong with it."""
    words = dict(ANSWERS)
    given = queries.given_in(filled.answers)
    checklist = CHECKLISTS[filled.questions]
    faults = queries.faults_of(filled)
    return [
        (
            *GROUPS[name],
            [
                (
                    QUESTIONS[key][0],
                    words[given[key].answer] if key in given else "",
                    given[key].note if key in given else "",
                    FAULTS[faults[key]] if key in faults else "",
                )
                for key in checklist.of(name)
            ],
        )
        for name in GROUPS
    ]
