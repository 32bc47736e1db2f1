"""Coming in: do I fit, a link by e-mail for those without an account, reading and agreeing, joining."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from vuoksi.base.lists.statuses import status_of
from vuoksi.base.people.models import User
from vuoksi.base.texts.queries import attach
from vuoksi.loop.calls.forms.texts import own_name
from vuoksi.loop.experiments.participants import actions, queries
from vuoksi.loop.experiments.participants.forms import EmailForm, FitForm, JoinForm
from vuoksi.loop.experiments.participants.models import (
    ConsentText,
    ConsentVersion,
    Participant,
    Recruitment,
)
from vuoksi.loop.experiments.participants.refusals import (
    ConsentChanged,
    JoinedAlready,
    LinkExpired,
    NotNow,
    OwnGuardian,
)
from vuoksi.loop.experiments.participants.views import doors


@never_cache
def check(request: HttpRequest, slug: str) -> HttpResponse:
    """Do I fit? Answers are looked at and forgotten; who does not fit is told so at once, and why."""
    row = doors.find_recruitment(request, slug)
    own = doors.own_in(request, row, timezone.now())
    if own is not None:
        return redirect(own)
    if not queries.is_open(row, timezone.localdate()):
        return _closed(request, row)
    questions = attach(queries.questions_of(row))
    form = FitForm(request.POST or None, recruitment=row, questions=questions)
    if request.method == "POST" and form.is_valid():
        against = form.against()
        if against:
            context = {"recruitment": row, "against": against}
            return render(request, "participants/unfit.html", context)
        doors.keep_fit(request, row, is_minor=form.is_minor)
        return redirect("participants:join", slug)
    context = {"recruitment": row, "form": form}
    return render(request, "participants/check.html", context, status=status_of(form))


@never_cache
def join(request: HttpRequest, slug: str) -> HttpResponse:
    """Read what one agrees to, agree, and join. Without an account a link by e-mail comes first."""
    at = timezone.now()
    row = doors.find_recruitment(request, slug)
    own = doors.own_in(request, row, at)
    if own is not None:
        return redirect(own)
    if not queries.is_open(row, timezone.localdate()):
        return _closed(request, row)
    is_minor = doors.fit_of(request, row)
    if is_minor is None:
        return redirect("participants:check", slug)
    invitation = doors.invitation_in(request, row, at)
    if invitation is None and not request.user.is_authenticated:
        return render(
            request, "participants/ask_link.html", {"recruitment": row, "form": EmailForm()}
        )
    version = queries.version_in_force(row)
    assert version is not None  # nothing opens without one
    text = shown_text(request, version)
    form = JoinForm(
        request.POST or None,
        is_minor=is_minor,
        initial={"text": text.pk, "digest": text.digest},
    )
    if request.method == "POST" and form.is_valid():
        comer = actions.Comer(
            language=request.LANGUAGE_CODE,
            user=request.user if isinstance(request.user, User) else None,
            invitation=invitation,
            guardian=_guardian(form) if is_minor else None,
        )
        answer = _join(request, row, comer, form, at)
        if answer is not None:
            return answer
    context = {
        "recruitment": row,
        "form": form,
        "is_minor": is_minor,
        "has_places": queries.places_free(row) > 0,
        **consent_context(version, text),
    }
    return render(request, "participants/join.html", context, status=status_of(form))


@require_POST
def ask_link(request: HttpRequest, slug: str) -> HttpResponse:
    """Send a link to join; the same is said whether or not one was sent."""
    row = doors.find_recruitment(request, slug)
    form = EmailForm(request.POST)
    if not form.is_valid():
        context = {"recruitment": row, "form": form}
        return render(request, "participants/ask_link.html", context, status=status_of(form))
    try:
        actions.send_join_link(
            recruitment=row,
            email=form.cleaned_data["email"],
            language=request.LANGUAGE_CODE,
            at=timezone.now(),
        )
    except NotNow:
        return _closed(request, row)
    return render(request, "participants/link_sent.html", {"recruitment": row})


@never_cache
def open_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Let in the holder of a link; in another browser than before the questions are asked again."""
    invitation = queries.invitation_by_digest(queries.digest_of(token))
    if invitation is None or not doors.is_alive(invitation, timezone.now()):
        return link_ended(request, invitation.recruitment if invitation else None)
    doors.keep_invitation(request, invitation)
    return redirect("participants:join", invitation.recruitment.experiment.slug)


def link_ended(request: HttpRequest, recruitment: Recruitment | None) -> HttpResponse:
    if recruitment is not None:
        attach([recruitment])
    status = 410 if recruitment else 404
    context = {"recruitment": recruitment}
    return render(request, "participants/link_ended.html", context, status=status)


def shown_text(request: HttpRequest, version: ConsentVersion) -> ConsentText:
    """The text in the language that was asked for, else in the reader's, else as it was written."""
    wanted = request.GET.get("language") or request.LANGUAGE_CODE
    text = queries.text_for(version, wanted)
    assert text is not None  # a published version has a text
    return text


def consent_context(version: ConsentVersion, text: ConsentText) -> dict[str, Any]:
    others = [one for one in queries.texts_of(version) if one.pk != text.pk]
    return {
        "consent": version,
        "text": text,
        "others": [(one.language, own_name(one.language)) for one in others],
    }


def text_in(version: ConsentVersion | None, pk: int) -> ConsentText:
    """The text that the person saw; raises ConsentChanged when it is not of the version in force."""
    texts = queries.texts_of(version) if version else []
    text = next((one for one in texts if one.pk == pk), None)
    if text is None:
        raise ConsentChanged
    return text


def _join(
    request: HttpRequest,
    row: Recruitment,
    comer: actions.Comer,
    form: JoinForm,
    at: datetime,
) -> HttpResponse | None:
    data = form.cleaned_data
    try:
        participant = actions.join(
            recruitment=row,
            comer=comer,
            text=text_in(queries.version_in_force(row), data["text"]),
            digest=data["digest"],
            at=at,
        )
    except ConsentChanged:
        form.add_error(
            None, gettext("The text has changed meanwhile. Load the page and read it again.")
        )
    except OwnGuardian:
        form.add_error(
            "guardian_email", gettext("Name somebody else: this is the address that you join with.")
        )
    except JoinedAlready:
        messages.info(request, gettext("You take part already. We can send you your link again."))
        return redirect("participants:find", row.experiment.slug)
    except LinkExpired:
        return link_ended(request, row)
    except NotNow:
        return _closed(request, row)
    else:
        doors.forget_joining(request, row)
        doors.open_page(request, participant, at)
        messages.success(request, _said(participant))
        return redirect(participant)
    return None


def _guardian(form: JoinForm) -> actions.Guardian:
    data = form.cleaned_data
    return actions.Guardian(data["guardian_name"], data["guardian_email"])


def _said(participant: Participant) -> str:
    if participant.needs_guardian:
        return gettext("Thank you! We have asked your guardian by e-mail.")
    if participant.state == Participant.State.WAITING:
        return gettext("All places are taken. You are on the waiting list now.")
    return gettext("Thank you! You take part now.")


def _closed(request: HttpRequest, row: Recruitment) -> HttpResponse:
    messages.info(request, gettext("Nobody can join now."))
    return redirect(row)
