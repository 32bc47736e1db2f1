"""The demo city is served with the settings of a real site."""

import pytest

pytestmark = pytest.mark.browser


def test_the_city_is_served_with_production_settings(city, visit):
    page = visit(language="en")
    answer = page.goto("/nowhere/")

    assert answer.status == 404
    assert "DJANGO_SETTINGS_MODULE" not in page.content()
