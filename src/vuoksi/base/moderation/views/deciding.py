"""Pages of moderators, and the page of a case as each side sees it."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from vuoksi.base.lists.statuses import status_of
from vuoksi.base.lists.tables import respond
from vuoksi.base.moderation import actions, queries, rules
from vuoksi.base.moderation.forms import RulingForm
from vuoksi.base.moderation.models import Case
from vuoksi.base.moderation.registry import KINDS, kind_of
from vuoksi.base.moderation.rules import Seat
from vuoksi.base.moderation.tables import kind_label, queue_table
from vuoksi.base.moderation.views.doors import seat_in, thing_of
from vuoksi.base.moderation.words import DOUBTS, reason_label
from vuoksi.base.people.rules import signed_in
from vuoksi.base.texts.models import Visibility


@never_cache
def queue(request: HttpRequest) -> HttpResponseBase:
    rules.check_see_cases(request.user)
    context = {"case_days": settings.MODERATION_CASE_DAYS}
    table = queue_table(timezone.now())
    return respond(request, table, queries.waiting_cases(), "moderation/queue.html", context)


@never_cache
def look(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """A moderator saw something that nobody reported."""
    thing = thing_of(kind, pk)
    rules.check_look(request.user, thing)
    if request.method == "POST":
        return redirect(actions.look(thing=thing, by=signed_in(request), at=timezone.now()))
    known = KINDS[type(thing)]
    context = {"parts": known.parts(thing), "kind": known, "back": known.url(thing)}
    return render(request, "moderation/look.html", context)


@never_cache
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """One case: for moderators all of it, for those whom it concerns what was decided and how to appeal."""
    seat = seat_in(request, pk)
    if not rules.may_read_case(request.user, seat):
        raise Http404
    thing: Any = seat.case.thing
    is_gone = getattr(thing, "visibility", "") == Visibility.REMOVED
    form = RulingForm(request.POST or None, is_gone=is_gone)
    if request.method == "POST":
        answer = _rule(request, seat, form)
        if answer is not None:
            return answer
    return render(
        request,
        "moderation/case.html",
        {**_context(request, seat, thing), "form": form},
        status=status_of(form),
    )


def _rule(request: HttpRequest, seat: Seat, form: RulingForm) -> HttpResponse | None:
    if seat.case.state not in queries.LIVING and rules.may_see_cases(request.user):
        return _too_late(request, seat)
    is_appeal = seat.case.state == Case.State.APPEALED
    check, act = (
        (rules.check_settle, actions.settle) if is_appeal else (rules.check_decide, actions.decide)
    )
    check(request.user, seat)
    if not form.is_valid():
        return None
    act(case=seat.case, ruling=form.ruling(), by=signed_in(request), at=timezone.now())
    messages.success(request, _("Decided. Those whom it concerns are told."))
    return redirect("moderation:queue")


def _too_late(request: HttpRequest, seat: Seat) -> HttpResponse:
    """It was decided: by this moderator's first click, or by another, and then what was typed is not lost."""
    last = queries.last_decision(seat.case)
    if last is None or last.by_id != request.user.pk:
        said = _("Another moderator has decided meanwhile. You wrote: %(words)s")
        messages.warning(request, said % {"words": request.POST.get("words", "") or "–"})
    return redirect(seat.case)


def _context(request: HttpRequest, seat: Seat, thing: Any) -> dict[str, Any]:
    row, user = seat.case, request.user
    sees_all = rules.may_see_cases(user) and rules.may_read_case(user, seat)
    known = kind_of(thing)
    decisions = list(row.decisions.all())
    is_mine = rules.is_author.test(user, seat)
    return {
        "case": row,
        "label": kind_label(row),
        "doubt": DOUBTS.get(row.doubt, ""),
        "parts": known.parts(thing) if known and (sees_all or is_mine) else [],
        "around": queries.around(thing) if sees_all and thing is not None else [],
        "address": known.url(thing) if known else "",
        "thing": thing,
        "sees_all": sees_all,
        "reports": [(reason_label(one.reason), one) for one in row.reports.all() if sees_all],
        "decisions": [(reason_label(one.reason), one) for one in decisions],
        "appeals": list(row.appeals.all()) if sees_all else [],
        "appeal_until": decisions[0].appeal_until if decisions else None,
        "earlier": list(queries.cases_of(thing).exclude(pk=row.pk)) if sees_all and thing else [],
        "may_rule": rules.may_decide(user, seat) or rules.may_settle(user, seat),
        "may_appeal": _may_still_appeal(request, seat, decisions),
        "may_mend": rules.may_mend(user, seat),
    }


def _may_still_appeal(request: HttpRequest, seat: Seat, decisions: list[Any]) -> bool:
    until = decisions[0].appeal_until if decisions else None
    return bool(until and timezone.now() <= until and rules.may_appeal(request.user, seat))
