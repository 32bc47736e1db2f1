import pytest

from tests.factories.people import UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(
    ("language", "direction"), [("en", "ltr"), ("fi", "ltr"), ("sv", "ltr"), ("ar", "rtl")]
)
def test_home_says_its_language_and_has_no_violation(open_page, axe, language, direction):
    page = open_page("/", language=language)

    html = page.locator("html")
    assert (html.get_attribute("lang"), html.get_attribute("dir")) == (language, direction)
    assert axe(page) == []


def test_home_needs_no_script_and_fits_a_phone(open_page):
    page = open_page("/", width=320, javascript=False)

    assert page.locator("h1").count() == 1
    assert page.locator("html").bounding_box()["width"] <= 320


def test_somebody_signed_in_sees_a_way_out(open_page):
    page = open_page("/", user=UserFactory())

    assert page.locator('form[action$="/logout/"], a[href$="/logout/"]').count() >= 1
