"""Passkeys and codes, with a key that the browser pretends to have and an app that counts as phones do."""

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from playwright.sync_api import expect

from tests.e2e.accounts import signed_in

pytestmark = pytest.mark.browser

KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def device(page):
    """Give the browser a device that keeps passkeys; give how to speak with it, and its name."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    added = session.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    return session, added["authenticatorId"]


def confirm_access(page, city):
    """Changes of how one signs in ask for the password once more."""
    page.wait_for_url("**/accounts/reauthenticate/**")
    page.locator("[name=password]").fill(city.password)
    page.locator("main form button").first.click()


def sign_out(page):
    page.goto("/accounts/logout/")
    page.locator("main form button").first.click()
    page.goto("/accounts/login/")


def code_of(secret):
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_a_passkey_is_added_and_signs_in(visit, city, axe):
    page = signed_in(visit, city, "passkey")
    session, key = device(page)
    page.goto("/accounts/2fa/webauthn/add/")
    confirm_access(page, city)
    page.wait_for_url("**/2fa/webauthn/add/")
    found = {"add": axe(page)}
    page.get_by_label("Name of the key").fill("My telephone")
    page.get_by_role("button", name="Add", exact=True).click()
    page.wait_for_url("**/2fa/recovery-codes/")
    found["recovery codes"] = axe(page)
    page.goto("/accounts/2fa/webauthn/")
    expect(page.get_by_role("heading", level=2, name="My telephone")).to_be_visible()
    found["list"] = axe(page)

    sign_out(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("button", name="Passkey", exact=True)).to_be_visible()

    sign_out(page)
    session.send("WebAuthn.setUserVerified", {"authenticatorId": key, "isUserVerified": False})
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("The key was not used")
    expect(page.get_by_role("alert")).to_be_focused()
    found["not given"] = axe(page)

    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_a_code_is_asked_for_once_it_is_set_up(visit, city, axe):
    page = signed_in(visit, city, "code")
    page.goto("/accounts/2fa/totp/activate/")
    confirm_access(page, city)
    page.wait_for_url("**/2fa/totp/activate/")
    found = {"activate": axe(page)}
    secret = page.locator("#authenticator_secret").input_value()
    page.locator("[name=code]").fill(code_of(secret))
    page.locator("main form button").first.click()
    page.wait_for_url("**/2fa/recovery-codes/")
    spare = page.locator("#recovery_codes").input_value().split()[0]

    sign_out(page)
    page.locator("[name=login]").fill(city.email("code"))
    page.locator("[name=password]").fill(city.password)
    page.locator("main form button").first.click()
    page.wait_for_url("**/2fa/authenticate/")
    found["authenticate"] = axe(page)
    page.locator("[name=code]").fill("000000")
    page.locator("main form button").first.click()
    expect(page.get_by_role("alert")).to_be_visible()
    # The code that set it up is used; the next one comes in half a minute. A code kept for hard times works at once.
    page.locator("[name=code]").fill(spare)
    page.locator("main form button").first.click()
    expect(page.get_by_role("button", name="Code", exact=True)).to_be_visible()

    assert {name: wrong for name, wrong in found.items() if wrong} == {}
