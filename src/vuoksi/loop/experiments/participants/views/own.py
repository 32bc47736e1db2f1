"""One's own page: where one stands, what one agreed to, surveys, and withdrawing; with an account or by link."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from vuoksi.base.lists.statuses import status_of
from vuoksi.base.people.rules import signed_in
from vuoksi.base.texts.queries import attach
from vuoksi.loop.experiments.participants import actions, queries
from vuoksi.loop.experiments.participants.forms import AgreeForm, AnswerForm, EmailForm
from vuoksi.loop.experiments.participants.models import Participant, Survey
from vuoksi.loop.experiments.participants.refusals import (
    ConsentChanged,
    Frozen,
    NotTakingPart,
    Unanswered,
    Unready,
)
from vuoksi.loop.experiments.participants.views import doors
from vuoksi.loop.experiments.participants.views.joining import (
    consent_context,
    link_ended,
    shown_text,
    text_in,
)
from vuoksi.loop.experiments.participants.words import PARTICIPANT_TONES


@never_cache
def open_own(request: HttpRequest, token: str) -> HttpResponse:
    """Let in the holder of a personal link."""
    at = timezone.now()
    key = queries.key_by_digest(queries.digest_of(token))
    if key is None or key.link_expires_at <= at:
        return link_ended(request, key.participant.recruitment if key else None)
    doors.open_page(request, key.participant, at)
    return redirect(key.participant)


@never_cache
def find(request: HttpRequest, slug: str) -> HttpResponse:
    """Send one's own link again; the same is said to those who do not take part."""
    row = doors.find_recruitment(request, slug)
    form = EmailForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.send_own_link(recruitment=row, email=form.cleaned_data["email"], at=timezone.now())
        return render(request, "participants/link_sent.html", {"recruitment": row, "is_own": True})
    context = {"recruitment": row, "form": form}
    return render(request, "participants/find.html", context, status=status_of(form))


@login_required
def all_mine(request: HttpRequest) -> HttpResponse:
    """Every experiment in which this account takes part."""
    rows = [key.participant for key in queries.own_keys(signed_in(request))]
    attach([row.recruitment for row in rows])
    shown = [(row, PARTICIPANT_TONES[Participant.State(row.state)]) for row in rows]
    return render(request, "participants/all_mine.html", {"rows": shown})


@never_cache
def mine(request: HttpRequest, page: UUID) -> HttpResponse:
    gone = doors.left(page)
    if gone is not None:
        return redirect("participants:withdrawn", gone.recruitment.experiment.slug)
    row = doors.find_own(request, page, timezone.now())
    return render(request, "participants/mine.html", _own_context(request, row))


@require_POST
def accept(request: HttpRequest, page: UUID) -> HttpResponse:
    at = timezone.now()
    row = doors.find_own(request, page, at)
    actions.accept_place(participant=row, at=at)
    messages.success(request, gettext("The place is yours. Thank you!"))
    return redirect(row)


@require_POST
def agree(request: HttpRequest, page: UUID) -> HttpResponse:
    """Agree to a new version."""
    at = timezone.now()
    row = doors.find_own(request, page, at)
    form = AgreeForm(request.POST)
    if not form.is_valid():
        context = _own_context(request, row, form)
        return render(request, "participants/mine.html", context, status=status_of(form))
    try:
        version = queries.version_in_force(row.recruitment)
        text = text_in(version, form.cleaned_data["text"])
        actions.give_consent(participant=row, text=text, digest=form.cleaned_data["digest"], at=at)
    except ConsentChanged:
        messages.error(request, gettext("The text has changed meanwhile. Please read it again."))
    except NotTakingPart:
        messages.info(request, gettext("You take part no longer, so there is nothing to agree to."))
    else:
        messages.success(request, gettext("Thank you. You go on taking part."))
    return redirect(row)


@never_cache
def withdraw(request: HttpRequest, page: UUID) -> HttpResponse:
    """Say what becomes of the data, and withdraw at the press of one button. No reason is asked."""
    at = timezone.now()
    gone = doors.left(page)
    if gone is not None:
        return redirect("participants:withdrawn", gone.recruitment.experiment.slug)
    row = doors.find_own(request, page, at)
    if request.method == "POST":
        actions.withdraw(participant=row, at=at)
        return redirect("participants:withdrawn", row.recruitment.experiment.slug)
    context = {"participant": row, "is_erased": queries.promises_erasure(row)}
    return render(request, "participants/withdraw.html", context)


@never_cache
def withdrawn(request: HttpRequest, slug: str) -> HttpResponse:
    """It is done; nothing on this page is about anybody."""
    row = doors.find_recruitment(request, slug)
    return render(request, "participants/withdrawn.html", {"recruitment": row})


@never_cache
def answer(request: HttpRequest, page: UUID, pk: int) -> HttpResponse:
    """A survey: saved while it is written, and sent in when the person says so."""
    at = timezone.now()
    row = doors.find_own(request, page, at)
    survey = get_object_or_404(row.recruitment.surveys.filter(state=Survey.State.OPEN), pk=pk)
    if not queries.has_consent(row) or row.state not in queries.IN_TRIAL:
        messages.info(request, gettext("The survey opens when you take part and have agreed."))
        return redirect(row)
    attach([survey])
    items = attach(queries.items_of(survey))
    response = queries.response_of(survey, row)
    answers = response.answers if response else {}
    form = AnswerForm(request.POST or None, survey=survey, items=items, answers=answers)
    if request.method == "POST" and form.is_valid():
        done = _save(request, row, form, at)
        if done is not None:
            return done
    context = {"participant": row, "survey": survey, "form": form, "response": response}
    return render(request, "participants/survey.html", context, status=status_of(form))


def _save(
    request: HttpRequest, row: Participant, form: AnswerForm, at: datetime
) -> HttpResponse | None:
    """Keep what was written; None when something is wrong, and the form says what."""
    wish = request.POST.get("do", "save")
    try:
        response = actions.save_answers(
            survey=form.survey,
            participant=row,
            answers=form.answers(),
            is_sent=wish == "send",
            at=at,
        )
    except Unanswered as refusal:
        form.add_faults(refusal.faults)
        return None
    except (Frozen, Unready) as refusal:
        raise Http404 from refusal
    if wish == "autosave":
        return render(request, "participants/saved.html", {"response": response})
    sent = gettext("Thank you! Your answers have arrived.")
    messages.success(request, sent if wish == "send" else gettext("Saved. You can go on later."))
    return redirect(row)


def _own_context(
    request: HttpRequest, row: Participant, form: AgreeForm | None = None
) -> dict[str, Any]:
    missing = queries.missing_consents(row)
    context: dict[str, Any] = {
        "participant": row,
        "tone": PARTICIPANT_TONES[Participant.State(row.state)],
        "missing": missing,
        "consents": queries.consents_given(row),
        "surveys": attach(queries.waiting_surveys(row))
        if not missing and row.state in queries.IN_TRIAL
        else [],
        "sent": attach([one.survey for one in _sent(row)]),
    }
    version = queries.version_in_force(row.recruitment)
    if "self" in missing and version is not None and row.state not in queries.GONE:
        text = shown_text(request, version)
        first = {"text": text.pk, "digest": text.digest}
        context |= {"form": form or AgreeForm(initial=first), **consent_context(version, text)}
    return context


def _sent(row: Participant) -> list[Any]:
    return list(row.responses.exclude(submitted_at=None).select_related("survey"))
