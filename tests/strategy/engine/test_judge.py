from datetime import date, timedelta

import pytest

from vuoksi.strategy.engine import Baseline, Observation, Target, Verdict, judge, violations

BASELINE = Baseline(40, date(2020, 12, 31))
TARGET = Target(60, "at_least", date(2030, 12, 31), BASELINE)
MIDSUMMER = date(2026, 6, 30)


def year(number: int, value: float, **more) -> Observation:
    return Observation(date(number, 12, 31), value, **more)


def verdict(target: Target, *seen: Observation, today: date = MIDSUMMER) -> Verdict:
    answer = judge(target, seen, today=today)
    assert violations(target, seen, today, answer) == ()
    assert judge(target, reversed(seen), today=today) == answer
    return answer


def outcome(target: Target, *seen: Observation, today: date = MIDSUMMER) -> tuple[str, str]:
    answer = verdict(target, *seen, today=today)
    return answer.state, answer.reason


@pytest.mark.parametrize(
    ("seen", "today", "expected"),
    [
        ([year(2025, 52)], MIDSUMMER, ("on_track", "on_path", True)),
        ([year(2025, 49.5)], MIDSUMMER, ("on_track", "within_tolerance", True)),
        ([year(2025, 48)], MIDSUMMER, ("off_track", "behind_path", True)),
        ([year(2025, 39)], MIDSUMMER, ("off_track", "moving_away", True)),
        ([year(2025, 61)], MIDSUMMER, ("reached", "met", True)),
        ([year(2025, 49.5, low=48, high=51)], MIDSUMMER, ("on_track", "within_tolerance", False)),
        ([year(2022, 52)], MIDSUMMER, ("too_little_data", "stale", True)),
        ([year(2029, 59)], date(2031, 3, 1), ("too_little_data", "not_yet_measured", True)),
        ([year(2030, 60)], date(2031, 9, 1), ("reached", "met_at_due", True)),
        ([year(2030, 59), year(2031, 62)], date(2032, 9, 1), ("missed", "met_since", True)),
    ],
)
def test_the_worked_examples_of_the_documentation(seen, today, expected):
    answer = verdict(TARGET, *seen, today=today)
    assert (answer.state, answer.reason, answer.certain) == expected


def test_a_verdict_carries_its_numbers():
    answer = verdict(TARGET, year(2025, 48))
    assert answer.latest == answer.judged == year(2025, 48)
    assert answer.baseline == BASELINE
    assert answer.expected == pytest.approx(50.00, abs=0.005)
    assert answer.expected_today == pytest.approx(50.99, abs=0.005)
    assert (answer.tolerance, answer.gap) == (1.0, 12.0)
    assert answer.projected == pytest.approx(56.00, abs=0.005)


def test_espoos_emissions_per_head_are_held_against_their_path():
    target = Target(0.6, "at_most", date(2030, 12, 31), Baseline(6.1, date(1990, 12, 31)))
    answer = verdict(target, year(2022, 2.9), year(2023, 2.4), today=date(2025, 1, 1))
    assert (answer.state, answer.reason) == ("off_track", "behind_path")
    assert answer.expected == pytest.approx(1.56, abs=0.005)
    assert answer.projected == pytest.approx(1.62, abs=0.005)


def test_without_a_target_the_latest_figure_is_still_shown():
    answer = verdict(Target(None), year(2023, 9.07), year(2021, 10))
    assert answer == Verdict("no_target", "no_target_set", latest=year(2023, 9.07))


def test_without_a_figure_there_is_no_verdict():
    assert outcome(TARGET) == ("too_little_data", "no_observations")
    assert outcome(TARGET, year(2026, 70)) == ("too_little_data", "no_observations")
    assert outcome(Target(None)) == ("no_target", "no_target_set")


@pytest.mark.parametrize(
    ("operator", "value", "state"),
    [
        ("at_least", 90.0, "reached"), ("above", 90.0, "off_track"), ("above", 90.1, "reached"),
        ("at_most", 90.0, "reached"), ("below", 90.0, "off_track"), ("below", 89.9, "reached"),
        ("at_least", 89.9, "off_track"), ("at_most", 90.1, "off_track"),
    ],
)  # fmt: skip
def test_a_standing_target_must_be_met_now(operator, value, state):
    assert verdict(Target(90, operator), year(2025, value)).state == state


def test_a_standing_target_knows_uncertainty():
    target = Target(90, "above")
    assert not verdict(target, year(2025, 91, low=90, high=92)).certain
    assert verdict(target, year(2025, 92, low=90.5, high=92)).certain


def test_the_first_figure_is_the_baseline_if_none_was_set():
    target = Target(60, "at_least", date(2030, 12, 31))
    assert outcome(target, year(2025, 52)) == ("too_little_data", "no_baseline")
    assert outcome(target, year(2025, 61)) == ("reached", "met")
    answer = verdict(target, year(2025, 52), year(2020, 40))
    assert (answer.state, answer.baseline) == ("on_track", Baseline(40, date(2020, 12, 31), ""))


def test_progress_needs_a_figure_after_the_baseline():
    assert outcome(TARGET, year(2020, 41), today=date(2021, 6, 1)) == (
        "too_little_data",
        "nothing_since_baseline",
    )


def test_figures_of_another_method_are_not_compared():
    old, new = "GPC 2018", "GPC 2024"
    target = Target(60, "at_least", date(2030, 12, 31), Baseline(40, date(2020, 12, 31), old))
    assert outcome(target, year(2024, 52, method=old)) == ("on_track", "on_path")
    assert outcome(target, year(2024, 52, method=old), year(2025, 50, method=new)) == (
        "too_little_data",
        "no_baseline",
    )
    answer = verdict(target, year(2024, 50, method=new), year(2025, 52, method=new))
    assert answer.baseline == Baseline(50, date(2024, 12, 31), new)


def test_of_two_methods_for_one_day_the_baselines_own_counts():
    target = Target(60, "at_least", date(2030, 12, 31), Baseline(40, date(2020, 12, 31), "b"))
    answer = verdict(target, year(2025, 52, method="a"), year(2025, 50, method="b"))
    assert answer.judged == year(2025, 50, method="b")
    without = Target(60, "at_least", date(2030, 12, 31), BASELINE)
    answer = verdict(without, year(2025, 52, method="b"), year(2025, 50, method="a"))
    assert answer.judged == year(2025, 50, method="a")


def test_a_level_that_must_be_kept_may_not_slip():
    keep = Target(60, "at_least", date(2030, 12, 31), Baseline(65, date(2020, 12, 31)))
    assert outcome(keep, year(2025, 60)) == ("reached", "met")
    assert outcome(keep, year(2025, 59.9)) == ("off_track", "moving_away")
    above = Target(60, "above", date(2030, 12, 31), Baseline(60, date(2020, 12, 31)))
    assert outcome(above, year(2025, 60)) == ("on_track", "on_path")
    assert outcome(above, year(2025, 59.9)) == ("off_track", "moving_away")


def test_values_are_compared_as_they_are_written():
    target = Target(0.3, "at_least", date(2030, 12, 31), Baseline(0.1, date(2020, 12, 31)))
    edge = Target(1.0, "at_least", date(2021, 1, 10), Baseline(0.0, date(2020, 12, 31)))
    seen = Observation(date(2021, 1, 3), 0.25)
    assert outcome(target, year(2025, 0.3)) == ("reached", "met")
    assert outcome(edge, seen, today=date(2021, 1, 4)) == ("on_track", "within_tolerance")


@pytest.mark.parametrize(
    ("days", "counts"), [(-4, False), (-3, True), (0, True), (366, True), (367, False)]
)
def test_the_figure_for_the_due_day_must_be_near_it(days, counts):
    seen = Observation(TARGET.due + timedelta(days=days), 61)
    expected = ("reached", "met_at_due") if counts else ("too_little_data", "not_measured_at_due")
    assert outcome(TARGET, seen, today=date(2040, 1, 1)) == expected


def test_of_two_figures_as_near_to_the_due_day_the_later_decides():
    before, after = (Observation(TARGET.due + timedelta(days=days), 60 + days) for days in (-2, 2))
    answer = verdict(TARGET, before, after, today=date(2031, 2, 1))
    assert (answer.state, answer.judged) == ("reached", after)


def test_after_the_due_day_a_target_is_missed_with_or_without_certainty():
    assert outcome(TARGET, year(2030, 59), today=date(2031, 9, 1)) == ("missed", "not_met_at_due")
    wide = year(2030, 59, low=58, high=60)
    assert not verdict(TARGET, wide, today=date(2031, 9, 1)).certain


def test_the_due_day_itself_belongs_to_the_time_given():
    seen = Observation(date(2030, 6, 30), 59)
    assert outcome(TARGET, seen, today=date(2030, 12, 31)) == ("on_track", "on_path")
    assert outcome(TARGET, seen, today=date(2031, 1, 1)) == ("too_little_data", "not_yet_measured")


def test_a_figure_stays_fresh_as_long_as_the_target_says():
    rare = Target(60, "at_least", date(2030, 12, 31), BASELINE, stale_after_days=5 * 366)
    assert outcome(rare, year(2022, 52)) == ("on_track", "on_path")


def test_two_figures_for_the_same_day_and_method_are_refused():
    with pytest.raises(ValueError, match="same method and the same last day"):
        judge(TARGET, [year(2025, 50), year(2025, 51)], today=MIDSUMMER)


NAN = float("nan")


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Target(NAN), "target must be a finite number"),
        (lambda: Target(1, "about"), "'about' is not one of at_least, at_most, above, below"),
        (lambda: Target(1, due=date(2020, 12, 31), baseline=BASELINE), "before the due day"),
        (lambda: Target(1, stale_after_days=0), "at least one day"),
        (lambda: Baseline(NAN, MIDSUMMER), "baseline must be a finite number"),
        (lambda: year(2025, NAN), "value must be a finite number"),
        (lambda: year(2025, 1, low=NAN, high=2), "low must be a finite number"),
        (lambda: year(2025, 1, low=0, high=NAN), "high must be a finite number"),
        (lambda: year(2025, 1, low=0), "needs both its ends"),
        (lambda: year(2025, 1, high=2), "needs both its ends"),
        (lambda: year(2025, 3, low=0, high=2), "between its low and its high"),
    ],
)
def test_what_cannot_be_is_refused(make, message):
    with pytest.raises(ValueError, match=message):
        make()
