"""Pages that everybody may read."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from vuoksi.base.lists.tables import respond
from vuoksi.base.people.rules import signed_in
from vuoksi.base.texts.models import Visibility
from vuoksi.base.texts.queries import attach
from vuoksi.loop.calls import queries, rules, tables
from vuoksi.loop.calls.downstream import offers_on, offers_on_call, steps_after
from vuoksi.loop.calls.engine import Stage
from vuoksi.loop.calls.forms import InviteForm
from vuoksi.loop.calls.models import Call, Entry
from vuoksi.loop.calls.views.doors import find_call, find_entry, hidden_entry, phase_steps


def calls(request: HttpRequest) -> HttpResponseBase:
    at = timezone.now()
    rows = queries.with_stage(queries.public_calls(request.user), at)
    # What one can do now first, then what closes or closed last.
    ordered = rows.order_by("stage_order", "-entries_close_at", "pk")
    context = {
        "may_write": rules.may_write_call(request.user),
        "may_answer_some": rules.may_see_waiting(request.user),
    }
    return respond(request, tables.calls_table(at), ordered, "calls/calls.html", context)


def call(request: HttpRequest, slug: str) -> HttpResponseBase:
    at = timezone.now()
    row = find_call(request, slug)
    attach([row])
    attach([row.goal] if row.goal is not None else [])
    context = {
        "call": row,
        **_standing(row, at),
        "questions": queries.questions_of(row),
        "categories": attach(row.categories.order_by("position")),
        "winners": tables.prepare_entries(list(queries.awarded_entries(row))),
        "may_enter": rules.may_enter(request.user, row),
        "may_enter_for": rules.may_enter_for(request.user, row),
        "may_write": rules.may_write_call(request.user, row),
        "may_answer_some": rules.may_see_waiting(request.user),
        "offers": offers_on_call(request.user, row),
        "rule_sets": queries.rules_of(row),
        "is_sealed": row.is_sealed and row.unsealed_at is None,
        "is_joint": row.partners.exists(),
    }
    return respond(
        request, tables.entries_table(row), queries.entries_of(row), "calls/call.html", context
    )


def awards(request: HttpRequest, slug: str) -> HttpResponse:
    """The awarded ideas of a call with the jury's words, made to be printed and hung up."""
    row = find_call(request, slug)
    attach([row])
    winners = attach(queries.awarded_entries(row))
    if not winners:
        raise Http404
    attach(list({one.category_id: one.category for one in winners if one.category}.values()))
    for one in winners:
        one.names = queries.names_of(one)  # type: ignore[attr-defined]  # for the template
    return render(request, "calls/awards.html", {"call": row, "winners": winners})


def entries(request: HttpRequest) -> HttpResponseBase:
    return respond(request, tables.entries_table(), queries.public_entries(), "calls/entries.html")


@login_required
def my_entries(request: HttpRequest) -> HttpResponseBase:
    mine = queries.entries_by(signed_in(request)).order_by("-edited_at", "pk")
    return respond(request, tables.my_entries_table(), mine, "calls/my_entries.html")


def entry(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    at = timezone.now()
    try:
        held = find_entry(request, slug, pk, at)
    except Http404:
        return _tombstone(request, hidden_entry(request, slug, pk))
    row, user = held.entry, request.user
    attach([row])
    attach([row.call])
    answer = queries.current_answer(row)
    may_invite = rules.may_invite(user, held)
    may_read_files = rules.may_read_files(user, held)
    responses = queries.responses_of(row)
    is_own = rules.may_edit_entry(user, held)
    context = {
        "entry": row,
        "call": row.call,
        "names": queries.names_of(row),
        "answer": attach([answer])[0] if answer is not None else None,
        "earlier_answers": attach(queries.earlier_answers(row)),
        "responses": responses,
        "hides_files": not may_read_files,
        "steps": steps_after([row])[row.pk],
        "offers": offers_on(user, row),
        "shares": _shares(row, answer is not None),
        "is_late": queries.is_late(row, at),
        "lacks": bool(queries.what_is_wrong(row))
        if is_own and row.state in rules.UNFINISHED
        else False,
        "is_public": row.state in rules.PUBLIC_ENTRIES and row.visibility == Visibility.SHOWN,
        "attachments": queries.other_files(row, responses) if may_read_files else [],
        "may_edit": is_own,
        "may_withdraw": rules.may_withdraw_entry(user, held),
        "may_answer": rules.may_answer(user, held),
        "may_invite": may_invite,
        "invite_form": InviteForm() if may_invite else None,
        "co_authors": list(row.co_authors.select_related("user")) if may_invite else [],
    }
    return render(request, "calls/entry.html", context)


def _shares(row: Entry, is_answered: bool) -> queries.Shares | None:
    """What the cities of a joint call decided, for everybody once the idea is answered."""
    if not is_answered or not row.call.partners.exists():
        return None
    return queries.shares_of(row.call, [row])[0]


def _tombstone(request: HttpRequest, row: Entry | None) -> HttpResponse:
    """Say in the place of a hidden idea when and why it was hidden."""
    if row is None:
        raise Http404
    context = {"entry": row, "call": attach([row.call])[0]}
    return render(request, "calls/hidden.html", context, status=410)


def _standing(row: Call, at: datetime) -> dict[str, Any]:
    """Say where the call stands: its stage, its phases as a timeline, how many ideas came."""
    windows = queries.windows_of(row)
    stage = queries.stage_of(row, windows, at)
    return {
        "stage": stage,
        "is_open": stage is Stage.OPEN,
        "steps": phase_steps(windows, at),
        "entry_count": queries.entry_counts([row])[row.pk],
    }
