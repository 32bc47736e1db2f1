"""The demo city is served with the settings of a real site."""

import pytest

pytestmark = pytest.mark.browser


def test_the_city_is_served_with_production_settings(city, visit):
    page = visit(language="en")
    answer = page.goto("/nowhere/")

    assert answer.status == 404
    assert "DJANGO_SETTINGS_MODULE" not in page.content()


# Names on the map that are seen, as boxes, by pairs that cover one another.
COVERED = """() => {
  const seen = [...document.querySelectorAll('.map-label')].filter(e => getComputedStyle(e).visibility === 'visible');
  const boxes = seen.map(e => [e.textContent, e.getBoundingClientRect()]);
  return boxes.flatMap(([name, a], i) => boxes.slice(i + 1)
    .filter(([, b]) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
    .map(([other]) => `${name} and ${other}`));
}"""


def test_names_on_the_map_do_not_cover_one_another(city, visit):
    page = visit()
    page.goto("/places/")
    page.wait_for_selector(".map-canvas[data-ready]")

    assert page.locator(".map-label").count() > 20
    assert page.locator(".map-label:visible").count() > 5
    assert page.evaluate(COVERED) == []

    hidden = page.locator(".map-label[data-covered]").first
    name = hidden.text_content()
    page.locator(".map-list li", has=page.get_by_role("link", name=name, exact=True)).hover()
    assert hidden.evaluate("e => getComputedStyle(e).visibility") == "visible"
