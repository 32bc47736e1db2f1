from datetime import UTC, date, datetime

import pytest

from tests.factories.indicators import IndicatorFactory, ObservationFactory
from tests.factories.people import person_with
from vuoksi.base.audit.actions import EditedMeanwhile
from vuoksi.base.audit.models import AuditEntry
from vuoksi.base.people.models import Role
from vuoksi.base.people.rules import NotAllowed
from vuoksi.indicators import actions, queries
from vuoksi.indicators.models import Indicator, Observation
from vuoksi.indicators.queries import Figure
from vuoksi.indicators.registry import REGISTERED, Reading, indicator
from vuoksi.indicators.tasks import measure_last_month
from vuoksi.lib import periods
from vuoksi.lib.units import UnknownUnit

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)


def figure(value=48.0, year=2021, method="HSY", **more):
    return Figure(date(year, 1, 1), date(year + 1, 1, 1), value, method, "HSY statistics", **more)


def ledger(row):
    return [
        (o.start.year, o.value, o.method, o.is_current) for o in row.observations.order_by("pk")
    ]


class TestCreateIndicator:
    def test_staff_create_one_and_it_is_audited(self):
        staff = person_with(Role.STAFF)
        row = actions.create_indicator(
            key="espoo.recycling",
            title="Recycling",
            language="en",
            unit="percent",
            better="up",
            by=staff,
            at=NOW,
        )
        assert Indicator.objects.get() == row
        entry = AuditEntry.objects.get()
        assert (entry.verb, entry.actor, entry.thing, entry.details) == (
            "indicators.create_indicator",
            staff,
            row,
            {"key": "espoo.recycling"},
        )

    def test_an_unknown_unit_is_refused(self):
        with pytest.raises(UnknownUnit):
            actions.create_indicator(
                key="a.b",
                title="T",
                language="en",
                unit="bananas",
                better="up",
                by=person_with(Role.STAFF),
                at=NOW,
            )
        assert not Indicator.objects.exists()

    def test_a_resident_may_not(self):
        with pytest.raises(NotAllowed):
            actions.create_indicator(
                key="a.b",
                title="T",
                language="en",
                unit="percent",
                better="up",
                by=person_with(),
                at=NOW,
            )


class TestPublishFigures:
    def test_figures_are_added(self):
        row, staff = IndicatorFactory(), person_with(Role.STAFF)
        count = actions.publish_figures(
            indicator=row, figures=[figure(), figure(50.0, 2022)], by=staff, at=NOW
        )
        assert count == 2
        assert ledger(row) == [(2021, 48.0, "HSY", True), (2022, 50.0, "HSY", True)]

    def test_a_correction_supersedes_and_hides_nothing(self):
        row, staff = IndicatorFactory(), person_with(Role.STAFF)
        actions.publish_figures(indicator=row, figures=[figure(48.0)], by=staff, at=NOW)
        actions.publish_figures(indicator=row, figures=[figure(49.0)], by=staff, at=NOW)
        assert ledger(row) == [(2021, 48.0, "HSY", False), (2021, 49.0, "HSY", True)]
        new = row.observations.get(is_current=True)
        assert new.supersedes.value == 48.0

    def test_the_same_figure_again_changes_nothing(self):
        row, staff = IndicatorFactory(), person_with(Role.STAFF)
        actions.publish_figures(indicator=row, figures=[figure()], by=staff, at=NOW)
        assert actions.publish_figures(indicator=row, figures=[figure()], by=staff, at=NOW) == 0
        assert row.observations.count() == 1
        assert [entry.verb for entry in AuditEntry.objects.order_by("pk")] == [
            "indicators.publish_figures",
            "notices.indicators.figures_published",
        ]

    def test_another_method_stands_beside(self):
        row, staff = IndicatorFactory(), person_with(Role.STAFF)
        actions.publish_figures(
            indicator=row, figures=[figure(), figure(51.0, method="KULMA")], by=staff, at=NOW
        )
        assert ledger(row) == [(2021, 48.0, "HSY", True), (2021, 51.0, "KULMA", True)]

    def test_what_the_platform_measures_is_not_typed_in(self):
        row = IndicatorFactory(is_from_code=True)
        with pytest.raises(NotAllowed):
            actions.publish_figures(
                indicator=row, figures=[figure()], by=person_with(Role.ADMINISTRATOR), at=NOW
            )


class TestEditIndicator:
    def test_words_change(self):
        row = IndicatorFactory(title="Old")
        actions.edit_indicator(
            indicator=row, version=1, by=person_with(Role.STAFF), at=NOW, title="New"
        )
        assert (row.title, row.version) == ("New", 2)

    def test_the_second_of_two_editors_is_told(self):
        row = IndicatorFactory(title="Old")
        actions.edit_indicator(
            indicator=row, version=1, by=person_with(Role.STAFF), at=NOW, title="First"
        )
        with pytest.raises(EditedMeanwhile) as told:
            actions.edit_indicator(
                indicator=row, version=1, by=person_with(Role.STAFF), at=NOW, title="Second"
            )
        assert told.value.thing.title == "First"


@pytest.fixture
def registered():
    """One indicator measured by the platform: its reading is the number of days of the period."""
    before = list(REGISTERED)
    REGISTERED.clear()

    @indicator("test.days", label="Days", unit="days", better="up", source="calendar")
    def days(period):
        return Reading(float(period.days), "counting") if period.start.year > 2000 else None

    yield
    REGISTERED[:] = before


class TestObserve:
    def test_the_platform_measures_itself(self, registered):
        (row,) = actions.synchronise_indicators(at=NOW)
        assert actions.observe(period=periods.year(2024), at=NOW) == 1
        assert ledger(row) == [(2024, 366.0, "counting", True)]
        assert actions.observe(period=periods.year(2024), at=NOW) == 0

    def test_nothing_to_measure_gives_no_figure(self, registered):
        actions.synchronise_indicators(at=NOW)
        assert actions.observe(period=periods.year(1999), at=NOW) == 0
        assert not Observation.objects.exists()

    def test_synchronising_twice_keeps_one_row_and_records_once(self, registered):
        actions.synchronise_indicators(at=NOW)
        actions.synchronise_indicators(at=NOW)
        assert Indicator.objects.get().key == "test.days"
        assert AuditEntry.objects.filter(verb="indicators.synchronise").count() == 1

    def test_words_that_the_code_changed_are_brought_up(self, registered):
        (row,) = actions.synchronise_indicators(at=NOW)
        Indicator.objects.update(title="Old words")
        actions.synchronise_indicators(at=NOW)
        row.refresh_from_db()
        assert row.title == "Days"

    def test_the_clock_asks_once_for_the_month_that_is_over(self, registered):
        # In Helsinki the new month has begun, in Greenwich it has not.
        new_year = datetime(2026, 12, 31, 22, 30, tzinfo=UTC)
        assert [measure_last_month(new_year), measure_last_month(new_year)] == [1, 0]
        row = Observation.objects.get()
        assert (row.period_label, row.value) == ("2026-12", 31.0)


class TestQueries:
    def test_latest_leaves_forecasts_out(self):
        row = IndicatorFactory()
        ObservationFactory(indicator=row, year=2022, value=1.0)
        past = ObservationFactory(indicator=row, year=2023, value=2.0)
        ObservationFactory(indicator=row, year=2030, value=9.0, kind=Observation.Kind.FORECAST)
        assert queries.latest([row]) == {row.pk: past}
        assert queries.newest(queries.current_observations(row)) == past

    def test_changes_say_what_each_line_would_do(self):
        row = IndicatorFactory()
        staff = person_with(Role.STAFF)
        actions.publish_figures(
            indicator=row, figures=[figure(48.0), figure(50.0, 2022)], by=staff, at=NOW
        )
        lines = [(2, figure(48.0)), (3, figure(51.0, 2022)), (4, figure(52.0, 2023))]
        assert [(c.line, c.effect) for c in queries.changes(row, lines)] == [
            (2, "same"),
            (3, "corrected"),
            (4, "new"),
        ]

    def test_a_preview_of_a_ledger_that_moved_on_has_another_digest(self):
        row = IndicatorFactory()
        before = queries.digest_of(queries.changes(row, [(2, figure())]))
        assert before == queries.digest_of(queries.changes(row, [(2, figure())]))
        actions.publish_figures(
            indicator=row, figures=[figure()], by=person_with(Role.STAFF), at=NOW
        )
        assert before != queries.digest_of(queries.changes(row, [(2, figure())]))
