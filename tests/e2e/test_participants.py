"""Taking part in a real browser: without an account, by keyboard alone, on a narrow phone, in three languages."""

import re

import pytest
from django.core import mail
from playwright.sync_api import expect

from tests.factories.participants import (
    QuestionFactory,
    RecruitmentFactory,
    SurveyFactory,
    joined,
)
from tests.factories.people import UserFactory
from vuoksi.loop.experiments.participants.models import Key, Participant, Response

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def recruitment():
    row = RecruitmentFactory(title="Walk with a neighbour", reward="Coffee.")
    QuestionFactory(recruitment=row)
    items = [
        {"kind": "number", "scale": "own", "is_required": True, "least_words": "never"},
        {"kind": "one", "choices": "Yes\nNo"},
        {"kind": "text"},
    ]
    SurveyFactory(recruitment=row, items=items)
    return row


def press(page, role, name):
    """Reach something by its name and press it as a keyboard does."""
    found = page.get_by_role(role, name=name, exact=True).last
    found.focus()
    found.press("Enter")


def link_in(letter, name):
    return re.search(rf"/take-part/{name}/\S+", letter.body).group()


def wide(page):
    return page.evaluate(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )


def test_a_resident_joins_answers_and_withdraws_by_keyboard(open_page, axe, recruitment):
    faults = []

    def look():
        faults.extend([*axe(page), *(["wide"] if wide(page) else [])])

    page = open_page(recruitment.get_absolute_url(), width=320)
    look()
    come(page, look)
    answer(page, look)
    press(page, "link", "Leave the experiment…")
    look()
    press(page, "button", "Withdraw now")
    page.get_by_role("heading", name="You have withdrawn").wait_for()
    look()
    assert faults == []
    assert (Participant.objects.get().state, Response.objects.count()) == ("withdrawn", 0)
    assert Key.objects.count() == 0
    assert "You have withdrawn" in mail.outbox[-1].subject


def come(page, look):
    """From the recruitment page to one's own."""
    press(page, "link", "Take part")
    look()
    page.get_by_label("How old are you?").press_sequentially("44")
    page.get_by_label("Yes").focus()
    page.keyboard.press("Space")
    press(page, "button", "Go on")
    look()
    page.get_by_label("E-mail address").press_sequentially("aino@example.org")
    press(page, "button", "Send me a link")
    page.get_by_role("heading", name="Look into your e-mail").wait_for()
    page.goto(link_in(mail.outbox[-1], "invited"))
    look()
    page.get_by_label("I have read this").focus()
    page.keyboard.press("Space")
    press(page, "button", "Agree and take part")
    page.get_by_role("heading", name="Your page").wait_for()
    look()


def answer(page, look):
    """The survey, saved while it is written and then sent in."""
    press(page, "link", "How are you?")
    page.get_by_label("4").focus()
    page.keyboard.press("Space")
    expect(page.locator("#saved")).to_contain_text("Saved")
    look()
    assert list(Response.objects.get().answers.values()) == [4]
    press(page, "button", "Send my answers")
    page.get_by_text("Your answers have arrived").wait_for()


def test_whoever_does_not_fit_is_told_without_a_script(open_page, axe, recruitment):
    page = open_page(f"{recruitment.get_absolute_url()}fit/", javascript=False)
    page.get_by_label("How old are you?").fill("9")
    page.get_by_label("No").check()
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("heading", name="Thank you for your interest").wait_for()
    assert page.get_by_text("We look for those who live here.").count() == 1


def test_the_pages_of_a_participant_are_clean_in_each_language(open_page, axe, recruitment):
    user = UserFactory()
    row = joined(recruitment, user=user)
    survey = recruitment.surveys.get()
    paths = [
        (recruitment.get_absolute_url(), None),
        (row.get_absolute_url(), user),
        ("/me/participation/", user),
        (f"/participation/{row.page}/surveys/{survey.pk}/", user),
    ]
    faults = {}
    for language in ("en", "fi", "sv"):
        for path, person in paths:
            page = open_page(path, language=language, user=person, width=320)
            faults[language, path] = [*axe(page), *(["wide"] if wide(page) else [])]
            page.close()
    assert {key: found for key, found in faults.items() if found} == {}
