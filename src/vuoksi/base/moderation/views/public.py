"""Pages for everybody: the log, the rules, reporting; and for those whom a decision concerns."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from vuoksi.base.lists.statuses import status_of
from vuoksi.base.lists.tables import respond
from vuoksi.base.moderation import actions, letters, queries, rules
from vuoksi.base.moderation.forms import AppealForm, MendForm, ReportForm
from vuoksi.base.moderation.refusals import TooLate, TooManyReports
from vuoksi.base.moderation.registry import KINDS
from vuoksi.base.moderation.tables import LOG
from vuoksi.base.moderation.views.doors import keep_link, seat_in, thing_of, who_asks
from vuoksi.base.moderation.words import REASONS


def log(request: HttpRequest) -> HttpResponseBase:
    """What moderators decided, without names."""
    may_see = rules.may_see_cases(request.user)
    return respond(
        request, LOG, queries.decided_cases(), "moderation/log.html", {"may_see_cases": may_see}
    )


def house_rules(request: HttpRequest) -> HttpResponse:
    context = {
        "reasons": REASONS,
        "limits": queries.limits(),
        "appeal_days": settings.MODERATION_APPEAL_DAYS,
        "case_days": settings.MODERATION_CASE_DAYS,
        "reports_an_hour": settings.MODERATION_REPORTS_AN_HOUR,
    }
    return render(request, "moderation/rules.html", context)


@never_cache
def report(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Say what is wrong with a text; no account is needed."""
    thing = thing_of(kind, pk)
    if not rules.may_report(request.user, thing):
        raise Http404
    known = KINDS[type(thing)]
    form = ReportForm(request.POST or None, asks_address=not request.user.is_authenticated)
    if request.method == "POST" and form.is_valid() and _report(request, thing, form):
        return redirect(known.url(thing))
    context = {"form": form, "parts": known.parts(thing), "kind": known, "back": known.url(thing)}
    status = status_of(form)
    return render(request, "moderation/report.html", context, status=status)


def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Open a case by the link in a letter; the token stays in this browser, not in the address."""
    seat = letters.seat_of(token)
    if seat is None:
        raise Http404
    keep_link(request, token)
    return redirect(seat.case)


@never_cache
def appeal(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask another moderator to look again."""
    seat = seat_in(request, pk)
    rules.check_appeal(request.user, seat)
    form = AppealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.appeal(
                seat=seat,
                by=request.user,
                who=who_asks(request, seat),
                at=timezone.now(),
                **form.cleaned_data,
            )
        except TooLate:
            form.add_error(
                "text", _("The time to appeal is over. Your text stands here still, to be copied.")
            )
        else:
            messages.success(
                request, _("Your appeal is kept. Another moderator decides, and you hear of it.")
            )
            return redirect(seat.case)
    context = {"form": form, "case": seat.case, "decision": queries.first_decision(seat.case)}
    return render(request, "moderation/appeal.html", context, status=status_of(form))


@never_cache
def mend(request: HttpRequest, pk: int) -> HttpResponse:
    """Write anew what the moderators asked to mend."""
    seat = seat_in(request, pk)
    rules.check_mend(request.user, seat)
    thing: Any = seat.case.thing
    known = KINDS[type(thing)]
    form = MendForm(request.POST or None, parts=known.parts(thing))
    if request.method == "POST" and form.is_valid():
        case = actions.mend(seat=seat, texts=form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, _("Thank you. Somebody looks at it, and then it shows."))
        if request.user.is_authenticated:
            return redirect(case)
        return redirect("moderation:by_link", letters.token_for(case))
    context = {"form": form, "case": seat.case, "decision": queries.last_decision(seat.case)}
    return render(request, "moderation/mend.html", context, status=status_of(form))


def _report(request: HttpRequest, thing: Any, form: ReportForm) -> bool:
    """Keep the report; with too many, say so at the form and lose nothing."""
    try:
        _row, is_new = actions.report(
            thing=thing,
            by=request.user,
            who=who_asks(request),
            language=get_language() or settings.LANGUAGE_CODE,
            at=timezone.now(),
            **form.cleaned_data,
        )
    except TooManyReports as refusal:
        words = _(
            "You have reported %(limit)s texts within an hour. What you wrote stands here; send it again later."
        )
        form.add_error("note", words % {"limit": refusal.limit})
        return False
    if is_new:
        messages.success(request, _("Thank you. A moderator looks at it."))
    else:
        messages.info(request, _("You have reported this already. A moderator looks at it."))
    return True
