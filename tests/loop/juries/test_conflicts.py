"""Conflicts of interest that come up late, what is no longer judged, and pages that were open meanwhile."""

from datetime import timedelta

import pytest

from tests.factories.calls import NOW, CallFactory, CoAuthorFactory, EntryFactory
from tests.factories.organisations import OrganisationFactory
from tests.factories.panels import CriterionFactory, JurorFactory, PanelFactory, ReviewFactory
from tests.factories.people import UserFactory
from tests.loop.juries.test_actions import LATER, assigned, judge, opened, ranked, words_of
from vuoksi.base.audit.actions import EditedMeanwhile
from vuoksi.base.notices.models import Notice
from vuoksi.base.organisations.models import Membership
from vuoksi.base.people.rules import NotAllowed
from vuoksi.base.search import queries as queries_of_search
from vuoksi.base.search.actions import refresh_index
from vuoksi.loop.calls.actions import refresh_compared
from vuoksi.loop.calls.queries import Draft, similar_to
from vuoksi.loop.calls.rules import Held, may_comment
from vuoksi.loop.juries import actions, queries
from vuoksi.loop.juries.models import Conflict, Panel, Review
from vuoksi.loop.juries.refusals import (
    OrderIncomplete,
    PanelNotReady,
    RankingOutdated,
    ReviewIncomplete,
    RulesFrozen,
)

pytestmark = pytest.mark.django_db


def become_colleagues(*people):
    firm = OrganisationFactory(kind="company")
    for person in people:
        Membership.objects.create(organisation=firm, user=person, since=NOW)


def join(entry, person):
    CoAuthorFactory(entry=entry, user=person, accepted_at=NOW)


def write_elsewhere(person, author):
    join(EntryFactory(author=author), person)


def own_address(person, entry):
    entry.author, entry.author_email = None, person.email
    entry.save()


TIES = {
    "organisation": lambda person, entry: become_colleagues(person, entry.author),
    "author": lambda person, entry: join(entry, person),
    "co_author": lambda person, entry: write_elsewhere(person, entry.author),
    "address": own_address,
}


@pytest.mark.parametrize("tie", TIES)
def test_a_tie_that_comes_up_later_bars_the_judge(ready, coordinator, tie):
    opened(ready, coordinator)
    review = ReviewFactory(juror=ready.jurors.first(), entry=ready.entries.first())
    judge(review, 3, 3)
    TIES[tie](review.juror.user, review.entry)
    with pytest.raises(NotAllowed):
        judge(Review.objects.get(pk=review.pk), 5, 5)


@pytest.mark.parametrize("tie", TIES)
def test_what_was_said_before_a_tie_came_up_is_set_aside(
    ready, coordinator, tie, django_capture_on_commit_callbacks
):
    opened(ready, coordinator)
    best, other = ready.entries.order_by("pk")[:2]
    for seat in ready.jurors.all():
        judge(ReviewFactory(juror=seat, entry=best), 3, 3)
        judge(ReviewFactory(juror=seat, entry=other), 2, 2)
    seat = ready.jurors.order_by("pk").first()
    TIES[tie](seat.user, best)
    assert actions.set_aside_conflicts(panel=ready, by=coordinator, at=LATER) == 1
    assert actions.set_aside_conflicts(panel=ready, by=coordinator, at=LATER) == 0
    found = "author" if tie == "address" else tie
    kept = Conflict.objects.values_list("juror", "entry", "found", "reason")
    assert list(kept) == [(seat.pk, best.pk, found, "")]
    told = Notice.objects.filter(kind="juries.set_aside").values_list("user", flat=True)
    assert list(told) == [seat.user_id]
    scores = queries.problem_of(ready)["scores"]
    pairs = {(row["reviewer"], row["entry"]) for row in scores}
    assert len(pairs) == 5
    assert (f"j{seat.pk}", f"e{best.pk}") not in pairs
    # The rest can be shared out again, to somebody else.
    assigned(ready, coordinator, django_capture_on_commit_callbacks)
    assert not queries.reviews_of(ready).filter(juror=seat, entry=best, state="asked").exists()


def test_a_lock_sets_conflicts_aside_and_a_late_one_stops_the_results(
    ready, coordinator, django_capture_on_commit_callbacks
):
    opened(ready, coordinator)
    one, two = ready.entries.order_by("pk")[:2]
    for seat in ready.jurors.all():
        judge(ReviewFactory(juror=seat, entry=one), 4, 4)
        judge(ReviewFactory(juror=seat, entry=two), 2, 2)
    first, second, _third = ready.jurors.order_by("pk")
    join(one, first.user)
    actions.lock_panel(panel=ready, by=coordinator, at=LATER)
    assert queries.progress_of(ready).declined == 1
    ranked(ready, coordinator, django_capture_on_commit_callbacks)
    join(one, second.user)
    with pytest.raises(RankingOutdated):
        actions.conclude_panel(panel=ready, awards={}, by=coordinator, at=LATER)
    assert actions.set_aside_conflicts(panel=ready, by=coordinator, at=LATER) == 1
    ranked(ready, coordinator, django_capture_on_commit_callbacks)
    actions.conclude_panel(panel=ready, awards={}, by=coordinator, at=LATER)
    assert Panel.objects.get().state == "concluded"
    # A concluded panel stands as it is.
    join(two, second.user)
    assert actions.set_aside_conflicts(panel=ready, by=coordinator, at=LATER) == 0


@pytest.fixture
def jury(coordinator):
    """An open jury of three members and three finalists; the first member wrote the first finalist."""
    panel = PanelFactory(way="ranks")
    seats = JurorFactory.create_batch(3, panel=panel)
    entries = [EntryFactory(call=panel.call, author=seats[0].user)]
    entries += EntryFactory.create_batch(2, call=panel.call)
    actions.choose_finalists(panel=panel, entries=entries, by=coordinator, at=LATER)
    return opened(panel, coordinator)


def place(panel, seat, order):
    keys = [entry.pk for entry in order]
    actions.place_finalists(panel=panel, order=keys, by=seat.user, at=LATER)


def test_nobody_gives_their_own_finalist_a_place(jury, client):
    author, other, _third = jury.jurors.order_by("pk")
    entries = list(jury.entries.order_by("pk"))
    with pytest.raises(OrderIncomplete):
        place(jury, author, entries)
    place(jury, author, entries[1:])
    place(jury, other, entries)
    ballots = {row["member"]: row["order"] for row in queries.problem_of(jury)["ballots"]}
    assert ballots == {
        f"j{author.pk}": [f"e{row.pk}" for row in entries[1:]],
        f"j{other.pk}": [f"e{row.pk}" for row in entries],
    }
    client.force_login(author.user)
    page = client.get(f"/panels/{jury.pk}/order/").content.decode()
    assert "1 finalist is not among these" in page
    assert [f'name="entry-{row.pk}"' in page for row in entries] == [False, True, True]


def test_a_juror_in_conflict_with_every_finalist_is_not_awaited(jury, coordinator, client):
    seat, second, third = jury.jurors.order_by("pk")
    for entry in jury.entries.exclude(author=seat.user):
        join(entry, seat.user)
    assert queries.idle_seats(jury) == {seat.pk}
    assert queries.late_seats(jury) == [second, third]
    assert actions.remind_jurors(panel=jury, by=coordinator, at=LATER) == 2
    words = "conflict of interest with every finalist, so there is nothing for you to do here"
    client.force_login(seat.user)
    for address in (f"/panels/{jury.pk}/", f"/panels/{jury.pk}/order/"):
        page = client.get(address).content.decode()
        assert (words in page, "Put the finalists in an order</a>" in page) == (True, False)
    client.force_login(coordinator)
    page = client.get(f"/panels/{jury.pk}/").content.decode()
    assert page.count("nothing to do: in conflict with every finalist") == 1
    assert page.count(">awaited<") == 2


def test_experts_are_awaited_by_their_reviews_alone(ready, coordinator):
    opened(ready, coordinator)
    assert (queries.idle_seats(ready), queries.late_seats(ready)) == (set(), [])


def test_an_order_loses_the_place_of_a_finalist_that_a_juror_has_joined(jury, coordinator):
    seat = jury.jurors.order_by("pk").last()
    entries = list(jury.entries.order_by("pk"))
    place(jury, seat, entries)
    join(entries[1], seat.user)
    actions.lock_panel(panel=jury, by=coordinator, at=LATER)
    (ballot,) = queries.problem_of(jury)["ballots"]
    assert ballot["order"] == [f"e{entries[0].pk}", f"e{entries[2].pk}"]


def test_what_is_withdrawn_is_ranked_no_more(
    ready, coordinator, django_capture_on_commit_callbacks
):
    opened(ready, coordinator)
    entries = list(ready.entries.order_by("pk"))
    for seat in ready.jurors.all():
        for entry, points in zip(entries, (5, 3, 1), strict=True):
            judge(ReviewFactory(juror=seat, entry=entry), points, points)
    actions.lock_panel(panel=ready, by=coordinator, at=LATER)
    ranked(ready, coordinator, django_capture_on_commit_callbacks)
    entries[0].state = "withdrawn"
    entries[0].save()
    with pytest.raises(RankingOutdated):
        actions.conclude_panel(panel=ready, awards={}, by=coordinator, at=LATER)
    ranking = ranked(ready, coordinator, django_capture_on_commit_callbacks)
    ranks = [one["entry"] for one in ranking.result["standings"]]
    assert ranks == [f"e{entry.pk}" for entry in entries[1:]]
    actions.conclude_panel(panel=ready, awards={}, by=coordinator, at=LATER)
    told = Notice.objects.filter(kind="juries.entry_judged").values_list("user", flat=True)
    assert set(told) == {entry.author_id for entry in entries[1:]}


def test_a_panel_waits_for_the_end_of_sending(ready, coordinator):
    with pytest.raises(PanelNotReady) as refusal:
        actions.open_panel(panel=ready, by=coordinator, at=NOW)
    assert refusal.value.missing == ["sending"]


def test_a_review_that_was_sent_stays_whole(ready, coordinator):
    opened(ready, coordinator)
    review = ReviewFactory(juror=ready.jurors.first(), entry=ready.entries.first())
    judge(review, 4, 3)
    with pytest.raises(ReviewIncomplete):
        judge(review, 5, send=False)
    judge(review, 5, 5, send=False)
    review.refresh_from_db()
    assert review.state == Review.State.SENT
    assert sorted(score.value for score in review.scores.all()) == [5, 5]


def test_a_page_from_before_the_lock_is_refused(ready, coordinator):
    """Two requests at once: what counts is the panel as it is, not as the page showed it."""
    opened(ready, coordinator)
    review = ReviewFactory(juror=ready.jurors.first(), entry=ready.entries.first())
    stale = Review.objects.select_related("juror__panel", "juror__user", "entry").get(pk=review.pk)
    actions.lock_panel(panel=ready, by=coordinator, at=LATER)
    assert stale.juror.panel.state == "open"
    scores = {row.pk: 5 for row in queries.criteria_of(ready)}
    for act in (actions.save_review, actions.send_review):
        with pytest.raises(NotAllowed):
            act(
                review=stale, scores=scores, to_author="", to_jury="", version=stale.version,
                by=stale.juror.user, at=LATER,
            )  # fmt: skip
        stale.juror.panel.state = "open"
    with pytest.raises(NotAllowed):
        actions.decline_review(review=stale, reason="Late.", by=stale.juror.user, at=LATER)
    assert review.scores.count() == 0


def test_an_order_from_before_the_lock_is_refused(jury, coordinator):
    stale = Panel.objects.get(pk=jury.pk)
    actions.lock_panel(panel=jury, by=coordinator, at=LATER)
    seat = jury.jurors.order_by("pk").last()
    with pytest.raises(NotAllowed):
        place(stale, seat, list(jury.entries.all()))


def test_a_page_that_shows_former_rules_cannot_be_sent(ready, coordinator):
    opened(ready, coordinator)
    review = ReviewFactory(juror=ready.jurors.first(), entry=ready.entries.first())
    stale = Review.objects.get(pk=review.pk)
    words = words_of(ready)
    words[0] = actions.CriterionWords("Use to all", words[0].anchors, 2, "", words[0].number)
    actions.change_rules(
        panel=ready, criteria=words, places=1, reason="For all.", version=ready.version,
        by=coordinator, at=LATER,
    )  # fmt: skip
    scores = {row.pk: 5 for row in queries.criteria_of(ready)}
    with pytest.raises(EditedMeanwhile):
        actions.send_review(
            review=stale, scores=scores, to_author="", to_jury="", version=stale.version,
            by=stale.juror.user, at=LATER,
        )  # fmt: skip


def test_who_judges_stands_among_the_rules(ready, coordinator):
    opened(ready, coordinator)
    first = queries.current_rules(ready)
    newcomer = UserFactory()
    with pytest.raises(RulesFrozen):
        actions.add_juror(panel=ready, user=newcomer, by=coordinator, at=LATER)
    seat = actions.add_juror(
        panel=ready, user=newcomer, by=coordinator, at=LATER, reason="One fell ill."
    )
    changed = queries.current_rules(ready)
    assert (changed.number, changed.reason) == (2, "One fell ill.")
    assert changed.digest != first.digest
    # What is known of somebody who has a seat is no rule.
    actions.add_juror(panel=ready, user=newcomer, by=coordinator, at=LATER, expertise="swimming")
    assert ready.rule_sets.count() == 2
    with pytest.raises(RulesFrozen):
        actions.remove_juror(juror=seat, by=coordinator, at=LATER)
    actions.remove_juror(juror=seat, by=coordinator, at=LATER, reason="Well again.")
    assert queries.current_rules(ready).digest == first.digest
    actions.lock_panel(panel=ready, by=coordinator, at=LATER)
    with pytest.raises(NotAllowed):
        actions.add_juror(panel=ready, user=newcomer, by=coordinator, at=LATER, reason="Late.")
    with pytest.raises(NotAllowed):
        actions.remove_juror(
            juror=ready.jurors.first(), by=coordinator, at=LATER, reason="Too strict."
        )


def test_seats_of_an_open_panel_are_given_and_taken_on_pages(client, ready, coordinator):
    opened(ready, coordinator)
    client.force_login(coordinator)
    person = UserFactory()
    sent = {"email": person.email, "languages": ["fi"], "most_reviews": 9}
    assert client.post(f"/panels/{ready.pk}/jurors/", sent).status_code == 422
    assert (
        client.post(f"/panels/{ready.pk}/jurors/", sent | {"reason": "Illness."}).status_code == 302
    )
    seat = ready.jurors.get(user=person)
    address = f"/panels/{ready.pk}/jurors/{seat.pk}/remove/"
    assert client.get(address).status_code == 200
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "Well again."}).status_code == 302
    assert [row.reason for row in queries.rule_sets_of(ready)] == ["Well again.", "Illness.", ""]


@pytest.mark.parametrize("way", ["coordinator", "award"])
def test_nobody_gives_their_own_idea_an_award(
    client, ready, coordinator, django_capture_on_commit_callbacks, way
):
    opened(ready, coordinator)
    entry = ready.entries.order_by("pk").first()
    for seat in ready.jurors.all():
        judge(ReviewFactory(juror=seat, entry=entry), 4, 4)
    actions.lock_panel(panel=ready, by=coordinator, at=LATER)
    entry.author = coordinator
    entry.save()
    ranked(ready, coordinator, django_capture_on_commit_callbacks)
    if way == "award":
        with pytest.raises(NotAllowed):
            actions.conclude_panel(
                panel=ready, awards={entry: "First prize"}, by=coordinator, at=LATER
            )
    else:
        client.force_login(coordinator)
        sent = {f"award-{entry.pk}": "First prize"}
        answer = client.post(f"/panels/{ready.pk}/conclude/", sent)
        assert (answer.status_code, "First prize" in answer.content.decode()) == (422, True)
    entry.refresh_from_db()
    assert (entry.award, Panel.objects.get(pk=ready.pk).state) == ("", "locked")


def test_reviews_are_asked_of_an_open_panel_for_what_competes(ready, coordinator):
    opened(ready, coordinator)
    seat, entry = ready.jurors.first(), ready.entries.first()
    stray = EntryFactory()
    become_colleagues(seat.user, entry.author)
    pairs = [(seat.pk, entry.pk), (seat.pk, stray.pk), (JurorFactory().pk, entry.pk)]
    assert actions.ask_reviews(panel=ready, pairs=pairs, by=coordinator, at=LATER) == 0
    actions.lock_panel(panel=ready, by=coordinator, at=LATER)
    with pytest.raises(NotAllowed):
        actions.ask_reviews(panel=ready, pairs=[], by=coordinator, at=LATER)


def test_a_juror_is_told_why_an_idea_is_not_theirs_to_judge(client, ready, coordinator):
    opened(ready, coordinator)
    review = ReviewFactory(juror=ready.jurors.first(), entry=ready.entries.first())
    become_colleagues(review.juror.user, review.entry.author)
    client.force_login(review.juror.user)
    page = client.get(f"/reviews/{review.pk}/")
    assert "You cannot judge this idea" in page.content.decode()
    assert review.entry.summary not in page.content.decode()


def blind_panel(by, call=None):
    return actions.create_panel(
        call=call or CallFactory(), title="Blind", way="scores", places=1, is_blind=True,
        due_at=NOW + timedelta(days=14), language="en", by=by, at=NOW,
    )  # fmt: skip


def test_names_are_hidden_from_the_making_of_a_blind_panel_to_its_end(
    client, coordinator, django_capture_on_commit_callbacks
):
    call = CallFactory()
    entry = EntryFactory(call=call, author_name="Aino Virta")
    refresh_index(at=NOW)
    refresh_compared(at=NOW)
    assert queries_of_search.counts_by_kind("Aino Virta") == {"entries": 1}
    panel = blind_panel(coordinator, call)
    CriterionFactory(panel=panel)
    JurorFactory.create_batch(2, panel=panel)
    pages = (
        entry.get_absolute_url(),
        panel.call.get_absolute_url(),
        f"{panel.call.get_absolute_url()}?format=csv",
        "/entries/",
        f"/api/entries/{entry.pk}",
        "/api/entries/",
        f"/api/calls/{panel.call.slug}/entries",
        f"/calls/{panel.call.slug}/feed/",
    )

    draft = Draft("Aino Virta", "Aino Virta", entry.language)

    def found():
        by_name = queries_of_search.counts_by_kind("Aino Virta").get("entries", 0)
        return by_name, len(similar_to(draft))

    def named():
        return {
            address for address in pages
            if "Aino Virta" in b"".join(client.get(address)).decode()
        }  # fmt: skip

    # From this moment on, and not only once the clock has made the indexes anew.
    assert (named(), found()) == (set(), (0, 0))
    opened(panel, coordinator)
    for seat in panel.jurors.all():
        judge(ReviewFactory(juror=seat, entry=entry), 4)
    actions.lock_panel(panel=panel, by=coordinator, at=LATER)
    assert named() == set()
    ranked(panel, coordinator, django_capture_on_commit_callbacks)
    actions.conclude_panel(panel=panel, awards={}, by=coordinator, at=LATER)
    assert f"/api/entries/{entry.pk}" in named()
    assert found() == (1, 1)


def test_names_show_again_when_no_panel_is_blind(coordinator):
    panel = blind_panel(coordinator)
    second = blind_panel(coordinator, panel.call)
    for row, hidden in ((panel, True), (second, False)):
        actions.edit_panel(panel=row, version=row.version, by=coordinator, at=NOW, is_blind=False)
        panel.call.refresh_from_db()
        assert panel.call.are_names_hidden == hidden


def test_authors_wait_with_comments_while_nobody_shall_know_them(coordinator):
    panel = blind_panel(coordinator)
    entry = EntryFactory(call=panel.call)
    friend = CoAuthorFactory(entry=entry, user=UserFactory(), accepted_at=NOW).user
    held, reader = Held(entry), UserFactory()
    may = [may_comment(person, held) for person in (entry.author, friend, reader)]
    assert may == [False, False, True]
    actions.edit_panel(panel=panel, version=1, by=coordinator, at=NOW, is_blind=False)
    entry.call.refresh_from_db()
    assert may_comment(entry.author, held)


def test_what_was_sent_after_its_time_is_seen(client, ready, coordinator):
    ready.due_at = LATER - timedelta(hours=1)
    ready.save()
    opened(ready, coordinator)
    late, other, third = ready.jurors.order_by("pk")
    judge(ReviewFactory(juror=late, entry=ready.entries.first()), 4, 4)
    review = ReviewFactory(juror=other, entry=ready.entries.first())
    Review.objects.filter(pk=review.pk).update(state="sent", sent_at=ready.due_at)
    assert {seat.pk: seat.late for seat in queries.seats_of(ready)} == {
        late.pk: 1,
        other.pk: 0,
        third.pk: 0,
    }
    client.force_login(coordinator)
    assert "1 late" in client.get(ready.get_absolute_url()).content.decode()
