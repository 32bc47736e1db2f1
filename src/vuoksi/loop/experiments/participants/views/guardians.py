"""The page of a guardian, by their own link: read, agree, or withdraw for the young person."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from vuoksi.base.lists.statuses import status_of
from vuoksi.loop.experiments.participants import actions, queries
from vuoksi.loop.experiments.participants.forms import AgreeForm
from vuoksi.loop.experiments.participants.models import Participant
from vuoksi.loop.experiments.participants.refusals import ConsentChanged, NotTakingPart
from vuoksi.loop.experiments.participants.views import doors
from vuoksi.loop.experiments.participants.views.joining import (
    consent_context,
    link_ended,
    shown_text,
    text_in,
)


@never_cache
def open_guardian(request: HttpRequest, token: str) -> HttpResponse:
    at = timezone.now()
    key = queries.key_by_guardian(queries.digest_of(token))
    ended = key is None or key.guardian_expires_at is None or key.guardian_expires_at <= at
    if key is None or ended or key.participant.state == Participant.State.LAPSED:
        return link_ended(request, key.participant.recruitment if key else None)
    doors.open_guardian(request, key, at)
    return redirect("participants:guardian")


@never_cache
def guardian(request: HttpRequest) -> HttpResponse:
    """What the young person would do, and the text; agreeing is one press, and so is saying no."""
    at = timezone.now()
    key = doors.guarded_key(request, at)
    if key is None:
        return link_ended(request, None)
    recruitment = key.participant.recruitment
    version = queries.version_in_force(recruitment)
    assert version is not None  # nobody joins without one
    text = shown_text(request, version)
    first = {"text": text.pk, "digest": text.digest}
    form = AgreeForm(request.POST if request.POST.get("do") == "agree" else None, initial=first)
    if request.method == "POST" and request.POST.get("do") == "withdraw":
        actions.withdraw(participant=key.participant, at=at)
        return redirect("participants:withdrawn", recruitment.experiment.slug)
    if form.is_bound and form.is_valid():
        try:
            data = form.cleaned_data
            actions.confirm_guardian(
                key=key, text=text_in(version, data["text"]), digest=data["digest"], at=at
            )
        except ConsentChanged:
            messages.error(
                request, gettext("The text has changed meanwhile. Please read it again.")
            )
        except NotTakingPart:
            return link_ended(request, recruitment)
        else:
            messages.success(request, gettext("Thank you. Your consent is kept."))
        return redirect("participants:guardian")
    context = {
        "recruitment": recruitment,
        "key": key,
        "form": form,
        "is_given": "guardian" not in queries.missing_consents(key.participant),
        "is_erased": queries.promises_erasure(key.participant),
        **consent_context(version, text),
    }
    status = status_of(form)
    return render(request, "participants/guardian.html", context, status=status)
