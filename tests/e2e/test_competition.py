"""The Mayor's Innovation Competition from its template to its page of recognition, in a real browser."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from tests.factories.people import UserFactory, person_with
from vuoksi.base.people.models import Role
from vuoksi.base.runs.models import Run
from vuoksi.loop.calls.models import Call, Category, Entry
from vuoksi.loop.juries.models import Panel, Review

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CALL = "/calls/mayors-innovation-competition/"


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state()


def own(violations):
    """Leave out the sizes of targets: they are the shell's, the same on every page."""
    return [violation for violation in violations if violation[0] != "target-size"]


@pytest.fixture
def people():
    names = ("coordinator", "ann", "bo", "expert", "second", "mayor", "deputy")
    found = {name: UserFactory(name=name.title()) for name in names[1:]}
    return found | {"coordinator": person_with(Role.COORDINATOR)}


def start(open_page, axe, people):
    """The coordinator takes the template, looks through the draft and publishes it."""
    page = open_page("/calls/kinds/", user=people["coordinator"])
    assert own(axe(page)) == []
    page.get_by_role("link", name="Innovation competition").click()
    page.get_by_label("Address").fill("mayors-innovation-competition")
    today = timezone.localtime().date()
    page.get_by_label("Ideas can be sent from").fill((today - timedelta(days=1)).isoformat())
    assert own(axe(page)) == []
    press(page, "Make the draft")
    assert own(axe(page)) == []
    press(page, "Publish")
    assert Call.objects.get().state == "published"
    return page


def enter(open_page, axe, author, title, category):
    page = open_page(f"{CALL}enter/", user=author)
    page.get_by_label("Title").fill(title)
    page.get_by_label("Your idea").fill("Young people borrow a workday as they borrow a book.")
    page.get_by_label("Category").select_option(label=category)
    for field in page.locator("#write [name^=q_]").all():
        field.fill("Before 40, after 212.")
    assert own(axe(page)) == []
    press(page, "Look it over first")
    assert own(axe(page)) == []
    press(page, "Send the idea")
    page.get_by_text("This idea is sealed").wait_for()
    assert own(axe(page)) == []


def test_the_whole_way_of_the_competition(open_page, axe, people):
    page = start(open_page, axe, people)
    for author, title in (("ann", "Borrow a first job"), ("bo", "A pain group that walks")):
        enter(open_page, axe, people[author], title, "Innovations in use")
    page.goto(CALL)
    assert page.get_by_text("2 ideas have been sent").is_visible()
    assert page.get_by_text("Borrow a first job").count() == 0
    entry = Entry.objects.get(title="Borrow a first job")
    expected = page.request.get(entry.get_absolute_url())
    assert expected.status == 404

    _close()
    panel = Panel.objects.get(way="scores", category__slug="in-use")
    _experts(page, axe, open_page, people, panel)
    jury = Panel.objects.get(way="ranks", category__slug="in-use")
    _jury(page, axe, open_page, people, jury)
    _results(page, axe, open_page, entry)


def _close():
    """Time passes: sending is over, and the clock opens the seal."""
    call = Call.objects.get()
    call.phases.filter(kind="entry").update(closes_at=timezone.now() - timedelta(hours=1))
    call_command("tick")
    assert set(Entry.objects.values_list("state", flat=True)) == {"submitted"}


def _seat(page, panel, *people):
    for person in people:
        page.goto(f"/panels/{panel.pk}/jurors/")
        page.get_by_label("E-mail address").fill(person.email)
        press(page, "Give a seat")


def _experts(page, axe, open_page, people, panel):
    """Two experts judge both entries; one of them wrote one, and can never score it."""
    _seat(page, panel, people["expert"], people["second"], people["ann"])
    page.goto(panel.get_absolute_url())
    assert own(axe(page)) == []
    press(page, "Open the panel")
    press(page, "Divide the ideas among the jurors")
    assert Run.objects.get().status == "done"
    own_review = Review.objects.filter(juror__user=people["ann"], entry__author=people["ann"])
    assert not own_review.exists()
    points = {"Borrow a first job": "5", "A pain group that walks": "2"}
    for review in Review.objects.select_related("juror__user", "entry").order_by("pk"):
        desk = open_page(f"/reviews/{review.pk}/", user=review.juror.user)
        for criterion in panel.criteria.all():
            desk.locator(
                f"[name=criterion-{criterion.pk}][value='{points[review.entry.title]}']"
            ).check()
        desk.get_by_label("To the author").fill("Clear and well told.")
        assert own(axe(desk)) == []
        press(desk, "Send")
        assert desk.get_by_text("Sent. You can change it until").is_visible()
    _change_a_weight(page, panel)
    for name in ("Lock the scores", "Compute the ranking"):
        page.goto(panel.get_absolute_url())
        press(page, name)
    page.goto(f"/panels/{panel.pk}/standings/")
    assert own(axe(page)) == []
    page.goto(f"/panels/{panel.pk}/conclude/")
    press(page, "Publish the results")


def _change_a_weight(page, panel):
    """After the freeze no weight changes without a reason, and the page of a draft is closed."""
    answer = page.request.get(f"/panels/{panel.pk}/criteria/")
    assert answer.status == 403
    before = list(panel.criteria.values_list("weight", flat=True))
    page.goto(f"/panels/{panel.pk}/rules/")
    page.locator("[name=criteria-0-weight]").fill("9")
    page.locator("form.form").evaluate("form => form.noValidate = true")
    press(page, "Publish the change")
    assert list(panel.criteria.values_list("weight", flat=True)) == before


def _jury(page, axe, open_page, people, panel):
    """The finalists are proposed; the city's jury puts them in an order by the strategy."""
    _seat(page, panel, people["mayor"], people["deputy"])
    page.goto(f"/panels/{panel.pk}/ideas/")
    assert page.get_by_text("Proposed are the ideas").is_visible()
    press(page, "Save")
    press(page, "Open the panel")
    for name in ("mayor", "deputy"):
        desk = open_page(f"/panels/{panel.pk}/order/", user=people[name])
        assert desk.get_by_text("by the city's strategy").is_visible()
        desk.get_by_label("Borrow a first job").select_option("1")
        desk.get_by_label("A pain group that walks").select_option("2")
        assert own(axe(desk)) == []
        desk.locator("main form button").click()
        desk.wait_for_load_state()
    for name in ("Lock the scores", "Compute the ranking"):
        page.goto(panel.get_absolute_url())
        press(page, name)
    page.goto(f"/panels/{panel.pk}/conclude/")
    winner = Entry.objects.get(title="Borrow a first job").pk
    page.locator(f"[name=award-{winner}]").fill("First prize")
    page.locator(f"[name=citation-{winner}]").fill("It opens working life to the young.")
    assert own(axe(page)) == []
    press(page, "Publish the results")


def _results(page, axe, open_page, entry):
    """Everybody reads who won and why, in three languages and on a phone."""
    category = Category.objects.get(slug="in-use")
    for language, words in (
        ("en", category.title),
        ("fi", "Käytössä olevat innovaatiot"),
        ("sv", "Innovationer i bruk"),
    ):
        reader = open_page(f"{CALL}awards/", language=language, width=320)
        assert reader.get_by_role("heading", name=words).is_visible()
        assert reader.get_by_text("It opens working life to the young.").is_visible()
        assert own(axe(reader)) == []
        reader.goto(f"{CALL}results/")
        assert reader.get_by_role("link", name="Borrow a first job").first.is_visible()
        assert own(axe(reader)) == []
    reader.emulate_media(media="print")
    reader.goto(f"{CALL}awards/")
    assert not reader.get_by_role("contentinfo").is_visible()
    author = open_page(f"{CALL}{entry.pk}/jury/", user=entry.author)
    assert author.get_by_text("Clear and well told.").first.is_visible()
    assert own(axe(author)) == []
