"""Every kind of page that a coordinator reaches by links in the demo city, in each language of the interface."""

import pytest

from tests.e2e.accounts import read_in, signed_in
from tests.e2e.crawl import pages_for
from tests.e2e.test_every_page import PAGES, faults

pytestmark = pytest.mark.browser

# So many there are; a page that nobody reaches by a link any more must be noticed.
KINDS = 150


@pytest.fixture(scope="module")
def kinds():
    """What the first of these tests found, for the others on the same worker."""
    return {}


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_no_page_has_a_fault(visit, city, axe, kinds, language):
    page = signed_in(visit, city, "coordinator", language)
    if not kinds:
        kinds.update(pages_for(page))
        read_in(page, language)
    assert len(kinds) >= KINDS
    found = {}
    for name, path in kinds.items():
        # What everybody reads is looked at elsewhere, as a visitor meets it.
        if path not in PAGES.values():
            page.goto(path)
            found[name] = faults(page, language, axe)

    assert {name: wrong for name, wrong in found.items() if wrong} == {}
