"""Calls and ideas in a real browser: what a client without a script cannot show."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories.calls import AnswerFactory, CallFactory, PhaseFactory, QuestionFactory
from tests.factories.people import UserFactory, person_with
from vuoksi.base.people.models import Role
from vuoksi.loop.calls.models import Entry

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
