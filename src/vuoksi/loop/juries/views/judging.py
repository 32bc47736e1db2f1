"""What a juror does: judge, give up for a conflict of interest, put finalists in order, discuss."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from vuoksi.base.audit.actions import EditedMeanwhile
from vuoksi.base.lists.statuses import status_of
from vuoksi.base.people.rules import signed_in
from vuoksi.base.texts.queries import attach
from vuoksi.loop.calls.queries import names_of, other_files, responses_of
from vuoksi.loop.juries import actions, queries, rules
from vuoksi.loop.juries.forms import (
    DeclineForm,
    OrderForm,
    RemarkForm,
    ReviewForm,
    review_initial,
)
from vuoksi.loop.juries.models import Review
from vuoksi.loop.juries.pictures import entry_row
from vuoksi.loop.juries.refusals import IN_CONFLICT, ReviewIncomplete
from vuoksi.loop.juries.views.doors import find_panel, find_review, whole_entry


@login_required
def my_panels(request: HttpRequest) -> HttpResponse:
    """Panels on which this person sits."""
    panels = attach(queries.panels_for(signed_in(request)))
    attach([panel.call for panel in panels])
    return render(request, "juries/my_panels.html", {"panels": panels})


@login_required
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Judge one idea: keep what there is, or send the whole."""
    row = find_review(request, pk)
    rules.check_judge(request.user, row)
    panel = row.juror.panel
    is_barred = bool(queries.conflicts_between([row.juror], [row.entry]))
    if is_barred:
        return render(request, "juries/barred.html", {"panel": panel, "why": IN_CONFLICT})
    criteria = attach(queries.criteria_of(panel))
    form = ReviewForm(request.POST or None, initial=review_initial(row), criteria=criteria)
    if request.method == "POST" and form.is_valid() and _keep(request, row, form):
        return redirect(panel)
    entry = whole_entry(row.entry_id)
    responses = responses_of(entry)
    context = {
        "review": row,
        "panel": panel,
        "entry": entry,
        "names": [] if panel.is_blind else names_of(entry),
        "responses": responses,
        # A file may name its author.
        "hides_files": panel.is_blind,
        "attachments": [] if panel.is_blind else other_files(entry, responses),
        "form": form,
        "is_late": queries.is_late(panel, timezone.now()),
    }
    status = status_of(form)
    return render(request, "juries/review.html", context, status=status)


def _keep(request: HttpRequest, row: Review, form: ReviewForm) -> bool:
    """Keep or send what was typed; what is wrong is said at its field."""
    is_sending = request.POST.get("do") == "send"
    act = actions.send_review if is_sending else actions.save_review
    try:
        act(
            review=row,
            scores=form.scores(),
            version=form.cleaned_data["version"],
            by=signed_in(request),
            at=timezone.now(),
            **form.words(),
        )
    except ReviewIncomplete as refusal:
        form.ask_for(refusal.criteria)
        return False
    except EditedMeanwhile:
        form.add_error(
            None,
            _(
                "This review was changed in another window, or the panel's rules were changed. Copy your text, then open the page again."
            ),
        )
        return False
    words = (
        _("Sent. You can change it until the scores are locked.")
        if is_sending or row.state == Review.State.SENT
        else _("Kept. It is not sent yet.")
    )
    messages.success(request, words)
    return True


@login_required
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that one cannot judge this idea impartially."""
    row = find_review(request, pk)
    rules.check_judge(request.user, row)
    form = DeclineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.decline_review(
            review=row, by=signed_in(request), at=timezone.now(), **form.cleaned_data
        )
        messages.success(request, _("Thank you. Somebody else will judge this idea."))
        return redirect(row.juror.panel)
    context = {"review": row, "panel": row.juror.panel, "form": form}
    status = status_of(form)
    return render(request, "juries/decline.html", context, status=status)


@login_required
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the finalists in an order."""
    panel = find_panel(request, pk)
    rules.check_place(request.user, panel)
    seat = get_object_or_404(panel.jurors.select_related("panel"), user=signed_in(request))
    entries = attach(queries.finalists_for(seat))
    mine = queries.placings_of(panel).filter(juror__user=signed_in(request))
    initial = {f"entry-{row.entry_id}": row.place for row in mine}
    form = OrderForm(request.POST or None, initial=initial, entries=entries)
    if request.method == "POST" and form.is_valid():
        actions.place_finalists(
            panel=panel, order=form.order(), by=signed_in(request), at=timezone.now()
        )
        messages.success(request, _("Your order was sent. You can change it until it is locked."))
        return redirect(panel)
    context = {
        "panel": panel,
        "form": form,
        "entries": entries,
        "left_out": queries.competing(panel).count() - len(entries),
    }
    status = status_of(form)
    return render(request, "juries/order.html", context, status=status)


@login_required
def discuss(request: HttpRequest, pk: int, entry: int) -> HttpResponse:
    """All that the panel knows of one idea, and its discussion once the scores are locked."""
    panel = find_panel(request, pk)
    rules.check_see_scores(request.user, panel)
    row = get_object_or_404(queries.finalists(panel), pk=entry)
    case = rules.Case(panel, row)
    rules.check_discuss(request.user, case)
    attach([row])
    may_remark = rules.may_remark(request.user, case)
    form = RemarkForm(request.POST or None) if may_remark else None
    if request.method == "POST":
        rules.check_remark(request.user, case)
        if form is not None and form.is_valid():
            actions.make_remark(
                panel=panel,
                entry=row,
                by=signed_in(request),
                at=timezone.now(),
                **form.cleaned_data,
            )
            return redirect("juries:discuss", panel.pk, row.pk)
    criteria = attach(queries.criteria_of(panel))
    reviews = list(queries.reviews_of(panel).filter(entry=row, state=Review.State.SENT))
    context = {
        "panel": panel,
        "entry": row,
        "criteria": criteria,
        "reviews": [_scores(one, [c.pk for c in criteria]) for one in reviews],
        "standing": entry_row(panel, queries.newest_ranking(panel), row),
        "remarks": queries.remarks_on(panel, row),
        "form": form,
    }
    status = status_of(form)
    return render(request, "juries/discuss.html", context, status=status)


def _scores(review: Review, criteria: list[int]) -> tuple[Review, list[int | None]]:
    given = {score.criterion_id: score.value for score in review.scores.all()}
    return review, [given.get(key) for key in criteria]
