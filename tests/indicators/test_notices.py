"""Who follows an indicator hears of its figures, and never more often than there is something new to say."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.factories.indicators import IndicatorFactory
from tests.factories.people import UserFactory, person_with
from tests.factories.talk import FollowFactory
from vuoksi.base.notices.kinds import in_words
from vuoksi.base.notices.models import Notice
from vuoksi.base.people.models import Role
from vuoksi.indicators import actions
from vuoksi.indicators.queries import Figure
from vuoksi.indicators.registry import Reading, Registered
from vuoksi.lib import periods

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
NEW = "There are new figures: “Bicycles”."
CORRECTED = "Figures that were published are corrected: “Bicycles”."


@pytest.fixture
def row():
    return IndicatorFactory(title="Bicycles")


@pytest.fixture
def follower(row):
    return FollowFactory(thing=row, user=UserFactory()).user


def publish(row, *values, at=NOW, by=None):
    figures = [
        Figure(date(year, 1, 1), date(year + 1, 1, 1), value, "count", "City")
        for year, value in enumerate(values, 1800)
    ]
    actions.publish_figures(indicator=row, figures=figures, by=by or person_with(Role.STAFF), at=at)


def told(person):
    return [said.text for said in in_words(Notice.objects.filter(user=person).order_by("pk"))]


def test_an_import_of_two_hundred_rows_is_one_notice(row, follower):
    publish(row, *range(200))
    assert told(follower) == [NEW]


def test_whoever_published_and_whoever_follows_nothing_are_not_told(row):
    staff = FollowFactory(thing=row, user=person_with(Role.STAFF)).user
    publish(row, 1.0, by=staff)
    assert Notice.objects.count() == 0


def test_figures_sent_one_by_one_are_told_once_until_that_is_read(row, follower):
    publish(row, 1.0)
    publish(row, 1.0, 2.0)
    assert told(follower) == [NEW]
    Notice.objects.update(read_at=NOW)
    publish(row, 1.0, 2.0, 3.0)
    assert told(follower) == [NEW, NEW]


@pytest.mark.parametrize(
    ("mailed_at", "later", "times"),
    [(None, timedelta(days=1), 1), (NOW, timedelta(days=1), 2), (None, timedelta(days=8), 2)],
    ids=["it waits for the digest", "it was mailed", "it is old news that no letter brings"],
)
def test_the_next_figures_are_told_when_no_letter_will_bring_the_last(
    row, follower, mailed_at, later, times
):
    publish(row, 1.0)
    Notice.objects.update(mailed_at=mailed_at)
    publish(row, 1.0, 2.0, at=NOW + later)
    assert told(follower) == [NEW] * times


def test_a_correction_is_told_as_one_beside_new_figures_that_wait(row, follower):
    publish(row, 1.0)
    publish(row, 1.5)
    assert told(follower) == [NEW, CORRECTED]


def test_new_words_are_told_once(row, follower):
    staff = person_with(Role.STAFF)
    for version, title in ((1, "Cycles"), (2, "Bicycles")):
        actions.edit_indicator(indicator=row, version=version, by=staff, at=NOW, title=title)
    assert told(follower) == ["The words or facts of “Bicycles” have changed."]


def test_what_the_platform_measures_is_told_once_a_period(follower, row, monkeypatch):
    readings = iter([1.0, 2.0, 2.0, 3.0])
    entry = Registered(
        key=row.key,
        label="Bicycles",
        unit="percent",
        better="up",
        source="counters",
        measure=lambda period: Reading(next(readings), "count"),
    )
    monkeypatch.setattr("vuoksi.indicators.actions.REGISTERED", [entry])
    actions.synchronise_indicators(at=NOW)
    for year, expected in ((2025, 1), (2025, 1), (2025, 0), (2026, 1)):
        assert actions.observe(period=periods.year(year), at=NOW) == expected
        Notice.objects.update(read_at=NOW)
    assert told(follower) == [NEW, NEW]
