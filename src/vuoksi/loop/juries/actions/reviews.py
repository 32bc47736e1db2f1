"""Who is asked to judge what, and what they say."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import F

from vuoksi.base.audit.actions import action, nothing_to_do, record, save_if_unchanged
from vuoksi.base.notices.actions import tell
from vuoksi.base.people.models import User
from vuoksi.base.people.queries import people_who_steer
from vuoksi.base.people.rules import NotAllowed
from vuoksi.loop.juries import kinds, queries, rules
from vuoksi.loop.juries.models import (
    REVIEW_STATES,
    Conflict,
    Criterion,
    Panel,
    Placing,
    Review,
    Score,
)
from vuoksi.loop.juries.refusals import IN_CONFLICT, ReviewIncomplete


@action
def ask_reviews(*, panel: Panel, pairs: Iterable[tuple[int, int]], by: User, at: datetime) -> int:
    """Ask jurors to judge entries: pairs of their keys. Gives the number of new reviews; the jurors are told.

    A pair that was asked for before, or given up, stays as it is; one in conflict is left out.
    """
    panel = queries.held(panel)
    rules.check_ask(by, panel)
    seats = {seat.pk: seat for seat in panel.jurors.select_related("user")}
    known = set(queries.reviews_of(panel).values_list("juror_id", "entry_id"))
    barred = known | queries.conflicts_of(panel).keys()
    competing = set(queries.competing(panel).values_list("pk", flat=True))
    new = [
        pair
        for pair in dict.fromkeys(pairs)
        if pair not in barred and pair[0] in seats and pair[1] in competing
    ]
    if not new:
        nothing_to_do()
        return 0
    Review.objects.bulk_create(
        Review(juror_id=juror, entry_id=entry, asked_at=at, language=panel.language)
        for juror, entry in new
    )
    record(actor=by, verb="juries.ask_reviews", thing=panel, at=at, count=len(new))
    people = {seats[juror].user for juror, _entry in new}
    tell(people=people, kind=kinds.REVIEWS_ASKED, thing=panel, by=by, at=at)
    return len(new)


@action
def save_review(
    *,
    review: Review,
    scores: Mapping[int, int],
    to_author: str,
    to_jury: str,
    version: int,
    by: User,
    at: datetime,
) -> None:
    """Keep a review as far as it is; `scores` are points by criterion. One that was sent stays whole.

    Raises EditedMeanwhile, ReviewIncomplete.
    """
    _take_turn(review, by)
    if review.state == Review.State.SENT:
        _insist_on_whole(review, scores)
    _keep(review, scores, to_author, to_jury, version)
    record(actor=by, verb="juries.save_review", thing=review, at=at)


@action
def send_review(
    *,
    review: Review,
    scores: Mapping[int, int],
    to_author: str,
    to_jury: str,
    version: int,
    by: User,
    at: datetime,
) -> None:
    """Send a whole review; until scores are locked it can be changed and sent again.

    Raises ReviewIncomplete, EditedMeanwhile.
    """
    _take_turn(review, by)
    _insist_on_whole(review, scores)
    state = review.state
    if state != Review.State.SENT:
        state = REVIEW_STATES.target(state, "send")
    _keep(review, scores, to_author, to_jury, version, state=state, sent_at=at)
    record(actor=by, verb="juries.send_review", thing=review, at=at)


@action
def decline_review(*, review: Review, reason: str, by: User, at: datetime) -> None:
    """Say that one cannot judge this entry impartially; scores given so far do not count."""
    review.juror.panel = queries.held(review.juror.panel)
    rules.check_judge(by, review)
    state = REVIEW_STATES.target(review.state, "decline")
    save_if_unchanged(review, version=review.version, state=state)
    review.scores.all().delete()
    Conflict.objects.update_or_create(
        juror=review.juror, entry=review.entry, defaults={"reason": reason, "at": at}
    )
    record(actor=by, verb="juries.decline_review", thing=review, at=at)
    panel = review.juror.panel
    tell(people=people_who_steer(), kind=kinds.REVIEW_DECLINED, thing=panel, by=by, at=at)


@action
def set_aside_conflicts(*, panel: Panel, by: User, at: datetime) -> int:
    """Take out what was said by jurors with whom a conflict of interest has come up since; give its number.

    A juror may have joined an author's firm, or an author a juror's idea, after the ideas were shared out.
    """
    rules.check_steer_panel(by)
    panel = queries.held(panel)
    reviews, placings = queries.in_conflict(panel)
    is_standing = panel.state in (Panel.State.OPEN, Panel.State.LOCKED)
    if not is_standing or not (reviews or placings):
        nothing_to_do()
        return 0
    found = {(row.juror_id, row.entry_id): why for row, why in reviews.items()}
    found |= {(row.juror_id, row.entry_id): why for row, why in placings.items()}
    for (juror, entry), why in found.items():
        Conflict.objects.get_or_create(
            juror_id=juror, entry_id=entry, defaults={"found": why, "at": at}
        )
    Review.objects.filter(pk__in=[row.pk for row in reviews]).update(
        state=Review.State.DECLINED, version=F("version") + 1
    )
    Placing.objects.filter(pk__in=[row.pk for row in placings]).delete()
    count = len(reviews) + len(placings)
    record(actor=by, verb="juries.set_aside_conflicts", thing=panel, at=at, count=count)
    people = {row.juror.user for row in reviews} | {row.juror.user for row in placings}
    tell(people=people, kind=kinds.SET_ASIDE, thing=panel, by=by, at=at)
    return count


@action
def remind_jurors(*, panel: Panel, by: User | None, at: datetime) -> int:
    """Remind those from whom something is awaited; give their number. The clock (`by` nobody) reminds once."""
    if by is not None:
        rules.check_steer_panel(by)
    people = {seat.user for seat in queries.late_seats(panel)}
    if not people or panel.state != Panel.State.OPEN:
        nothing_to_do()
        return 0
    if by is None:
        Panel.objects.filter(pk=panel.pk).update(reminded_at=at)
    record(actor=by, verb="juries.remind_jurors", thing=panel, at=at, count=len(people))
    tell(people=people, kind=kinds.REVIEWS_DUE, thing=panel, by=by, at=at)
    return len(people)


def _take_turn(review: Review, by: User) -> None:
    """Insist that this person may judge now, whatever the page showed on which they began."""
    review.juror.panel = queries.held(review.juror.panel)
    rules.check_judge(by, review)
    if queries.conflicts_between([review.juror], [review.entry]):
        raise NotAllowed("juries.judge", IN_CONFLICT)


def _insist_on_whole(review: Review, scores: Mapping[int, int]) -> None:
    criteria = queries.criteria_of(review.juror.panel)
    missing = [criterion.pk for criterion in criteria if criterion.pk not in scores]
    if missing:
        raise ReviewIncomplete(missing)


def _keep(
    review: Review,
    scores: Mapping[int, int],
    to_author: str,
    to_jury: str,
    version: int,
    **changes: object,
) -> None:
    criteria = {row.pk: row for row in queries.criteria_of(review.juror.panel)}
    _check_points(criteria, scores)
    save_if_unchanged(review, version=version, to_author=to_author, to_jury=to_jury, **changes)
    review.scores.exclude(criterion__in=scores).delete()
    for criterion, value in scores.items():
        Score.objects.update_or_create(
            review=review, criterion=criteria[criterion], defaults={"value": value}
        )


def _check_points(criteria: Mapping[int, Criterion], scores: Mapping[int, int]) -> None:
    wrong = [
        key
        for key, value in scores.items()
        if key not in criteria or not 1 <= value <= len(queries.scale(criteria[key]))
    ]
    if wrong:
        raise ReviewIncomplete(wrong)
