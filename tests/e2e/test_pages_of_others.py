"""Pages that a resident, a reviewer, a moderator and somebody of a company see otherwise than a coordinator, or alone."""

import pytest

from tests.e2e.accounts import read_in, signed_in
from tests.e2e.test_every_page import faults

pytestmark = pytest.mark.browser

# Everybody has these, each with their own content.
OWN = (
    "/", "/me/", "/me/notices/", "/me/data/", "/me/consents/", "/me/participation/", "/my/entries/", "/my/bookings/",
    "/calls/demo-library-evening-2026/enter/",
)  # fmt: skip
ACCOUNT = (
    "/accounts/email/", "/accounts/password/change/", "/accounts/2fa/", "/accounts/2fa/totp/activate/",
    "/accounts/3rdparty/", "/me/erasure/", "/me/tokens/new/", "/me/notices/settings/", "/me/notices/follows/",
)  # fmt: skip
PAGES = {
    "resident": (*OWN, *ACCOUNT, "/indicators/new/", "/talk/comments/4/reply/"),
    "reviewer": ("/calls/answers/", "/calls/demo-joint-call-2026/shares/"),
    "moderator": ("/moderation/cases/", "/moderation/look/calls.entry/9/"),
    "partner": ("/", "/my/bookings/", "/me/"),
}
VISITORS = (
    "/moderation/", "/moderation/rules/", "/privacy/", "/take-part/", "/experiments/demo-walks-lippulaiva/take-part/",
    "/experiments/demo-walks-lippulaiva/take-part/fit/", "/experiments/demo-walks-lippulaiva/take-part/find/",
    "/experiments/questions/", "/experiments/questions/childrens-loans/", "/indicators/espoo.ghg_total/ledger/",
    "/accounts/password/reset/", "/moderation/report/calls.entry/9/", "/testbeds/kera/1/",
)  # fmt: skip
# The words of both are longest and shortest; a third language would cost as long again.
LANGUAGES = ("fi", "en")


def wrong_on(page, paths, language, axe):
    """What is wrong on each of these pages, those without a fault left out."""
    found = {}
    for path in paths:
        page.goto(path)
        if wrong := faults(page, language, axe):
            found[language, path] = wrong
    return found


@pytest.mark.parametrize("role", PAGES)
def test_no_page_of_somebody_has_a_fault(visit, city, axe, role):
    page = signed_in(visit, city, role)
    found = {}
    for language in LANGUAGES:
        page.goto("/")
        read_in(page, language)
        found |= wrong_on(page, PAGES[role], language, axe)

    assert found == {}


def test_no_page_that_nobody_must_sign_in_for_has_a_fault(visit, axe):
    found = {}
    for language in LANGUAGES:
        found |= wrong_on(visit(language=language), VISITORS, language, axe)

    assert found == {}
