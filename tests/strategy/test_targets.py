from datetime import date

import pytest
from django.core.checks import run_checks
from django.utils import translation
from tests.factories.indicators import IndicatorFactory, ObservationFactory
from tests.factories.strategy import GoalFactory, TargetFactory

from vuoksi.indicators.models import Observation
from vuoksi.strategy import checks, queries

pytestmark = pytest.mark.django_db

TODAY = date(2026, 6, 30)


def view_of(target):
    return queries.target_verdicts([target], TODAY)[0]


def with_figures(target, *figures):
    for year, value in figures:
        ObservationFactory(indicator=target.indicator, year=year, value=value)
    return target


@pytest.mark.parametrize(
    ("figures", "changes", "state"),
    [
        ([(2025, 61.0)], {}, "reached"),
        ([(2025, 52.0)], {}, "on_track"),
        ([(2025, 48.0)], {}, "off_track"),
        ([(2024, 48.0)], {"due_on": date(2024, 12, 31)}, "missed"),
        ([(2025, 52.0)], {"value": None}, "no_target"),
        ([], {}, "too_little_data"),
    ],
)
def test_every_verdict(figures, changes, state):
    view = view_of(with_figures(TargetFactory(**changes), *figures))
    assert view.verdict.state == state


def test_the_latest_figure_is_shown_without_a_verdict_too():
    view = view_of(with_figures(TargetFactory(value=None), (2024, 51.0), (2025, 52.0)))
    assert (view.latest_text, view.latest_period, view.wanted) == ("52\xa0%", "2025", "")


@pytest.mark.parametrize(
    ("latest", "value", "gauge"),
    [
        (25.0, 50.0, ("49.5", "99.0")),
        (100.0, 25.0, ("100.0", "25.0")),
        (0.0, 0.0, ("0.0", "0.0")),
        (-1.0, 25.0, None),
        (25.0, None, None),
        (None, 25.0, None),
    ],
)
def test_a_gauge_shows_the_figure_beside_the_target(latest, value, gauge):
    target = TargetFactory(value=value, operator="at_most", baseline_value=None, baseline_on=None)
    view = view_of(target if latest is None else with_figures(target, (2025, latest)))
    assert (view.gauge and (view.gauge.now, view.gauge.wanted)) == gauge


def test_a_forecast_is_not_a_figure():
    target = with_figures(TargetFactory(), (2024, 49.0))
    ObservationFactory(
        indicator=target.indicator, year=2025, value=70.0, kind=Observation.Kind.FORECAST
    )
    assert view_of(target).latest_period == "2024"


def test_per_head_and_total_are_judged_by_their_own_figures():
    """62 % less per head and 30 % less in all are two figures of two indicators."""
    head = TargetFactory(
        indicator=IndicatorFactory(unit="t_co2e_per_person", better="down"),
        operator="at_most",
        value=2.5,
        baseline_value=6.3,
        baseline_on=date(1990, 12, 31),
    )
    total = TargetFactory(
        goal=head.goal,
        indicator=IndicatorFactory(unit="kt_co2e", better="down"),
        operator="at_most",
        value=212.0,
        baseline_value=1060.2,
        baseline_on=date(1990, 12, 31),
    )
    with_figures(head, (2024, 2.4))
    with_figures(total, (2024, 742.0))
    views = queries.target_verdicts([head, total], TODAY)
    assert [(view.verdict.state, view.latest.value) for view in views] == [
        ("reached", 2.4),
        ("off_track", 742.0),
    ]


def test_a_baseline_of_another_method_is_set_aside_and_said():
    target = TargetFactory(baseline_method="old inventory")
    with_figures(target, (2022, 45.0), (2025, 52.0))
    view = view_of(target)
    assert view.verdict.baseline.value == 45.0
    assert view.why[-2] == (
        "The baseline that was set is by another method, so the first figure by this method counts instead."
    )


def test_of_a_year_and_its_last_quarter_the_year_counts():
    target = with_figures(TargetFactory(), (2025, 52.0))
    ObservationFactory(
        indicator=target.indicator, start=date(2025, 10, 1), end=date(2026, 1, 1), value=99.0
    )
    assert view_of(target).latest.value == 52.0


def test_an_interval_with_one_end_is_understood():
    target = TargetFactory()
    ObservationFactory(indicator=target.indicator, year=2025, value=49.5, low=48.0)
    view = view_of(target)
    assert (view.verdict.state, view.verdict.certain) == ("on_track", False)
    assert view.why[-1] == (
        "The published uncertainty, 48\xa0% to 49.5\xa0%, would allow another verdict too."
    )


def test_why_is_said_with_numbers():
    view = view_of(with_figures(TargetFactory(), (2025, 48.0)))
    assert view.why == [
        "The newest figure is 48\xa0%, for 2025.",
        "A straight line from 40\xa0% on 31 December 2020 to the target on 31 December 2030 passes 50\xa0% at that time.",
        "The figure is behind by 2\xa0%. The rule allows only 1\xa0%, which is 5\xa0% of the planned change.",
        "Going on in a straight line, it would be 56\xa0% on 31 December 2030.",
    ]


def test_figures_are_written_as_the_reader_writes_them():
    target = TargetFactory(
        indicator=IndicatorFactory(unit="t", better="down"), operator="below", value=5.2
    )
    with_figures(target, (2025, 1234.5))
    with translation.override("fi"):
        view = view_of(target)
        assert view.wanted.endswith("5,2\xa0t")
        assert view.latest_text == "1\xa0234\xa0t"


@pytest.mark.parametrize(
    ("operator", "words"),
    [
        ("at_least", "at least 90\xa0%"),
        ("at_most", "at most 90\xa0%"),
        ("above", "more than 90\xa0%"),
        ("below", "less than 90\xa0%"),
    ],
)
def test_inequalities_in_words(operator, words):
    assert view_of(TargetFactory(operator=operator, value=90.0)).wanted == words


def test_more_than_is_not_reached_by_the_same():
    standing = {"operator": "above", "value": 90.0, "due_on": None}
    equal = with_figures(TargetFactory(**standing), (2025, 90.0))
    more = with_figures(TargetFactory(**standing), (2025, 90.1))
    assert [view_of(one).verdict.state for one in (equal, more)] == ["off_track", "reached"]


def test_verdicts_are_counted_best_first():
    goal = GoalFactory()
    targets = [
        with_figures(TargetFactory(goal=goal), (2025, 48.0)),
        with_figures(TargetFactory(goal=goal), (2025, 61.0)),
        with_figures(TargetFactory(goal=goal), (2025, 62.0)),
    ]
    counts = queries.tally(queries.target_verdicts(targets, TODAY))
    assert [(one.state, one.count) for one in counts] == [("reached", 2), ("off_track", 1)]
    assert [(one.start, one.length) for one in queries.bar(counts)] == [
        ("0.00", "66.67"),
        ("66.67", "33.33"),
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_any_number_of_targets_costs_as_many_queries(number, django_assert_num_queries):
    for target in [TargetFactory() for _ in range(number)]:
        with_figures(target, (2024, 50.0), (2025, 52.0))
    with django_assert_num_queries(2):
        queries.target_verdicts(queries.all_targets(), TODAY)


class TestSystemCheck:
    def errors(self):
        return [error.id for error in checks.targets_on_known_indicators(None, ["default"])]

    def test_a_known_unit_of_staff_is_fine(self):
        TargetFactory()
        assert self.errors() == []

    def test_an_unknown_unit_is_refused(self):
        TargetFactory(indicator=IndicatorFactory(unit="furlongs"))
        assert self.errors() == ["strategy.E001"]

    def test_a_key_that_no_system_registers_is_refused(self):
        TargetFactory(indicator=IndicatorFactory(is_from_code=True))
        assert self.errors() == ["strategy.E002"]

    def test_without_a_database_nothing_is_asked(self):
        assert checks.targets_on_known_indicators(None, None) == []

    def test_it_is_registered(self):
        TargetFactory(indicator=IndicatorFactory(unit="furlongs"))
        found = run_checks(tags=["database"], databases=["default"])
        assert [error.id for error in found if error.id.startswith("strategy")] == ["strategy.E001"]
