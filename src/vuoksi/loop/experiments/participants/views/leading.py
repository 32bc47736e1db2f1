"""Pages of the team: the recruitment, who takes part as codes, invitations, and the key for those who may see it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from vuoksi.base.audit.actions import EditedMeanwhile
from vuoksi.base.lists.conflicts import differences
from vuoksi.base.lists.statuses import status_of
from vuoksi.base.lists.tables import respond
from vuoksi.base.people.rules import signed_in
from vuoksi.base.texts.queries import attach
from vuoksi.loop.experiments.participants import actions, queries, rules
from vuoksi.loop.experiments.participants.forms import (
    InviteForm,
    KeeperForm,
    QuestionRows,
    RecruitmentForm,
    RemovalForm,
)
from vuoksi.loop.experiments.participants.forms.leading import rows_of
from vuoksi.loop.experiments.participants.models import Participant, Recruitment
from vuoksi.loop.experiments.participants.refusals import CapacityInUse, NotNow, Unready
from vuoksi.loop.experiments.participants.tables import participants_table
from vuoksi.loop.experiments.participants.views.doors import find_led
from vuoksi.loop.experiments.participants.words import SCALES, UNREADY
from vuoksi.loop.experiments.plans.views import find_experiment


@login_required
def create(request: HttpRequest, slug: str) -> HttpResponse:
    """Prepare the page of an experiment that looks for people."""
    experiment = find_experiment(request, slug)
    rules.check_begin_recruitment(request.user, experiment)
    known = queries.recruitment_of(experiment)
    if known is not None:
        return redirect("participants:lead", slug)
    first = {"language": experiment.language, "title": experiment.title}
    form = RecruitmentForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        actions.make_recruitment(
            experiment=experiment,
            by=signed_in(request),
            at=timezone.now(),
            **_changes(form),
        )
        messages.success(request, gettext("Saved. Now write what people agree to."))
        return redirect("participants:consents", slug)
    context = {"experiment": experiment, "form": form, "meanwhile": None}
    return render(request, "participants/form.html", context, status=status_of(form))


@login_required
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    row = find_led(request, slug)
    # A ModelForm writes what was typed into its row before anybody has agreed: give it a row of its own.
    own = Recruitment.objects.get(pk=row.pk)
    form = RecruitmentForm(request.POST or None, instance=own, initial={"version": row.version})
    meanwhile = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_recruitment(
                recruitment=row,
                version=form.cleaned_data["version"],
                by=signed_in(request),
                at=timezone.now(),
                **_changes(form),
            )
        except EditedMeanwhile as conflict:
            meanwhile = differences(form, conflict.thing)
        except CapacityInUse:
            form.add_error("capacity", gettext("More places than this are held already."))
        else:
            messages.success(request, gettext("Saved."))
            return redirect("participants:lead", slug)
    context = {"recruitment": row, "form": form, "meanwhile": meanwhile}
    status = status_of(form, meanwhile=meanwhile)
    return render(request, "participants/form.html", context, status=status)


@login_required
def questions(request: HttpRequest, slug: str) -> HttpResponse:
    """Who fits: plain questions with the answers that qualify."""
    row = find_led(request, slug)
    rows = QuestionRows(
        request.POST or None, initial=rows_of(list(queries.questions_of(row))), prefix="q"
    )
    if request.method == "POST" and rows.is_valid():
        actions.set_questions(
            recruitment=row,
            questions=rows.questions(),
            by=signed_in(request),
            at=timezone.now(),
        )
        messages.success(request, gettext("Saved."))
        return redirect("participants:lead", slug)
    context = {"recruitment": row, "rows": rows}
    status = status_of(rows)
    return render(request, "participants/questions.html", context, status=status)


@never_cache
@login_required
def lead(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Where the recruitment stands: counts, attrition, surveys, and everybody as a code."""
    row = find_led(request, slug)
    counts = queries.counts_of(row)
    labels = dict(Participant.State.choices)
    context = {
        "recruitment": row,
        "held": row.places.count(),
        "counts": [(labels[state], count) for state, count in counts.items()],
        "attrition": _attrition(row, counts),
        "surveys": [(one, _progress(one)) for one in attach(queries.surveys_of(row))],
        "scales": [(key, SCALES[key]) for key in queries.measurable(row)],
        "consent": queries.version_in_force(row),
        "questions": row.questions.count(),
        "may_name": rules.may_name_keepers(request.user, row),
        "may_read_key": rules.may_read_key(request.user, row),
    }
    table, rows = participants_table(row), queries.participants_of(row)
    return respond(request, table, rows, "participants/lead.html", context)


@login_required
@require_POST
def open_recruitment(request: HttpRequest, slug: str) -> HttpResponse:
    row = find_led(request, slug)
    try:
        actions.open_recruitment(recruitment=row, by=signed_in(request), at=timezone.now())
    except Unready as refusal:
        messages.error(request, str(UNREADY[refusal.code]))
    else:
        messages.success(request, gettext("Open: people can join now."))
    return redirect("participants:lead", slug)


@login_required
@require_POST
def close_recruitment(request: HttpRequest, slug: str) -> HttpResponse:
    row = find_led(request, slug)
    actions.close_recruitment(recruitment=row, by=signed_in(request), at=timezone.now())
    messages.success(request, gettext("Closed: nobody else can join."))
    return redirect("participants:lead", slug)


@login_required
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    row = find_led(request, slug)
    form = InviteForm(request.POST or None, initial={"language": row.language})
    if request.method == "POST" and form.is_valid():
        try:
            count = actions.invite(
                recruitment=row, by=signed_in(request), at=timezone.now(), **form.cleaned_data
            )
        except NotNow:
            form.add_error(None, gettext("Open the recruitment first."))
        else:
            messages.success(request, gettext("Invitations sent: %(count)s") % {"count": count})
            return redirect("participants:lead", slug)
    context = {"recruitment": row, "form": form}
    return render(request, "participants/invite.html", context, status=status_of(form))


@login_required
@require_POST
def settle(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    row = find_led(request, slug)
    participant = get_object_or_404(row.participants, pk=pk)
    step = request.POST.get("step", "")
    if step in {"complete", "miss", "return"}:
        actions.settle(participant=participant, step=step, by=signed_in(request), at=timezone.now())
        messages.success(request, gettext("Saved."))
    return redirect("participants:lead", slug)


@never_cache
@login_required
def key(request: HttpRequest, slug: str) -> HttpResponse:
    """Who stands behind each code. Shown at the press of a button, and each time stays on record."""
    row = find_led(request, slug)
    rules.check_read_key(request.user, row)
    persons = None
    if request.method == "POST":
        persons = actions.read_key(recruitment=row, by=signed_in(request), at=timezone.now())
    return render(request, "participants/key.html", {"recruitment": row, "persons": persons})


@login_required
def keepers(request: HttpRequest, slug: str) -> HttpResponse:
    """Who may see persons; a coordinator of the unit in charge names them."""
    row = find_led(request, slug)
    rules.check_name_keepers(request.user, row)
    person, at = signed_in(request), timezone.now()
    if "remove" in request.POST:
        removal = RemovalForm(request.POST, recruitment=row)
        # Somebody who was removed meanwhile is no longer there to be removed.
        if removal.is_valid():
            actions.remove_keeper(keeper=removal.cleaned_data["remove"], by=person, at=at)
        return redirect("participants:keepers", slug)
    form = KeeperForm(request.POST or None, recruitment=row)
    if request.method == "POST" and form.is_valid():
        actions.name_keeper(recruitment=row, user=form.cleaned_data["user"], by=person, at=at)
        return redirect("participants:keepers", slug)
    named = row.keepers.select_related("user").order_by("named_at")
    context = {"recruitment": row, "form": form, "keepers": named}
    return render(request, "participants/keepers.html", context, status=status_of(form))


def _changes(form: RecruitmentForm) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if name != "version"}


def _attrition(row: Recruitment, counts: dict[str, int]) -> list[tuple[str, int]]:
    """From those who came to those who completed, the losses on the way."""
    started = sum(counts[state] for state in queries.IN_TRIAL)
    return [
        (gettext("Take part or have completed"), started),
        (gettext("Of them completed"), counts["completed"]),
        (gettext("Of them did not come"), counts["no_show"]),
        (gettext("Withdrew"), counts["withdrawn"]),
    ]


def _progress(survey: Any) -> dict[str, int]:
    rows = survey.responses
    return {"invited": rows.count(), "sent": rows.exclude(submitted_at=None).count()}
