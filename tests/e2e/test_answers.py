"""An open call and its ideas by hand, in the demo city on its real server: written, talked about, answered.

The rest of the way, to a decision that moves the strategy, is walked in `test_whole_path`.
"""

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.e2e.accounts import signed_in

pytestmark = pytest.mark.browser

CALL = "How could the library lend things for a day"
IDEA = "Lend tools from the library"


def test_ideas_are_talked_about_and_answered(visit, city):
    coordinator = signed_in(visit, city, "coordinator")
    resident = signed_in(visit, city, "resident")
    neighbour = signed_in(visit, city, "neighbour")
    reviewer = signed_in(visit, city, "reviewer")

    call = make_call(coordinator)
    idea = send_idea(resident, call)
    talk_about(neighbour, idea)
    see_what_waits(reviewer)
    answer(coordinator, idea)
    hear_of_it(resident)
    hear_of_it(neighbour)


def make_call(page):
    now = datetime.now()
    page.goto("/calls/new/")
    page.get_by_label("Title").fill(CALL)
    page.get_by_label("In short").fill("Things that one needs once a year.")
    page.get_by_label("What is needed and why").fill("Few people need a drill of their own.")
    page.get_by_label("anybody, also without an account").check()
    page.locator("[name=goal]").select_option(index=1)
    moment(page, "entry_opens", now - timedelta(days=1))
    moment(page, "entry_closes", now + timedelta(days=7))
    moment(page, "decision_opens", now + timedelta(days=7))
    moment(page, "decision_closes", now + timedelta(days=30))
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("The call is published.")).to_be_visible()
    return page.url


def moment(page, name, at):
    page.locator(f"[name={name}]").fill(at.strftime("%Y-%m-%dT%H:%M"))


def send_idea(page, call):
    page.goto(call)
    page.get_by_role("link", name="Send your idea").click()
    page.get_by_label("Title").fill(IDEA)
    page.get_by_role("button", name="Save as a draft").click()
    page.goto("/my/entries/")
    page.get_by_role("link", name=IDEA).first.click()
    page.get_by_role("link", name="Go on writing").click()
    page.get_by_label("Your idea").fill("Drills, saws and ladders, lent as books are lent.")
    page.get_by_role("button", name="Send the idea").click()
    expect(page.get_by_text("The city has not answered yet.")).to_be_visible()
    return page.url


def talk_about(page, idea):
    page.goto(idea)
    page.get_by_role("button", name="Support", exact=True).click()
    expect(page.get_by_text("1 supporter")).to_be_visible()
    page.locator(".talk textarea").fill("My ladder would stay at home.")
    page.get_by_role("button", name="Publish the comment").click()
    expect(page.get_by_text("My ladder would stay at home.")).to_be_visible()


def see_what_waits(page):
    page.goto("/calls/answers/")
    expect(page.get_by_role("link", name=IDEA)).to_be_visible()


def answer(page, idea):
    page.goto(idea)
    page.get_by_role("link", name="Answer", exact=True).click()
    page.get_by_label("goes forward", exact=True).check()
    page.locator("[name=text]").fill("Thank you. We try it in one library.")
    page.get_by_role("button", name="Publish the answer").click()
    expect(page.get_by_role("heading", name="The city’s answer")).to_be_visible()


def hear_of_it(page):
    page.goto("/me/notices/")
    expect(page.get_by_role("link", name=IDEA).first).to_be_visible()
