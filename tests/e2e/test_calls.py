"""Calls and ideas in a real browser: what a client without a script cannot show."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories.calls import (
    AnswerFactory,
    CallFactory,
    CoAuthorFactory,
    EntryFactory,
    PhaseFactory,
    QuestionFactory,
)
from tests.factories.organisations import OrganisationFactory
from tests.factories.panels import CriterionFactory, JurorFactory, PanelFactory, ReviewFactory
from tests.factories.people import UserFactory, person_with
from vuoksi.base.people.models import Role
from vuoksi.base.talk.queries import supports_of
from vuoksi.loop.calls.models import Entry
from vuoksi.loop.juries.models import Review, Score

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def open_call(**more):
    now = timezone.now()
    call = CallFactory(entry_phase=None, **more)
    PhaseFactory(call=call, opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=1))
    return call


def own(violations):
    """Leave out the sizes of targets: they are the shell's and the stylesheet's, the same on every page."""
    return [violation for violation in violations if violation[0] != "target-size"]


def test_what_is_typed_is_saved_by_itself_and_then_sent(open_page):
    call, author = open_call(), UserFactory()
    page = open_page(f"/calls/{call.slug}/enter/", user=author)
    page.get_by_label("Title").fill("Lamps to borrow")
    page.locator("#saved", has_text="Saved at").wait_for()
    page.get_by_label("Your idea").fill("Lend lamps as books are lent.")
    page.get_by_role("button", name="Send the idea").click()
    page.get_by_role("heading", name="Lamps to borrow").wait_for()
    entry = Entry.objects.get()
    assert (entry.state, entry.summary) == ("submitted", "Lend lamps as books are lent.")


def test_an_idea_is_sent_without_a_script_on_a_phone(open_page):
    call, author = open_call(), UserFactory()
    page = open_page(f"/calls/{call.slug}/enter/", user=author, width=320, javascript=False)
    page.get_by_label("Title").fill("Lamps")
    page.get_by_label("Your idea").fill("Lend lamps.")
    page.get_by_role("button", name="Send the idea").click()
    assert Entry.objects.get().state == "submitted"


@pytest.mark.parametrize("language", ["en", "fi", "ar"])
def test_axe_finds_nothing_on_the_pages_of_residents(open_page, axe, language):
    answer = AnswerFactory()
    call = open_call()
    QuestionFactory(call=call, kind="choice", choices="bus\ntram")
    user = UserFactory()
    addresses = [
        "/calls/",
        call.get_absolute_url(),
        answer.entry.get_absolute_url(),
        f"/calls/{call.slug}/enter/",
        "/calls/entries/",
        "/my/entries/",
    ]
    found = {path: own(axe(open_page(path, language=language, user=user))) for path in addresses}
    assert found == {path: [] for path in addresses}


def test_axe_finds_nothing_on_the_pages_of_coordinators(open_page, axe):
    call, coordinator = open_call(), person_with(Role.COORDINATOR)
    QuestionFactory(call=call)
    parts = ("manage", "edit", "phases", "questions", "categories", "enter-for")
    addresses = ["/calls/new/", "/calls/answers/", *(f"/calls/{call.slug}/{p}/" for p in parts)]
    found = {path: own(axe(open_page(path, user=coordinator))) for path in addresses}
    assert found == {path: [] for path in addresses}


@pytest.mark.parametrize("who", ["author", "co-author", "colleague"])
def test_nobody_scores_or_supports_their_own_idea(open_page, who):
    """What a page does not offer is refused when it is sent all the same, in the session of a browser."""
    panel = PanelFactory(state="open", opened_at=timezone.now(), call=open_call())
    criterion = CriterionFactory(panel=panel)
    entry = EntryFactory(call=panel.call)
    panel.entries.add(entry)
    person = entry.author if who == "author" else UserFactory()
    if who == "co-author":
        CoAuthorFactory(entry=entry, user=person, accepted_at=timezone.now())
    if who == "colleague":
        firm = OrganisationFactory(kind="company")
        for each in (person, entry.author):
            firm.memberships.create(user=each, since=timezone.now())
    review = ReviewFactory(juror=JurorFactory(panel=panel, user=person), entry=entry)
    page = open_page(f"/calls/{panel.call.slug}/", user=person)
    sent = send(page, f"/reviews/{review.pk}/", **{
        f"criterion-{criterion.pk}": 5, "version": 1, "do": "send"
    })  # fmt: skip
    refused = "You cannot judge this idea" if who == "colleague" else "never their own idea"
    assert refused in sent
    assert (Score.objects.count(), Review.objects.get().state) == (0, "asked")
    page.goto(entry.get_absolute_url())
    assert page.get_by_role("button", name="Support").count() == 0
    send(page, f"/talk/calls.entry/{entry.pk}/support/", do="begin")
    assert supports_of([entry]) == {}


def send(page, address, **values):
    """Post what no page offered, with the session and the token of the browser; give the answer's page."""
    tokens = {one["name"]: one["value"] for one in page.context.cookies()}
    form = {**values, "csrfmiddlewaretoken": tokens.get("csrftoken", "")}
    return page.request.post(address, form=form, headers={"Referer": page.url}).text()
