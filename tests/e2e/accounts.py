"""Signing in to the demo city as a person does."""

from playwright.sync_api import expect


def signed_in(visit, city, role, language="en"):
    """A browser of one's own, in which somebody signed in by the form."""
    page = visit()
    page.goto("/accounts/login/")
    page.locator("[name=login]").fill(city.email(role))
    page.locator("[name=password]").fill(city.password)
    page.locator("main form button").first.click()
    expect(page.locator("form[action$='/logout/'], a[href$='/logout/']").first).to_be_attached()
    read_in(page, language)
    return page


def read_in(page, language):
    """The demo's people read other languages; the switch of languages is for everybody."""
    page.locator(f".languages button[value={language}]").first.click()
    expect(page.locator("html")).to_have_attribute("lang", language)
