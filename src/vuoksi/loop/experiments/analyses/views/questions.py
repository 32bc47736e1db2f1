"""Questions that several experiments answer."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext

from vuoksi.base.audit.actions import EditedMeanwhile
from vuoksi.base.lists.conflicts import differences
from vuoksi.base.lists.statuses import status_of
from vuoksi.base.lists.tables import respond
from vuoksi.base.people.rules import signed_in
from vuoksi.base.texts.queries import attach
from vuoksi.loop.experiments.analyses import actions, pictures, queries
from vuoksi.loop.experiments.analyses.forms import ExperimentsForm, QuestionForm
from vuoksi.loop.experiments.analyses.tables import QUESTIONS, prepare_experiments
from vuoksi.loop.experiments.plans import rules
from vuoksi.loop.experiments.plans.forms import free_question_slug
from vuoksi.loop.experiments.plans.models import Question


def questions(request: HttpRequest) -> HttpResponseBase:
    may_ask = rules.may_ask_question(request.user)
    rows = queries.questions_with_counts(including_empty=may_ask)
    return respond(request, QUESTIONS, rows, "experiments/questions.html", {"may_ask": may_ask})


def question(request: HttpRequest, slug: str) -> HttpResponse:
    """All experiments on one question, and what they say together."""
    row = get_object_or_404(Question.objects.select_related("goal"), slug=slug)
    attach([thing for thing in (row, row.goal) if thing is not None])
    synthesis = queries.synthesis_of(row)
    experiments = prepare_experiments(list(queries.experiments_on(row)))
    context = {
        "question": row,
        "experiments": experiments,
        "waiting": sum(not one.finding for one in experiments),
        "shown": pictures.synthesis_shown(row, synthesis, experiments) if synthesis else None,
        "may_ask": rules.may_ask_question(request.user),
    }
    return render(request, "experiments/question.html", context)


@login_required
def ask(request: HttpRequest) -> HttpResponse:
    rules.check_ask_question(request.user)
    form = QuestionForm(request.POST or None, initial={"language": request.LANGUAGE_CODE})
    if request.method == "POST" and form.is_valid():
        data = _changes(form)
        row = actions.ask_question(
            slug=free_question_slug(data["title"]),
            by=signed_in(request),
            at=timezone.now(),
            **data,
        )
        return redirect("experiments:choose", row.slug)
    context = {"form": form, "meanwhile": None}
    return render(request, "experiments/question_form.html", context, status=status_of(form))


@login_required
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    rules.check_ask_question(request.user)
    row = get_object_or_404(Question, slug=slug)
    mine = get_object_or_404(Question, slug=slug)
    form = QuestionForm(request.POST or None, instance=mine, initial={"version": row.version})
    meanwhile = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_question(
                question=row,
                version=form.cleaned_data["version"],
                by=signed_in(request),
                at=timezone.now(),
                **_changes(form),
            )
        except EditedMeanwhile as conflict:
            meanwhile = differences(form, conflict.thing)
        else:
            return redirect(row)
    context = {"form": form, "question": row, "meanwhile": meanwhile}
    status = status_of(form, meanwhile=meanwhile)
    return render(request, "experiments/question_form.html", context, status=status)


@login_required
def choose(request: HttpRequest, slug: str) -> HttpResponse:
    """Which experiments are on the question."""
    rules.check_ask_question(request.user)
    row = get_object_or_404(Question, slug=slug)
    first = {"experiments": row.experiments.all()}
    form = ExperimentsForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        actions.set_experiments_of_question(
            question=row,
            experiments=form.cleaned_data["experiments"],
            by=signed_in(request),
            at=timezone.now(),
        )
        messages.success(request, gettext("Saved."))
        return redirect(row)
    context = {"form": form, "question": row}
    return render(request, "experiments/choose.html", context, status=status_of(form))


def _changes(form: QuestionForm) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if name != "version"}
