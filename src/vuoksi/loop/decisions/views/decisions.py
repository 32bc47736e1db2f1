from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext

from vuoksi.base.audit.actions import EditedMeanwhile
from vuoksi.base.lists.conflicts import differences
from vuoksi.base.lists.fields import is_key
from vuoksi.base.lists.statuses import status_of
from vuoksi.base.lists.tables import respond
from vuoksi.base.people.rules import signed_in
from vuoksi.base.texts.queries import attach
from vuoksi.loop.decisions import actions, queries, rules
from vuoksi.loop.decisions.chain import KINDS, chain_of
from vuoksi.loop.decisions.forms import DecisionForm, PublishForm
from vuoksi.loop.decisions.forms.decisions import OPINIONS
from vuoksi.loop.decisions.models import Decision
from vuoksi.loop.decisions.pictures import picture_of
from vuoksi.loop.decisions.tables import DECISIONS
from vuoksi.loop.experiments.plans.models import Experiment
from vuoksi.strategy.queries import free_slug


def decisions(request: HttpRequest) -> HttpResponseBase:
    return respond(
        request, DECISIONS, queries.public_decisions(request.user), "decisions/decisions.html"
    )


def decision(request: HttpRequest, slug: str) -> HttpResponse:
    row = queries.decision_page(slug)
    if row is None:
        raise Http404
    rules.check_read_decision(request.user, row)
    attach([row])
    attach([row.experiment])
    today = timezone.localdate()
    context = {
        "decision": row,
        "evidence": attach(row.evidence.order_by("published_at")),
        "dissents": attach(row.dissents.all()),
        "steps": attach(row.steps.all()),
        "follow_ups": attach(row.follow_ups.all()),
        "history": attach(queries.history_of(row)),
        "today": today,
        "may_edit": rules.may_edit_decision(request.user, row),
        "may_publish": rules.may_edit_decision(request.user, row),
        "may_follow": row.state == row.State.PUBLISHED
        and rules.may_follow_decision(request.user, row),
        "is_discussed": rules.may_discuss(request.user, row),
    }
    return render(request, "decisions/decision.html", context)


def chain(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Show the chain around one thing, from need to strategy."""
    focus = _focus(kind, key)
    found = chain_of(kind, focus)
    return render(
        request,
        "decisions/chain.html",
        {"chain": found, "picture": picture_of(found), "focus": focus},
    )


@login_required
def draft(request: HttpRequest, slug: str) -> HttpResponse:
    """Record a decision on the experiment at `slug`."""
    rules.check_draft_decision(request.user)
    experiment = get_object_or_404(Experiment, slug=slug)
    attach([experiment])
    form = DecisionForm(
        request.POST or None, experiment=experiment, initial=_first_words(request, experiment)
    )
    if request.method == "POST" and form.is_valid():
        row = actions.draft_decision(
            experiment=experiment,
            slug=free_slug(Decision, form.cleaned_data["title"]),
            words=form.words(),
            evidence=form.cleaned_data["evidence"],
            by=signed_in(request),
            at=timezone.now(),
        )
        messages.success(
            request,
            gettext("Saved as a draft. Nobody but city staff sees it until you publish it."),
        )
        return redirect(row)
    context = {"form": form, "experiment": experiment, "meanwhile": None}
    return render(request, "decisions/form.html", context, status=status_of(form))


@login_required
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    row = _decision(slug)
    rules.check_edit_decision(request.user, row)
    form = DecisionForm(
        request.POST or None,
        experiment=row.experiment,
        opinions=row.dissents.count() + OPINIONS,
        initial=_words_of(row),
    )
    meanwhile = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_decision(
                decision=row,
                version=form.cleaned_data["version"] or 0,
                words=form.words(),
                evidence=form.cleaned_data["evidence"],
                by=signed_in(request),
                at=timezone.now(),
            )
        except EditedMeanwhile as conflict:
            meanwhile = differences(form, conflict.thing)
        else:
            messages.success(request, gettext("Saved."))
            return redirect(row)
    context = {"form": form, "experiment": row.experiment, "decision": row, "meanwhile": meanwhile}
    status = status_of(form, meanwhile=meanwhile)
    return render(request, "decisions/form.html", context, status=status)


@login_required
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    row = _decision(slug)
    rules.check_edit_decision(request.user, row)
    form = PublishForm(request.POST or None, initial={"goal": row.experiment.goal})
    if request.method == "POST" and form.is_valid():
        try:
            actions.publish_decision(
                decision=row,
                by=signed_in(request),
                at=timezone.now(),
                opens=form.new_action(),
                updates=form.updated_action(),
            )
        except actions.NoEvidence:
            form.add_error(
                None, gettext("Add the evidence that the decision rests on before you publish it.")
            )
        except actions.NeedsWhy:
            form.add_error(
                None,
                gettext("The decision goes against the rule. Edit it first and say why."),
            )
        except actions.NotYet:
            form.add_error(
                None,
                gettext("The day of the decision is still to come. Publish it then, or edit it."),
            )
        else:
            messages.success(request, gettext("Published. Everyone upstream has been told."))
            return redirect(row)
    context = {"form": form, "decision": row}
    return render(request, "decisions/publish.html", context, status=status_of(form))


def _decision(slug: str) -> Decision:
    return get_object_or_404(
        Decision.objects.select_related("experiment__goal", "organisation", "action"), slug=slug
    )


def _focus(kind: str, key: str) -> Model:
    if kind not in KINDS:
        raise Http404
    lookup = KINDS[kind].lookup
    if lookup == "pk" and not is_key(key):
        raise Http404
    focus: Model = get_object_or_404(KINDS[kind].rows(), **{lookup: key})
    return focus


def _first_words(request: HttpRequest, experiment: Experiment) -> dict[str, Any]:
    return {
        "language": request.LANGUAGE_CODE,
        "organisation": experiment.owner,
        "decided_on": timezone.localdate(),
        "evidence": queries.evidence_for(experiment),
    }


def _words_of(row: Decision) -> dict[str, Any]:
    names = (
        "kind",
        "title",
        "reasons",
        "language",
        "decided_by",
        "decided_on",
        "organisation",
        "against_why",
        "learned",
        "follow_up_on",
        "version",
    )
    people = [", ".join(filter(None, (one.name, one.role))) for one in row.deciders.all()]
    opinions = {}
    for number, one in enumerate(row.dissents.order_by("position")):
        opinions[f"dissent_name_{number}"] = one.name
        opinions[f"dissent_words_{number}"] = one.words
    return {
        **{name: getattr(row, name) for name in names},
        **opinions,
        "deciders": "\n".join(people),
        "evidence": row.evidence.all(),
    }
