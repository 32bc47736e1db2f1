"""After a decision: its next steps, what the follow-up found, and the money of an experiment."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from vuoksi.base.lists.statuses import status_of
from vuoksi.base.people.rules import signed_in
from vuoksi.base.texts.queries import attach
from vuoksi.loop.decisions import actions, queries, recipes, rules
from vuoksi.loop.decisions.forms import FollowUpForm, MoneyForm, ProcurementForm, StepForm
from vuoksi.loop.decisions.models import Decision, Money, NextStep
from vuoksi.loop.experiments.plans.models import Experiment


@login_required
def add_step(request: HttpRequest, slug: str) -> HttpResponse:
    row = _decision(request, slug)
    initial = {"language": request.LANGUAGE_CODE, "owner": row.organisation}
    form = StepForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_step(
                decision=row, by=signed_in(request), at=timezone.now(), **form.cleaned_data
            )
        except actions.NotFinished:
            form.add_error(None, gettext("Only a decision in force is followed up."))
        else:
            messages.success(request, gettext("The step was added."))
            return redirect(f"{row.get_absolute_url()}#next-steps")
    context = {"form": form, "decision": row}
    return render(request, "decisions/step.html", context, status=status_of(form))


@login_required
def procurement(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin with the usual steps of a procurement: take, change or leave out each."""
    row = _decision(request, slug)
    form = ProcurementForm(
        request.POST if request.method == "POST" else None,
        initial={"owner": row.organisation},
        begins_on=timezone.localdate(),
        written_in=request.POST.get("language") or request.LANGUAGE_CODE,
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_steps(
                decision=row,
                steps=form.steps(),
                owner=form.cleaned_data["owner"],
                language=form.cleaned_data["language"],
                by=signed_in(request),
                at=timezone.now(),
            )
        except actions.NotFinished:
            form.add_error(None, gettext("Only a decision in force is followed up."))
        else:
            messages.success(request, gettext("The steps were added."))
            return redirect(f"{row.get_absolute_url()}#next-steps")
    context = {"form": form, "decision": row, "sources": recipes.SOURCES.items()}
    return render(request, "decisions/procurement.html", context, status=status_of(form))


@login_required
@require_POST
def settle_step(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    row = _decision(request, slug)
    step = get_object_or_404(NextStep, pk=pk, decision=row)
    transition = request.POST.get("do", "")
    if transition not in {"finish", "drop", "reopen"}:
        raise Http404
    actions.settle_step(step=step, transition=transition, by=signed_in(request), at=timezone.now())
    return redirect(f"{row.get_absolute_url()}#next-steps")


@login_required
def follow_up(request: HttpRequest, slug: str) -> HttpResponse:
    row = _decision(request, slug)
    initial = {"language": request.LANGUAGE_CODE, "found_on": timezone.localdate()}
    form = FollowUpForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_follow_up(
                decision=row,
                finding=form.finding(),
                next_on=form.cleaned_data["next_on"],
                by=signed_in(request),
                at=timezone.now(),
            )
        except actions.NotYet:
            form.add_error("found_on", gettext("This day is still to come."))
        except actions.NotFinished:
            form.add_error(None, gettext("Only a decision in force is followed up."))
        else:
            messages.success(request, gettext("Recorded. Everyone upstream has been told."))
            return redirect(f"{row.get_absolute_url()}#follow-ups")
    context = {"form": form, "decision": row}
    return render(request, "decisions/follow_up.html", context, status=status_of(form))


@login_required
def money(request: HttpRequest, slug: str) -> HttpResponse:
    """What was asked, granted and spent for one experiment."""
    rules.check_record_money(request.user)
    experiment = get_object_or_404(Experiment, slug=slug)
    attach([experiment])
    form = MoneyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.record_money(
            experiment=experiment, amount=form.amount(), by=signed_in(request), at=timezone.now()
        )
        messages.success(request, gettext("The amount was recorded."))
        return redirect("decisions:money", experiment.slug)
    context = {"form": form, "experiment": experiment, "rows": queries.money_of(experiment)}
    return render(request, "decisions/money.html", context, status=status_of(form))


@login_required
@require_POST
def take_back_money(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    rules.check_record_money(request.user)
    row = get_object_or_404(Money, pk=pk, experiment__slug=slug)
    actions.take_back_money(money=row, by=signed_in(request), at=timezone.now())
    return redirect("decisions:money", slug)


def _decision(request: HttpRequest, slug: str) -> Decision:
    rules.check_follow_decision(request.user)
    row = get_object_or_404(
        Decision.objects.select_related("experiment", "organisation"), slug=slug
    )
    attach([row])
    return row
