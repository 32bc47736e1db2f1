"""Before the start: sample size, further measures, and groups that are drawn, matched or listed."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from vuoksi.base.audit.actions import action, record, save_if_unchanged
from vuoksi.base.people.models import User
from vuoksi.lib import canonical
from vuoksi.loop.experiments.analyses import queries
from vuoksi.loop.experiments.analyses.engine import ProblemError, later
from vuoksi.loop.experiments.analyses.engine.balance import Covariates, compare
from vuoksi.loop.experiments.analyses.engine.match import MatchProblem, match
from vuoksi.loop.experiments.analyses.engine.power import power_of, power_problem_from
from vuoksi.loop.experiments.analyses.engine.randomise import (
    DrawProblem,
    OrderProblem,
    draw,
    draw_order,
)
from vuoksi.loop.experiments.analyses.refusals import BadList
from vuoksi.loop.experiments.plans.models import (
    Experiment,
    Grouping,
    ListedUnit,
    OtherMeasure,
    SampleSize,
)
from vuoksi.loop.experiments.plans.queries import grouping_of
from vuoksi.loop.experiments.plans.rules import check_edit_experiment

ARMS = ("control", "treatment")
Method = Grouping.Method
ALGORITHMS = {
    Method.CHANCE: "SHA-256 lots in permuted strata",
    Method.ORDER: "SHA-256 lots of sites",
    Method.MATCHING: "Optimal pairs by Mahalanobis distance",
    Method.LISTED: "As listed",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A unit of the list: under its code, with what is known of it before the start."""

    code: str
    stratum: str = ""
    cluster: str = ""
    group: str = ""
    starts_on: date | None = None
    known: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Made:
    """Groups as they were made: what the engine was given and said, the place of each unit, balance."""

    given: dict[str, Any]
    answer: dict[str, Any]
    units: list[dict[str, Any]]
    balance: dict[str, Any] | None = None


@action
def plan_sample_size(
    *, experiment: Experiment, asked: Mapping[str, Any], by: User, at: datetime
) -> SampleSize:
    """Compute how many are needed and what the planned number can find; both become part of the plan.

    `asked` is a power problem of the engine. Raises its ProblemError.
    """
    check_edit_experiment(by, experiment)
    power = power_of(power_problem_from(asked))
    row, _is_new = SampleSize.objects.update_or_create(
        experiment=experiment,
        defaults={
            "problem": dict(asked),
            "answer": asdict(power),
            "engine_version": queries.ENGINE,
            "by": by,
            "at": at,
        },
    )
    save_if_unchanged(experiment, version=experiment.version, planned_units=power.total)
    record(actor=by, verb="experiments.plan_sample_size", thing=experiment, at=at)
    return row


@action
def add_measure(
    *,
    experiment: Experiment,
    key: str,
    title: str,
    unit: str,
    better: str,
    language: str,
    by: User,
    at: datetime,
) -> OtherMeasure:
    """Plan a further measure."""
    check_edit_experiment(by, experiment)
    row = OtherMeasure.objects.create(
        experiment=experiment, key=key, title=title, unit=unit, better=better, language=language
    )
    record(actor=by, verb="experiments.add_measure", thing=experiment, at=at, key=key)
    return row


@action
def remove_measure(*, measure: OtherMeasure, by: User, at: datetime) -> None:
    """Plan a further measure no more."""
    experiment, key = measure.experiment, measure.key
    check_edit_experiment(by, experiment)
    measure.delete()
    record(actor=by, verb="experiments.remove_measure", thing=experiment, at=at, key=key)


@action
def make_groups(
    *,
    experiment: Experiment,
    units: Sequence[Wanted],
    method: str,
    seed: int | None,
    by: User,
    at: datetime,
    steps: int = 0,
    reason: str = "",
) -> Grouping:
    """Divide the units by lot, match them, or take the list as it is. Earlier groups stay on record with the reason.

    Raises BadList.
    """
    experiment = Experiment.objects.select_for_update().get(pk=experiment.pk)
    check_edit_experiment(by, experiment)
    old = grouping_of(experiment)
    if old is not None and not reason.strip():
        raise BadList("reason")
    made = _made(experiment, units, Method(method), seed, steps)
    text = canonical.canonical(
        {
            "experiment": experiment.slug,
            "method": method,
            "algorithm": ALGORITHMS[Method(method)],
            "seed": seed,
            "given": made.given,
            "answer": made.answer,
            "units": made.units,
        }
    )
    if old is not None:
        old.replaced_at = at
        old.save(update_fields=["replaced_at"])
    row = Grouping.objects.create(
        experiment=experiment,
        method=method,
        seed=seed,
        algorithm=ALGORITHMS[Method(method)],
        text=text,
        digest=canonical.digest_of_text(text),
        balance=made.balance,
        reason=reason,
        by=by,
        at=at,
    )
    ListedUnit.objects.bulk_create(ListedUnit(grouping=row, **unit) for unit in made.units)
    record(actor=by, verb="experiments.make_groups", thing=experiment, at=at, digest=row.digest)
    return row


def _made(
    experiment: Experiment, units: Sequence[Wanted], method: Method, seed: int | None, steps: int
) -> _Made:
    try:
        if method == Method.MATCHING:
            return _matched(units)
        if method == Method.ORDER:
            return _ordered(experiment, units, seed or 0, steps)
        if method == Method.CHANCE:
            return _drawn(units, seed or 0)
        return _listed(experiment, units)
    except ProblemError as error:
        raise BadList(error.code) from error


def _drawn(units: Sequence[Wanted], seed: int) -> _Made:
    """Whole clusters are drawn where there are any, else the units."""
    strata = {unit.cluster or unit.code: unit.stratum for unit in units}
    given = DrawProblem(
        units=tuple(strata),
        seed=seed,
        strata=tuple(strata.values()) if any(strata.values()) else (),
        groups=ARMS,
    )
    drawn = draw(given)
    arms = dict(zip(strata, drawn.groups, strict=True))
    placed = [_place(unit, arms[unit.cluster or unit.code]) for unit in units]
    return _Made(asdict(given), asdict(drawn), placed, _balance(units, placed))


def _ordered(experiment: Experiment, units: Sequence[Wanted], seed: int, steps: int) -> _Made:
    """Sites start one step after the other, each a period later, from the first day with the trial."""
    if experiment.switch_on is None:
        raise BadList("no_start")
    sites = tuple(dict.fromkeys(unit.cluster or unit.code for unit in units))
    given = OrderProblem(sites=sites, seed=seed, steps=steps)
    drawn = draw_order(given)
    step_of = dict(zip(sites, drawn.steps, strict=True))
    placed = []
    for unit in units:
        step = step_of[unit.cluster or unit.code]
        day = later(experiment.switch_on, experiment.period, step - 1)
        placed.append({**_place(unit, "treatment"), "step": step, "starts_on": day})
    return _Made(asdict(given), asdict(drawn), placed)


def _listed(experiment: Experiment, units: Sequence[Wanted]) -> _Made:
    is_wedge = experiment.design == Experiment.Design.STEPPED_WEDGE
    if is_wedge and all(unit.starts_on is None for unit in units):
        raise BadList("no_start")
    if not is_wedge and any(unit.group not in ARMS for unit in units):
        raise BadList("no_group")
    _check_codes(units)
    placed = [
        {
            **_place(unit, "treatment" if is_wedge else unit.group),
            "starts_on": unit.starts_on if is_wedge else None,
        }
        for unit in units
    ]
    return _Made({}, {}, placed, None if is_wedge else _balance(units, placed))


def _matched(units: Sequence[Wanted]) -> _Made:
    """What is known of each unit stays out of the published text: only pairs, distances and balance are told."""
    names = _known_of_all(units)
    if not names:
        raise BadList("nothing_known")
    if any(unit.group not in ARMS for unit in units):
        raise BadList("no_group")
    _check_codes(units)
    sides = {arm: [unit for unit in units if unit.group == arm] for arm in ARMS}
    values = {
        arm: tuple(tuple(unit.known[name] for name in names) for unit in side)
        for arm, side in sides.items()
    }
    has_strata = any(unit.stratum for unit in units)
    strata = {
        arm: tuple(unit.stratum for unit in side) if has_strata else ()
        for arm, side in sides.items()
    }
    found = match(
        MatchProblem(
            covariates=names,
            treated=tuple(unit.code for unit in sides["treatment"]),
            pool=tuple(unit.code for unit in sides["control"]),
            treated_values=values["treatment"],
            pool_values=values["control"],
            treated_strata=strata["treatment"],
            pool_strata=strata["control"],
        )
    )
    by_code = {unit.code: unit for unit in units}
    placed = [
        {**_place(by_code[code], arm), "pair": number}
        for number, pair in enumerate(found.pairs, 1)
        for code, arm in ((pair.treated, "treatment"), (pair.control, "control"))
    ]
    after = found.after or found.before
    answer = {"pairs": [asdict(pair) for pair in found.pairs], "unmatched": found.unmatched}
    return _Made({"covariates": names}, answer, placed, asdict(after))


def _check_codes(units: Sequence[Wanted]) -> None:
    if len({unit.code for unit in units}) != len(units):
        raise BadList("bad_groups")


def _known_of_all(units: Sequence[Wanted]) -> tuple[str, ...]:
    """What is known of every unit, in the order of the list's columns."""
    first = units[0].known if units else {}
    return tuple(name for name in first if all(name in unit.known for unit in units))


def _balance(units: Sequence[Wanted], placed: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    names = _known_of_all(units)
    sides = {
        arm: [unit for unit, place in zip(units, placed, strict=True) if place["arm"] == arm]
        for arm in ARMS
    }
    if not names or min(map(len, sides.values())) < 2:
        return None
    columns = [
        tuple(tuple(unit.known[name] for unit in sides[arm]) for name in names) for arm in ARMS
    ]
    return asdict(compare(Covariates(names, *columns)))


def _place(unit: Wanted, arm: str) -> dict[str, Any]:
    return {"code": unit.code, "arm": arm, "stratum": unit.stratum, "cluster": unit.cluster}
