"""Pages that everybody meets first, in a real browser."""

import pytest

from tests.e2e.test_every_page import faults
from tests.factories.people import UserFactory, person_with
from vuoksi.base.people.models import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LANGUAGES = [("en", "ltr"), ("fi", "ltr"), ("sv", "ltr"), ("ar", "rtl")]
FAULTY = (
    "<html lang='en'><title>A page</title><main><h1>A page</h1><img src='data:,'></main></html>"
)


@pytest.mark.parametrize(("language", "direction"), LANGUAGES)
def test_page_says_its_language(open_page, language, direction):
    page = open_page("/api/docs", language=language)

    html = page.locator("html")
    assert (html.get_attribute("lang"), html.get_attribute("dir")) == (language, direction)


def test_axe_names_a_planted_fault(open_page, axe):
    page = open_page("/api/docs")
    page.set_content(FAULTY)

    assert axe(page) == [("image-alt", ["img"])]


def test_page_needs_no_script_and_fits_a_phone(open_page):
    page = open_page("/api/docs", width=320, javascript=False)

    assert page.locator("h1").count() == 1
    assert page.locator("html").bounding_box()["width"] <= 320


def test_somebody_signed_in_sees_the_way_out(open_page):
    page = open_page("/api/docs", user=UserFactory())

    assert page.locator('form[action$="/logout/"], a[href$="/logout/"]').count() >= 1


def test_the_pages_of_administrators_have_no_fault(open_page, axe):
    administrator, other = person_with(Role.ADMINISTRATOR), UserFactory(name="Väinö Väinämöinen")
    found = {}
    for language in ("fi", "sv", "en"):
        for path in ("/people/", f"/people/{other.pk}/"):
            page = open_page(path, language=language, user=administrator)
            found[language, path] = faults(page, language, axe)

    assert {key: wrong for key, wrong in found.items() if wrong} == {}
