"""Pages of panels: a panel's whole way by clicking, and what each reader sees."""

import pytest
from django.urls import reverse

from tests.factories.calls import EntryFactory
from tests.factories.panels import (
    CriterionFactory,
    JurorFactory,
    PanelFactory,
    ReviewFactory,
)
from tests.factories.people import UserFactory
from vuoksi.loop.juries import queries
from vuoksi.loop.juries.models import Panel, Review

pytestmark = pytest.mark.django_db


def page(client, name, *args):
    answer = client.get(reverse(f"juries:{name}", args=args))
    assert answer.status_code == 200, name
    return answer.content.decode()


def press(client, name, *args, **data):
    return client.post(reverse(f"juries:{name}", args=args), data)


def rows(*criteria):
    """A sent formset of criteria."""
    sent = {"criteria-TOTAL_FORMS": len(criteria), "criteria-INITIAL_FORMS": 0}
    for n, one in enumerate(criteria):
        sent |= {f"criteria-{n}-{name}": value for name, value in one.items()}
    return sent


SETTINGS = {
    "title": "Experts",
    "way": "scores",
    "places": 1,
    "reviews_wanted": 2,
    "due_at": "2030-06-01T16:00",
    "language": "en",
    "version": 1,
}


def make(client, call, jurors):
    """Make a panel with one criterion, give seats and open it."""
    press(client, "create", call.slug, **SETTINGS)
    panel = Panel.objects.get(title="Experts")
    assert "at least one criterion" in page(client, "panel", panel.pk)
    criterion = {"label": "Use", "weight": 1, "anchors": "poor\ngood", "ORDER": 1}
    press(client, "criteria", panel.pk, version=panel.version, **rows(criterion))
    seat = {"languages": ["fi", "en"], "most_reviews": 9}
    for person in jurors:
        press(client, "jurors", panel.pk, email=person.email, **seat)
    press(client, "open", panel.pk)
    return panel


def judge_all(client, panel, person, best):
    """Give the best idea two points and the others one."""
    client.force_login(person)
    assert "Experts" in page(client, "my_panels")
    number = queries.criteria_of(panel)[0].pk
    for review in queries.my_reviews(panel, person):
        sent = {
            f"criterion-{number}": 2 if review.entry_id == best.pk else 1,
            "version": review.version,
            "to_author": "Clear and useful.",
            "do": "send",
        }
        assert press(client, "review", review.pk, **sent).status_code == 302


def test_a_panel_is_made_judged_and_concluded_by_clicking(
    client, coordinator, django_capture_on_commit_callbacks
):
    client.force_login(coordinator)
    call = PanelFactory().call
    ideas = EntryFactory.create_batch(3, call=call)
    jurors = UserFactory.create_batch(2)
    panel = make(client, call, jurors)
    with django_capture_on_commit_callbacks(execute=True):
        press(client, "assign", panel.pk)
    assert queries.progress_of(panel).asked == 6
    assert "Every entry has the 2 reviews wanted." in page(client, "panel", panel.pk)
    for person in jurors:
        judge_all(client, panel, person, ideas[0])
    client.force_login(coordinator)
    press(client, "lock", panel.pk)
    with django_capture_on_commit_callbacks(execute=True):
        press(client, "rank", panel.pk)
    assert "What the scores decide" in page(client, "standings", panel.pk)
    sent = {f"award-{idea.pk}": "" for idea in ideas} | {f"award-{ideas[0].pk}": "First prize"}
    press(client, "conclude", panel.pk, **sent)
    client.logout()
    results = page(client, "results", call.slug)
    assert "First prize" in results
    assert "Clear and useful." not in results
    client.force_login(ideas[0].author)
    assert "Clear and useful." in page(client, "feedback", call.slug, ideas[0].pk)


def test_what_is_missing_in_a_review_is_said_at_its_field(client):
    panel = PanelFactory(state="open")
    criterion = CriterionFactory(panel=panel)
    review = ReviewFactory(juror=JurorFactory(panel=panel))
    client.force_login(review.juror.user)
    sent = {"version": review.version, "to_author": "Well meant.", "do": "send"}
    answer = press(client, "review", review.pk, **sent)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert f'href="#id_criterion-{criterion.pk}_0"' in text
    assert "Well meant." in text
    assert press(client, "review", review.pk, **{**sent, "do": "keep"}).status_code == 302
    assert Review.objects.get(pk=review.pk).to_author == "Well meant."


def test_two_places_for_one_are_said_at_the_field(client):
    panel = PanelFactory(state="open", way="ranks")
    seat = JurorFactory(panel=panel)
    one, two = EntryFactory.create_batch(2, call=panel.call)
    panel.entries.set([one, two])
    client.force_login(seat.user)
    same = {f"entry-{one.pk}": 1, f"entry-{two.pk}": 1}
    answer = press(client, "order", panel.pk, **same)
    assert (answer.status_code, seat.placings.count()) == (422, 0)
    press(client, "order", panel.pk, **{f"entry-{one.pk}": 2, f"entry-{two.pk}": 1})
    assert [row.entry_id for row in seat.placings.order_by("place")] == [two.pk, one.pk]


def test_blind_reviewers_see_no_names(client):
    for is_blind in (False, True):
        panel = PanelFactory(state="open", is_blind=is_blind)
        entry = EntryFactory(call=panel.call, author_name="Aino Virta")
        review = ReviewFactory(juror=JurorFactory(panel=panel), entry=entry)
        client.force_login(review.juror.user)
        assert ("Aino Virta" in page(client, "review", review.pk)) != is_blind


@pytest.mark.parametrize("state", ["draft", "open", "locked"])
def test_a_panel_that_is_not_concluded_is_nobody_elses_business(client, state):
    panel = PanelFactory(state=state)
    review = ReviewFactory(juror=JurorFactory(panel=panel))
    client.force_login(UserFactory())
    for name, args in (
        ("panel", [panel.pk]),
        ("standings", [panel.pk]),
        ("discuss", [panel.pk, review.entry_id]),
        ("order", [panel.pk]),
        ("review", [review.pk]),
        ("results", [panel.call.slug]),
        ("feedback", [panel.call.slug, review.entry_id]),
        ("conclude", [panel.pk]),
    ):
        assert client.get(reverse(f"juries:{name}", args=args)).status_code == 404, name


@pytest.mark.parametrize("rows", [1, 3])
def test_a_panels_page_costs_the_same_at_any_size(
    client, coordinator, rows, django_assert_num_queries
):
    panel = PanelFactory(state="open")
    CriterionFactory.create_batch(rows, panel=panel)
    seat = JurorFactory(panel=panel, user=coordinator)
    for _n in range(rows):
        ReviewFactory(juror=seat)
        JurorFactory(panel=panel)
    client.force_login(coordinator)
    page(client, "panel", panel.pk)
    with django_assert_num_queries(17):
        page(client, "panel", panel.pk)
