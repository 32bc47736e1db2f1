"""The ways in which an idea can come: by keyboard only, without scripts, without an account."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

CALL = "/calls/demo-library-evening-2026/"
MOST_STOPS = 150


def tab_to(page, control):
    """Press Tab until the control has the focus, as somebody without a mouse does."""
    for _ in range(MOST_STOPS):
        if control.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{control} is not reached by {MOST_STOPS} stops")


def follow_by_keyboard(page, name):
    link = page.get_by_role("link", name=name).first
    address = link.get_attribute("href")
    tab_to(page, link)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address}")


def type_into(page, name, text):
    tab_to(page, page.locator(f"[name={name}]"))
    page.keyboard.type(text)


def asked_link(page, city):
    """Ask for a link without an account, and read it from the letter."""
    address = f"{uuid4().hex[:8]}@people.example"
    page.goto(f"{CALL}enter/")
    page.locator("main [name=email]").fill(address)
    page.get_by_role("button", name="Send me a link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look into your e-mail")
    return link_in_letter(city, address)


def link_in_letter(city, address):
    [letter] = [letter for letter in city.post if f"To: {address}" in letter]
    return re.search(r"http://localhost:\d+/calls/link/\S+", letter)[0]


def fill_answers(page):
    """Answer what this call asks beside the idea."""
    for field in page.locator("#write [name^=q_]").all():
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(index=1)
        else:
            field.fill("2" if field.get_attribute("inputmode") == "decimal" else "By all means.")
    category = page.locator("#write [name=category]")
    if category.count():
        category.select_option(index=1)


def write_idea(page, title):
    page.get_by_label("Title").fill(title)
    page.get_by_label("Your idea").fill("Open the door an hour later.")
    fill_answers(page)
    page.get_by_role("button", name="Send the idea").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)


def test_an_idea_without_an_account(visit, city):
    page = visit()
    page.goto(asked_link(page, city))
    write_idea(page, "Later evenings")

    visitor = visit()
    visitor.goto(page.url)
    expect(visitor.get_by_role("heading", level=1)).to_contain_text("Later evenings")


def test_an_idea_without_scripts(visit, city):
    page = visit(javascript=False, width=320)
    page.goto(asked_link(page, city))
    page.get_by_role("button", name="Send the idea").click()
    expect(page.get_by_role("alert").first).to_contain_text("There is a problem")
    write_idea(page, "Evenings without scripts")


def test_signing_in_without_scripts(visit, city):
    page = visit(javascript=False)
    page.goto("/accounts/login/")
    page.locator("[name=login]").fill(city.email("resident"))
    page.locator("[name=password]").fill(city.password)
    page.locator("main form button").first.click()
    page.goto(f"{CALL}enter/")

    expect(page.locator("#write")).to_be_visible()


def test_an_idea_by_keyboard_only(visit, city):
    page = visit()
    page.goto("/accounts/login/")
    type_into(page, "login", city.email("resident"))
    type_into(page, "password", city.password)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "/accounts/login/" not in address)
    page.goto(CALL)
    switch = page.locator(".languages button[value=en]").first
    tab_to(page, switch)
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    follow_by_keyboard(page, "Send your idea")
    type_into(page, "title", "Evenings by keyboard")
    type_into(page, "summary", "Every door opens without a mouse.")
    answer_by_keyboard(page)
    tab_to(page, page.get_by_role("button", name="Send the idea"))
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("Evenings by keyboard")


def answer_by_keyboard(page):
    for field in page.locator("#write [name=category], #write [name^=q_]").all():
        tab_to(page, field)
        if field.evaluate("field => field.tagName") == "SELECT":
            page.keyboard.press("ArrowDown")
        else:
            page.keyboard.type("2")


def test_the_first_stop_leads_past_the_menu(visit):
    page = visit()
    page.goto("/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("() => document.querySelector('main').contains(document.activeElement)")
