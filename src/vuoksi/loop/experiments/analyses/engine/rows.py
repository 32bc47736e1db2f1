"""From what was planned and what was measured to the problem of a design.

So that anybody who has the plan and the values gets the same problem, and from it the same figures.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from statistics import fmean
from typing import Any, Literal, get_args

from vuoksi.loop.experiments.analyses.engine.problem import (
    DESIGNS,
    SIDES,
    AnyProblem,
    Assignment,
    Better,
    Design,
    Kind,
    PanelProblem,
    Problem,
    ProblemError,
    SeriesProblem,
    WedgeProblem,
)
from vuoksi.loop.experiments.analyses.engine.problem.question import check_choice
from vuoksi.loop.experiments.analyses.engine.problem.series import Estimand, Season

PeriodLength = Literal["day", "week", "month", "quarter"]
_MONTHS: dict[PeriodLength, int] = {"month": 1, "quarter": 3}
_DAYS: dict[PeriodLength, int] = {"day": 1, "week": 7}
_BEFORE_AFTER = ("before", "after")


@dataclass(frozen=True, slots=True)
class Row:
    """One value: of which arm and unit, on which day (ISO 8601)."""

    arm: str
    unit: str
    day: str
    value: float


@dataclass(frozen=True, slots=True)
class Listed:
    """A unit of the groups that were fixed before the start. `starts_on` is the day its site starts (ISO 8601)."""

    code: str
    arm: str
    stratum: str = ""
    cluster: str = ""
    pair: int | None = None
    starts_on: str | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """What the plan says about one measure.

    Parameters
    ----------
    switch_on
        First day with the trial (ISO 8601); periods are counted from it.
    period
        Their length, for designs in which time matters.
    season
        Of an interrupted time series, over `season_length` periods.
    listed
        The groups, where there are any.
    """

    design: Design
    better: Better = "up"
    confidence: float = 0.95
    minimum_effect: float | None = None
    stop_effect: float | None = None
    kind: Kind = "value"
    lowest: float | None = None
    highest: float | None = None
    assignment: Assignment = "unknown"
    switch_on: str | None = None
    period: PeriodLength = "month"
    season: Season = "none"
    season_length: int = 12
    estimand: Estimand = "level"
    listed: tuple[Listed, ...] = ()

    def __post_init__(self) -> None:
        check_choice("design", self.design, DESIGNS)
        check_choice("period", self.period, get_args(PeriodLength))

    @property
    def question(self) -> dict[str, Any]:
        names = ("better", "confidence", "minimum_effect", "stop_effect")
        return {name: getattr(self, name) for name in names}


def problem_from_rows(setting: Setting, rows: Iterable[Row]) -> AnyProblem:
    """Ask what the plan asks of these values; raises `ProblemError` if it cannot be answered.

    A unit counts once in an arm (or in a period): the mean of its days there. Of counts it is their sum, over
    as many exposures as there are values: the rate is that of one value.
    """
    found = list(rows)
    if setting.design in SIDES:
        return _sides(setting, found)
    if setting.switch_on is None:
        raise ProblemError("bad_start", "The first day with the trial is not known.")
    if setting.design == "interrupted_time_series":
        return _series(setting, found)
    if setting.design == "stepped_wedge":
        return _wedge(setting, found)
    return _panel(setting, found)


def left_out(setting: Setting, rows: Iterable[Row]) -> list[str]:
    """Units that were measured and cannot be used, because their other value or their partner's is missing."""
    if setting.design not in {"before_after_paired", "matched_pairs"}:
        return []
    sides = _by_arm(setting, rows)
    known = {unit for side in sides.values() for unit in side}
    used = {unit for pair in _pairs(setting, sides) for unit in pair}
    return sorted(known - used)


def period_of(day: str, setting: Setting) -> int:
    """Number of the period that a day lies in: 0 begins on the first day with the trial."""
    start, here = date.fromisoformat(str(setting.switch_on)), date.fromisoformat(day)
    if setting.period in _DAYS:
        return (here - start).days // _DAYS[setting.period]
    months = (here.year - start.year) * 12 + here.month - start.month
    if here.day < start.day and not _is_end_of_month(here):
        months -= 1
    return months // _MONTHS[setting.period]


def baseline_of(setting: Setting, rows: Iterable[Row]) -> Mapping[str, float]:
    """Each unit's mean before the first day with the trial; empty where that day is not known."""
    if setting.switch_on is None:
        return {}
    values: dict[str, list[float]] = defaultdict(list)
    for row in rows:
        if row.day < setting.switch_on:
            values[row.unit].append(row.value)
    return {unit: fmean(found) for unit, found in sorted(values.items())}


def _sides(setting: Setting, rows: list[Row]) -> Problem:
    adjusts = setting.design == "two_groups" and setting.kind == "value"
    before = baseline_of(setting, rows) if adjusts else {}
    after = _after(setting, rows)
    sides = _by_arm(setting, after)
    arms = _BEFORE_AFTER if setting.design.startswith("before_after") else ("control", "treatment")
    if setting.design in {"before_after_paired", "matched_pairs"}:
        pairs = _pairs(setting, sides)
        units = [[pair[side] for pair in pairs] for side in (0, 1)]
    else:
        units = [list(sides.get(arm, {})) for arm in arms]
    values = [
        tuple(sides.get(arm, {})[unit] for unit in side)
        for arm, side in zip(arms, units, strict=True)
    ]
    missing = _missing(setting, units)
    return Problem(
        design=setting.design,
        reference=values[0],
        treatment=values[1],
        kind=setting.kind,
        assignment=setting.assignment,
        lowest=setting.lowest if setting.kind != "share" else None,
        highest=setting.highest if setting.kind != "share" else None,
        missing_reference=missing[0],
        missing_treatment=missing[1],
        **(_adjustments(setting, before, units) if adjusts else {}),
        **(_exposures(after, arms, units) if setting.kind == "count" else {}),
        **setting.question,
    )


def _after(setting: Setting, rows: list[Row]) -> list[Row]:
    """The values that are compared: of two groups with a first day only those from it on."""
    if setting.design != "two_groups" or setting.switch_on is None:
        return rows
    return [row for row in rows if row.day >= setting.switch_on]


def _exposures(rows: Iterable[Row], arms: Iterable[str], units: list[list[str]]) -> dict[str, Any]:
    """How often each unit was counted."""
    times = Counter((row.arm, row.unit) for row in rows)
    sides = [
        tuple(float(times[arm, unit]) for unit in side)
        for arm, side in zip(arms, units, strict=True)
    ]
    return {"exposure_reference": sides[0], "exposure_treatment": sides[1]}


def _adjustments(
    setting: Setting, before: Mapping[str, float], units: list[list[str]]
) -> dict[str, Any]:
    """Baselines if every unit has one, strata if chance decided within several."""
    given: dict[str, Any] = {}
    if before and all(unit in before for side in units for unit in side):
        given["baseline_reference"], given["baseline_treatment"] = (
            tuple(before[unit] for unit in side) for side in units
        )
    strata = {one.code: one.stratum for one in setting.listed}
    if setting.assignment == "chance" and len(set(strata.values())) > 1:
        given["strata_reference"], given["strata_treatment"] = (
            tuple(strata.get(unit, "") for unit in side) for side in units
        )
    return given


def _pairs(setting: Setting, sides: Mapping[str, Mapping[str, float]]) -> list[tuple[str, str]]:
    """Units whose both sides were measured: a unit with itself, or with the one that was matched to it."""
    if setting.design == "before_after_paired":
        both = sides.get("before", {}).keys() & sides.get("after", {}).keys()
        return [(unit, unit) for unit in sorted(both)]
    members: dict[int, dict[str, str]] = defaultdict(dict)
    for one in setting.listed:
        if one.pair is not None:
            members[one.pair][one.arm] = one.code
    return [
        (pair["control"], pair["treatment"])
        for _number, pair in sorted(members.items())
        if pair.get("control") in sides.get("control", {})
        and pair.get("treatment") in sides.get("treatment", {})
    ]


def _missing(setting: Setting, units: list[list[str]]) -> tuple[int, int]:
    """How many of the listed units are not in the data, a side; incomplete pairs once."""
    if not setting.listed:
        return 0, 0
    listed = Counter(one.arm for one in setting.listed)
    lacking = [
        max(listed[arm] - len(side), 0)
        for arm, side in zip(("control", "treatment"), units, strict=True)
    ]
    return (0, lacking[1]) if setting.design == "matched_pairs" else (lacking[0], lacking[1])


def _panel(setting: Setting, rows: list[Row]) -> PanelProblem:
    cells = _by_period(setting, rows)
    arms = {row.unit: row.arm for row in rows}
    clusters = {one.code: one.cluster for one in setting.listed if one.cluster}
    keys = sorted(cells)
    return PanelProblem(
        values=tuple(cells[key] for key in keys),
        periods=tuple(period for _unit, period in keys),
        units=tuple(unit for unit, _period in keys),
        treated=tuple(arms[unit] == "treatment" for unit, _period in keys),
        start=0,
        clusters=tuple(clusters.get(unit, unit) for unit, _period in keys) if clusters else (),
        **setting.question,
    )


def _wedge(setting: Setting, rows: list[Row]) -> WedgeProblem:
    """One value a site and period: the mean over its units. Values of units that are not listed are refused."""
    sites = {one.code: one.cluster or one.code for one in setting.listed}
    starts = {sites[one.code]: one.starts_on for one in setting.listed}
    if any(row.unit not in sites for row in rows):
        raise ProblemError("bad_groups", "A unit does not stand in the list of sites.")
    cells = _by_period(setting, [Row(row.arm, sites[row.unit], row.day, row.value) for row in rows])
    keys = sorted(cells)
    first = {site: None if day is None else period_of(day, setting) for site, day in starts.items()}
    return WedgeProblem(
        values=tuple(cells[key] for key in keys),
        sites=tuple(site for site, _period in keys),
        periods=tuple(period for _site, period in keys),
        treated=tuple(_has_started(first[site], period) for site, period in keys),
        **setting.question,
    )


def _has_started(first: int | None, period: int) -> bool:
    return first is not None and period >= first


def _series(setting: Setting, rows: list[Row]) -> SeriesProblem:
    """One value a period: the mean over units of each unit's mean, or the sum of all counts.

    No period may be missing in between.
    """
    is_count = setting.kind == "count"
    by_period: dict[int, list[float]] = defaultdict(list)
    single = [((row.unit, period_of(row.day, setting)), row.value) for row in rows]
    cells = single if is_count else _by_period(setting, rows).items()
    for (_unit, period), value in sorted(cells):
        by_period[period].append(value)
    periods = sorted(by_period)
    if periods and len(periods) != periods[-1] - periods[0] + 1:
        raise ProblemError("missing_period", "A period in between was not measured.")
    return SeriesProblem(
        values=tuple((sum if is_count else fmean)(by_period[period]) for period in periods),
        kind="count" if is_count else "value",
        exposure=tuple(float(len(by_period[period])) for period in periods) if is_count else (),
        start=sum(period < 0 for period in periods),
        estimand=setting.estimand,
        season=setting.season,
        season_length=setting.season_length,
        harmonics=max(1, min(2, setting.season_length // 2)),
        **setting.question,
    )


def _by_arm(setting: Setting, rows: Iterable[Row]) -> dict[str, dict[str, float]]:
    together = sum if setting.kind == "count" else fmean
    values: dict[tuple[str, str], list[float]] = defaultdict(list)
    for row in rows:
        values[row.arm, row.unit].append(row.value)
    sides: dict[str, dict[str, float]] = defaultdict(dict)
    for (arm, unit), found in sorted(values.items()):
        sides[arm][unit] = together(found)
    return dict(sides)


def _by_period(setting: Setting, rows: Iterable[Row]) -> dict[tuple[str, int], float]:
    values: dict[tuple[str, int], list[float]] = defaultdict(list)
    for row in rows:
        values[row.unit, period_of(row.day, setting)].append(row.value)
    return {key: fmean(found) for key, found in values.items()}


def _is_end_of_month(day: date) -> bool:
    return (day + timedelta(days=1)).day == 1


def setting_as_data(setting: Setting) -> dict[str, Any]:
    """The setting as plain data, from which `formats.records.record_from` makes the same one."""
    return asdict(setting)


def later(day: date, period: str, count: int) -> date:
    """The same day some periods later; the 28th where a month is shorter."""
    if period in {"day", "week"}:
        return day + timedelta(days=count * (7 if period == "week" else 1))
    months = day.year * 12 + day.month - 1 + count * (3 if period == "quarter" else 1)
    return date(months // 12, months % 12 + 1, min(day.day, 28) if count else day.day)
