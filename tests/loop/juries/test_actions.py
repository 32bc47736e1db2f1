"""Panels from draft to conclusion: what stands, what a change opens, who is asked and who is told."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories.calls import NOW, CoAuthorFactory, EntryFactory
from tests.factories.organisations import OrganisationFactory
from tests.factories.panels import JurorFactory, PanelFactory, ReviewFactory
from vuoksi.base.audit.actions import EditedMeanwhile
from vuoksi.base.notices.models import Notice
from vuoksi.base.organisations.models import Membership
from vuoksi.base.people.rules import NotAllowed
from vuoksi.base.runs.actions import start
from vuoksi.lib.transitions import NotPossible
from vuoksi.loop.juries import actions, queries
from vuoksi.loop.juries.actions import CriterionWords
from vuoksi.loop.juries.models import Review
from vuoksi.loop.juries.refusals import (
    OrderIncomplete,
    PanelNotReady,
    RankingOutdated,
    ReviewIncomplete,
    StillUsed,
)

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=8)


def opened(panel, by):
    actions.open_panel(panel=panel, by=by, at=LATER)
    return panel


def assigned(panel, by, django_capture_on_commit_callbacks):
    problem = {"panel": panel.pk, "problem": queries.assignment_problem(panel)}
    with django_capture_on_commit_callbacks(execute=True):
        return start(kind="juries.assign", problem=problem, owner=by, at=LATER)


def ranked(panel, by, django_capture_on_commit_callbacks):
    problem = {
        "panel": panel.pk,
        "digest": queries.judged_digest(panel),
        "problem": queries.problem_of(panel),
    }
    with django_capture_on_commit_callbacks(execute=True):
        run = start(kind="juries.rank", problem=problem, owner=by, at=LATER)
    run.refresh_from_db()
    assert run.error == ""
    return queries.newest_ranking(panel)


def judge(review, *points, send=True):
    review.refresh_from_db()
    criteria = queries.criteria_of(review.juror.panel)
    act = actions.send_review if send else actions.save_review
    act(
        review=review,
        scores={row.pk: value for row, value in zip(criteria, points, strict=False)},
        to_author="Good start.",
        to_jury="",
        version=review.version,
        by=review.juror.user,
        at=LATER,
    )


def words_of(panel, **changes):
    return [
        CriterionWords(
            **{
                "label": row.label,
                "anchors": row.anchors,
                "weight": row.weight,
                "hint": row.hint,
                "number": row.pk,
            }
            | changes
        )
        for row in queries.criteria_of(panel)
    ]


@pytest.mark.parametrize(
    ("lacks", "missing"),
    [("criteria", ["criteria"]), ("jurors", ["jurors"]), ("entries", ["entries"])],
)
def test_a_panel_opens_only_when_it_lacks_nothing(ready, coordinator, lacks, missing):
    rows = {"criteria": ready.criteria, "jurors": ready.jurors, "entries": ready.call.entries}
    rows[lacks].all().delete()
    with pytest.raises(PanelNotReady) as refusal:
        actions.open_panel(panel=ready, by=coordinator, at=LATER)
    assert refusal.value.missing == missing


def test_finalists_are_two_to_fourteen(coordinator):
    panel = PanelFactory(way="ranks")
    JurorFactory.create_batch(2, panel=panel)
    panel.entries.set(EntryFactory.create_batch(15, call=panel.call))
    assert queries.missing_before_opening(panel, LATER) == ["finalists"]
    panel.entries.set(panel.entries.all()[:14])
    assert queries.missing_before_opening(panel, LATER) == []


def test_opening_freezes_the_rules_and_takes_all_ideas(ready, coordinator):
    rule_set = actions.open_panel(panel=ready, by=coordinator, at=LATER)
    assert (rule_set.number, rule_set.reason) == (1, "")
    assert ready.entries.count() == 3
    with pytest.raises(NotAllowed):
        actions.edit_panel(panel=ready, version=ready.version, by=coordinator, at=LATER, places=2)
    with pytest.raises(NotAllowed):
        actions.set_criteria(
            panel=ready, criteria=[], version=ready.version, by=coordinator, at=LATER
        )


def test_weights_change_the_counting_and_open_no_review(ready, coordinator):
    opened(ready, coordinator)
    review = ReviewFactory(juror=ready.jurors.first(), entry=ready.entries.first())
    judge(review, 4, 3)
    rule_set = actions.change_rules(
        panel=ready,
        criteria=words_of(ready, weight=5),
        places=2,
        reason="Use matters more.",
        version=ready.version,
        by=coordinator,
        at=LATER,
    )
    review.refresh_from_db()
    assert (rule_set.number, rule_set.reopened, review.state) == (2, 0, Review.State.SENT)
    assert rule_set.digest != queries.rule_sets_of(ready)[1].digest


def test_a_criterion_that_changes_its_meaning_opens_every_review(ready, coordinator):
    opened(ready, coordinator)
    review = ReviewFactory(juror=ready.jurors.first(), entry=ready.entries.first())
    judge(review, 4, 3)
    actions.lock_panel(panel=ready, by=coordinator, at=LATER)
    words = words_of(ready)
    words[0] = CriterionWords("Use to children", words[0].anchors, 2, "", words[0].number)
    rule_set = actions.change_rules(
        panel=ready,
        criteria=words,
        places=1,
        reason="The goal is children.",
        version=ready.version,
        by=coordinator,
        at=LATER,
    )
    review.refresh_from_db()
    assert (rule_set.reopened, review.state, ready.state) == (1, Review.State.ASKED, "open")
    # The other criterion's score stays for the juror to build on.
    assert [score.value for score in review.scores.all()] == [3]


def test_the_same_rules_are_no_change(ready, coordinator):
    opened(ready, coordinator)
    actions.change_rules(
        panel=ready,
        criteria=words_of(ready),
        places=1,
        reason="No reason.",
        version=ready.version,
        by=coordinator,
        at=LATER,
    )
    assert ready.rule_sets.count() == 1


def test_two_coordinators_are_told_of_each_other(ready, coordinator):
    version = ready.version
    actions.edit_panel(panel=ready, version=version, by=coordinator, at=LATER, places=2)
    with pytest.raises(EditedMeanwhile):
        actions.edit_panel(panel=ready, version=version, by=coordinator, at=LATER, places=3)


def test_ideas_are_divided_and_conflicts_kept_apart(
    ready, coordinator, django_capture_on_commit_callbacks
):
    seats = list(ready.jurors.all())
    one, two, three = ready.call.entries.order_by("pk")
    CoAuthorFactory(entry=one, user=seats[0].user, accepted_at=NOW)
    firm = OrganisationFactory(kind="company")
    for person in (seats[1].user, two.author):
        Membership.objects.create(organisation=firm, user=person, since=NOW)
    together = EntryFactory(author=three.author)
    CoAuthorFactory(entry=together, user=seats[2].user, accepted_at=NOW)
    opened(ready, coordinator)
    assigned(ready, coordinator, django_capture_on_commit_callbacks)
    pairs = set(queries.reviews_of(ready).values_list("juror_id", "entry_id"))
    assert pairs == {
        (seats[1].pk, one.pk),
        (seats[2].pk, one.pk),
        (seats[0].pk, two.pk),
        (seats[2].pk, two.pk),
        (seats[0].pk, three.pk),
        (seats[1].pk, three.pk),
    }
    told = Notice.objects.filter(kind="juries.reviews_asked").values_list("user", flat=True)
    assert set(told) == {seat.user_id for seat in seats}


def test_only_a_coordinator_asks_for_reviews(ready, coordinator):
    opened(ready, coordinator)
    seat = ready.jurors.first()
    pair = (seat.pk, ready.entries.first().pk)
    with pytest.raises(NotAllowed):
        actions.ask_reviews(panel=ready, pairs=[pair], by=seat.user, at=LATER)
    assert actions.ask_reviews(panel=ready, pairs=[pair], by=coordinator, at=LATER) == 1
    assert actions.ask_reviews(panel=ready, pairs=[pair], by=coordinator, at=LATER) == 0


def test_a_declined_idea_goes_to_somebody_else(
    ready, coordinator, django_capture_on_commit_callbacks
):
    opened(ready, coordinator)
    assigned(ready, coordinator, django_capture_on_commit_callbacks)
    review = queries.reviews_of(ready).first()
    judge(review, 5, 5)
    review.refresh_from_db()
    actions.decline_review(
        review=review, reason="My sister wrote it.", by=review.juror.user, at=LATER
    )
    assert review.scores.count() == 0
    assigned(ready, coordinator, django_capture_on_commit_callbacks)
    living = queries.reviews_of(ready).filter(entry=review.entry).exclude(state="declined")
    assert living.count() == 2
    assert not living.filter(juror=review.juror).exists()


def test_a_review_is_sent_whole_and_changed_until_the_lock(ready, coordinator):
    opened(ready, coordinator)
    review = ReviewFactory(juror=ready.jurors.first(), entry=ready.entries.first())
    judge(review, 4, send=False)
    with pytest.raises(ReviewIncomplete) as refusal:
        judge(review, 4)
    assert refusal.value.criteria == [queries.criteria_of(ready)[1].pk]
    with pytest.raises(ReviewIncomplete):
        judge(review, 4, 6)
    judge(review, 4, 5)
    judge(review, 1, 2)
    review.refresh_from_db()
    assert sorted(score.value for score in review.scores.all()) == [1, 2]
    actions.lock_panel(panel=ready, by=coordinator, at=LATER)
    with pytest.raises(NotAllowed):
        judge(Review.objects.get(pk=review.pk), 5, 5)


def test_late_jurors_are_reminded(ready, coordinator):
    opened(ready, coordinator)
    first, second, _third = ready.jurors.all()
    judge(ReviewFactory(juror=first, entry=ready.entries.first()), 4, 4)
    ReviewFactory(juror=second, entry=ready.entries.first())
    assert actions.remind_jurors(panel=ready, by=coordinator, at=LATER) == 1
    told = Notice.objects.filter(kind="juries.reviews_due")
    assert [notice.user_id for notice in told] == [second.user_id]


def test_a_juror_who_has_judged_keeps_the_seat(ready, coordinator):
    opened(ready, coordinator)
    first, second, _third = ready.jurors.all()
    judge(ReviewFactory(juror=first, entry=ready.entries.first()), 4, 4)
    with pytest.raises(StillUsed):
        actions.remove_juror(juror=first, by=coordinator, at=LATER, reason="Too strict.")
    actions.remove_juror(juror=second, by=coordinator, at=LATER, reason="Moved away.")
    assert ready.jurors.count() == 2


def test_the_ranking_finds_the_best_and_the_authors_hear(
    ready, coordinator, django_capture_on_commit_callbacks
):
    opened(ready, coordinator)
    entries = list(ready.entries.order_by("pk"))
    for seat in ready.jurors.all():
        for entry, points in zip(entries, (5, 3, 1), strict=True):
            judge(ReviewFactory(juror=seat, entry=entry), points, points)
    actions.lock_panel(panel=ready, by=coordinator, at=LATER)
    with pytest.raises(RankingOutdated):
        actions.conclude_panel(panel=ready, awards={}, by=coordinator, at=LATER)
    ranking = ranked(ready, coordinator, django_capture_on_commit_callbacks)
    assert [one["entry"] for one in ranking.result["standings"]] == [f"e{e.pk}" for e in entries]
    actions.conclude_panel(
        panel=ready, awards={entries[0]: "First prize"}, by=coordinator, at=LATER
    )
    entries[0].refresh_from_db()
    assert entries[0].award == "First prize"
    told = Notice.objects.filter(kind="juries.entry_judged").values_list("user", flat=True)
    assert set(told) == {entry.author_id for entry in entries}
    (said,) = queries.feedback_on(entries[1])
    assert [mean for _criterion, mean, _points in said.points] == [3, 3]


def test_scores_after_the_ranking_make_it_outdated(
    ready, coordinator, django_capture_on_commit_callbacks
):
    opened(ready, coordinator)
    reviews = [
        ReviewFactory(juror=seat, entry=ready.entries.first()) for seat in ready.jurors.all()
    ]
    for review in reviews:
        judge(review, 4, 4)
    actions.lock_panel(panel=ready, by=coordinator, at=LATER)
    ranked(ready, coordinator, django_capture_on_commit_callbacks)
    actions.reopen_panel(panel=ready, reason="A review was forgotten.", by=coordinator, at=LATER)
    assert ready.rule_sets.count() == 2
    judge(Review.objects.get(pk=reviews[0].pk), 1, 1)
    actions.lock_panel(panel=ready, by=coordinator, at=LATER)
    with pytest.raises(RankingOutdated):
        actions.conclude_panel(panel=ready, awards={}, by=coordinator, at=LATER)


def test_a_jury_puts_finalists_in_an_order(coordinator, django_capture_on_commit_callbacks):
    panel = PanelFactory(way="ranks")
    seats = JurorFactory.create_batch(3, panel=panel)
    entries = EntryFactory.create_batch(3, call=panel.call)
    actions.choose_finalists(panel=panel, entries=entries, by=coordinator, at=LATER)
    opened(panel, coordinator)
    keys = [entry.pk for entry in entries]
    with pytest.raises(OrderIncomplete):
        actions.place_finalists(panel=panel, order=keys[:2], by=seats[0].user, at=LATER)
    with pytest.raises(OrderIncomplete):
        actions.place_finalists(
            panel=panel, order=[keys[0], keys[0], keys[1]], by=seats[0].user, at=LATER
        )
    for seat in seats:
        actions.place_finalists(panel=panel, order=keys, by=seat.user, at=LATER)
    actions.place_finalists(panel=panel, order=keys[::-1], by=seats[0].user, at=LATER)
    with pytest.raises(NotAllowed):
        actions.place_finalists(panel=panel, order=keys, by=coordinator, at=LATER)
    actions.lock_panel(panel=panel, by=coordinator, at=LATER)
    ranking = ranked(panel, coordinator, django_capture_on_commit_callbacks)
    found = [one["finalist"] for one in ranking.result["standings"]]
    assert found == [f"e{key}" for key in keys]


def test_a_concluded_panel_stands(ready, coordinator, django_capture_on_commit_callbacks):
    opened(ready, coordinator)
    for seat in ready.jurors.all():
        judge(ReviewFactory(juror=seat, entry=ready.entries.first()), 4, 4)
    actions.lock_panel(panel=ready, by=coordinator, at=LATER)
    ranked(ready, coordinator, django_capture_on_commit_callbacks)
    actions.conclude_panel(panel=ready, awards={}, by=coordinator, at=timezone.now())
    with pytest.raises(NotPossible):
        actions.reopen_panel(panel=ready, reason="Why not.", by=coordinator, at=LATER)
    with pytest.raises(NotAllowed):
        actions.change_rules(
            panel=ready,
            criteria=[],
            places=1,
            reason="Why not.",
            version=ready.version,
            by=coordinator,
            at=LATER,
        )
