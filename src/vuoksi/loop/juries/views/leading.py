"""From opening a panel to its conclusion, one button each."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from vuoksi.base.lists.statuses import status_of
from vuoksi.base.people.rules import NotAllowed, signed_in
from vuoksi.base.runs.actions import start
from vuoksi.base.texts.queries import attach
from vuoksi.loop.juries import actions, queries, rules
from vuoksi.loop.juries.forms import AwardsForm, ReasonForm
from vuoksi.loop.juries.models import Panel
from vuoksi.loop.juries.pictures import rows_of
from vuoksi.loop.juries.refusals import PanelNotReady, RankingOutdated
from vuoksi.loop.juries.views.doors import find_panel
from vuoksi.loop.juries.words import MISSING


@login_required
@require_POST
def open_panel(request: HttpRequest, pk: int) -> HttpResponse:
    panel = find_panel(request, pk)
    try:
        actions.open_panel(panel=panel, by=signed_in(request), at=timezone.now())
    except PanelNotReady as refusal:
        missing = ", ".join(str(MISSING[name]) for name in refusal.missing)
        messages.error(request, _("The panel still needs %(what)s.") % {"what": missing})
    else:
        messages.success(request, _("The panel is open and its rules stand."))
    return redirect(panel)


@login_required
@require_POST
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Divide the ideas among the jurors: long work with its own page."""
    panel = find_panel(request, pk)
    rules.check_ask(request.user, panel)
    _set_aside(request, panel)
    return _run(
        request, "juries.assign", {"panel": panel.pk, "problem": queries.assignment_problem(panel)}
    )


@login_required
@require_POST
def rank(request: HttpRequest, pk: int) -> HttpResponse:
    """Rank what has been sent so far."""
    panel = find_panel(request, pk)
    rules.check_steer_panel(request.user)
    rules.check_see_scores(request.user, panel)
    _set_aside(request, panel)
    problem = {
        "panel": panel.pk,
        "digest": queries.judged_digest(panel),
        "problem": queries.problem_of(panel),
    }
    return _run(request, "juries.rank", problem)


@login_required
@require_POST
def remind(request: HttpRequest, pk: int) -> HttpResponse:
    panel = find_panel(request, pk)
    count = actions.remind_jurors(panel=panel, by=signed_in(request), at=timezone.now())
    messages.success(request, _("Reminded: %(count)s.") % {"count": count})
    return redirect(panel)


@login_required
@require_POST
def lock(request: HttpRequest, pk: int) -> HttpResponse:
    return _move(
        request, pk, actions.lock_panel, _("The scores are locked. The panel sees them now.")
    )


@login_required
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Judge on after the lock, with a reason for all to read."""
    panel = find_panel(request, pk)
    rules.check_steer_panel(request.user)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.reopen_panel(
            panel=panel, by=signed_in(request), at=timezone.now(), **form.cleaned_data
        )
        messages.success(request, _("The panel judges again."))
        return redirect(panel)
    status = status_of(form)
    return render(request, "juries/reopen.html", {"panel": panel, "form": form}, status=status)


@login_required
def conclude(request: HttpRequest, pk: int) -> HttpResponse:
    """Say who wins, and publish the results."""
    panel = find_panel(request, pk)
    rules.check_steer_panel(request.user)
    ranking = queries.newest_ranking(panel)
    rows = rows_of(panel, ranking)
    entries = attach([row.entry for row in rows])
    form = AwardsForm(request.POST or None, entries=entries)
    if request.method == "POST" and form.is_valid():
        try:
            actions.conclude_panel(
                panel=panel,
                awards=form.awards(),
                citations=form.citations(),
                by=signed_in(request),
                at=timezone.now(),
            )
        except RankingOutdated:
            form.add_error(
                None,
                _(
                    "Compute the ranking first: scores or rules have changed since, or there is none yet."
                ),
            )
        except NotAllowed as refusal:
            form.add_error(None, str(refusal.reason))
        else:
            messages.success(request, _("The results are public, and every author has been told."))
            return redirect("juries:results", panel.call.slug)
    context = {"panel": panel, "form": form, "rows": rows}
    status = status_of(form)
    return render(request, "juries/conclude.html", context, status=status)


def _set_aside(request: HttpRequest, panel: Panel) -> None:
    """Take out what is in conflict before anything is made of the rest, and say so."""
    count = actions.set_aside_conflicts(panel=panel, by=signed_in(request), at=timezone.now())
    if count:
        words = ngettext(
            "%(count)s judgement was set aside: its juror has a conflict of interest since.",
            "%(count)s judgements were set aside: their jurors have a conflict of interest since.",
            count,
        )
        messages.warning(request, words % {"count": count})


def _run(request: HttpRequest, kind: str, problem: dict[str, object]) -> HttpResponse:
    run = start(kind=kind, problem=problem, owner=signed_in(request), at=timezone.now())
    return redirect("run", run.pk)


def _move(request: HttpRequest, pk: int, move: Callable[..., None], words: str) -> HttpResponse:
    panel: Panel = find_panel(request, pk)
    move(panel=panel, by=signed_in(request), at=timezone.now())
    messages.success(request, words)
    return redirect(panel)
