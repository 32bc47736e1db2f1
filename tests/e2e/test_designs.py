"""Experiments of several designs, seen by a visitor on a narrow phone."""

import pytest

from tests.e2e.test_every_page import faults

pytestmark = pytest.mark.browser

PAGES = (
    "/experiments/questions/",
    "/experiments/questions/childrens-loans/",
    "/experiments/demo-story-hours/",
    "/experiments/demo-card-letters/",
    "/experiments/demo-card-letters/groups/",
    "/experiments/demo-card-letters/sample-size/",
)


@pytest.mark.parametrize("language", ["en", "fi", "sv"])
def test_what_everybody_reads_has_no_fault(visit, axe, language):
    page = visit(language=language)
    found = {}
    for address in PAGES:
        page.goto(address)
        found[address] = faults(page, language, axe)
    assert found == {address: {} for address in PAGES}
