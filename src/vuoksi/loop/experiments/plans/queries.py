from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet

from vuoksi.base.people.rules import Person, is_city_staff
from vuoksi.lib import canonical
from vuoksi.loop.calls.models import Entry
from vuoksi.loop.calls.rules import IS_PUBLIC
from vuoksi.loop.experiments.plans.models import (
    Deviation,
    Experiment,
    Grouping,
    ListedUnit,
    Question,
    SampleSize,
)

PLAN_VERSION = 2
# Everything that a plan says in words, in the language it was written in.
PLAN_WORDS = (
    "title",
    "summary",
    "hypothesis",
    "users",
    "fit",
    "benefit",
    "budget_use",
    "schedule",
    "baseline_note",
    "rule",
)
# What must be there before the start; the indicator or the own measure is asked for apart.
NEEDED = (
    *("title", "summary", "hypothesis", "users", "fit", "benefit", "testbed", "owner"),
    *("budget_eur", "starts_on", "ends_on", "design", "baseline", "minimum_effect", "rule"),
)
OWN_MEASURE = ("measure", "unit")
# What a design asks for besides.
NEEDED_BY: dict[str, tuple[str, ...]] = {
    Experiment.Design.DIFFERENCE_IN_DIFFERENCES: ("switch_on", "period"),
    Experiment.Design.INTERRUPTED_TIME_SERIES: ("switch_on", "period"),
    Experiment.Design.STEPPED_WEDGE: ("switch_on", "period"),
}
# Designs that compare two sides, whenever their values were measured.
COMPARES_SIDES = frozenset(
    {
        Experiment.Design.BEFORE_AFTER_PAIRED,
        Experiment.Design.BEFORE_AFTER,
        Experiment.Design.TWO_GROUPS,
        Experiment.Design.MATCHED_PAIRS,
    }
)
# Designs in which rates of counts are compared.
COMPARES_RATES = COMPARES_SIDES | {Experiment.Design.INTERRUPTED_TIME_SERIES}
# Designs in which it is known of each unit, before anything is measured, in which group it is or when it starts.
LISTED_ALWAYS = frozenset({Experiment.Design.MATCHED_PAIRS, Experiment.Design.STEPPED_WEDGE})
LISTED_BY_CHANCE = frozenset(
    {Experiment.Design.TWO_GROUPS, Experiment.Design.DIFFERENCE_IN_DIFFERENCES}
)


def public_experiments(user: Person | None = None) -> QuerySet[Experiment]:
    """Everything but what is still being planned, failed and cancelled ones too; city staff see plans as well."""
    rows = Experiment.objects.select_related("goal", "testbed", "owner", "indicator")
    if user is not None and is_city_staff.test(user):
        return rows
    return rows.exclude(state=Experiment.State.DRAFT)


def running_experiments() -> QuerySet[Experiment]:
    """What is being tried now, the one that ends first first."""
    return public_experiments().filter(state=Experiment.State.RUNNING).order_by("ends_on", "pk")


def experiment_page(slug: str) -> Experiment | None:
    """One experiment, a plan too, with what its page shows."""
    return _whole(Experiment.objects.all()).filter(slug=slug).first()


def whole_experiments() -> QuerySet[Experiment]:
    """Public experiments with everything that their plans name."""
    return _whole(public_experiments())


def experiments_from(entries: Iterable[Entry]) -> QuerySet[Any]:
    """Pairs of entry and public experiment as rows of the table between them, one query."""
    return (
        Experiment.entries.through.objects.filter(entry__in=list(entries))
        .exclude(experiment__state=Experiment.State.DRAFT)
        .select_related("experiment")
        .order_by("pk")
    )


def slugs_like(base: str) -> set[str]:
    return set(Experiment.objects.filter(slug__startswith=base).values_list("slug", flat=True))


def faults_before_start(experiment: Experiment, today: date) -> dict[str, str]:
    """Name what keeps the experiment from starting on `today`, by field; see `NotReady`."""
    needed = (*NEEDED, *NEEDED_BY.get(experiment.design, ()))
    faults = {name: "missing" for name in needed if getattr(experiment, name) in (None, "")}
    if experiment.season != Experiment.Season.NONE and experiment.season_length is None:
        faults["season_length"] = "missing"
    if experiment.indicator_id is None:
        faults |= {name: "missing" for name in OWN_MEASURE if not getattr(experiment, name)}
    if experiment.ends_on is not None and experiment.ends_on < today:
        faults["ends_on"] = "past"
    return faults


def measure_words(experiment: Experiment) -> str:
    """What is measured, in the language it was written in: the own measure, or the indicator's title."""
    return experiment.measure or (experiment.indicator.title if experiment.indicator else "")


def effect_unit_of(experiment: Experiment) -> str:
    """The unit of the effect: that of the measure; of a count its rate's change in percent."""
    is_count = experiment.kind == Experiment.Kind.COUNT
    return "percent_change" if is_count else unit_of(experiment)


def unit_of(experiment: Experiment) -> str:
    """The unit of the measure; an indicator brings its own."""
    return experiment.indicator.unit if experiment.indicator else experiment.unit


def needs_groups(experiment: Experiment) -> bool:
    """Whether every unit's group or start must be listed, drawn or matched before the experiment starts."""
    by_chance = experiment.assignment == Experiment.Assignment.CHANCE
    return experiment.design in LISTED_ALWAYS or (
        by_chance and experiment.design in LISTED_BY_CHANCE
    )


def has_groups(experiment: Experiment) -> bool:
    """Whether groups may be listed at all: not where each unit is compared with itself alone."""
    return experiment.design in LISTED_ALWAYS | LISTED_BY_CHANCE


def grouping_of(experiment: Experiment) -> Grouping | None:
    """The groups in force."""
    return experiment.groupings.filter(replaced_at=None).first()


def groups_hold(grouping: Grouping) -> bool:
    """Whether the text of the groups still has its digest: not after somebody in them has withdrawn."""
    return canonical.digest_of_text(grouping.text) == grouping.digest


def groupings_of(experiment: Experiment) -> QuerySet[Grouping]:
    """Every grouping that was ever made, the newest first."""
    return experiment.groupings.order_by("-at", "-pk")


def units_of(grouping: Grouping) -> QuerySet[ListedUnit]:
    return grouping.units.order_by("step", "pair", "arm", "stratum", "code")


def no_units() -> QuerySet[ListedUnit]:
    """What an experiment without groups lists."""
    return ListedUnit.objects.none()


def question_slugs_like(base: str) -> set[str]:
    return set(Question.objects.filter(slug__startswith=base).values_list("slug", flat=True))


def deviations_of(experiment: Experiment) -> QuerySet[Deviation]:
    return experiment.deviations.order_by("happened_on", "pk")


def sample_size_of(experiment: Experiment) -> SampleSize | None:
    return SampleSize.objects.filter(experiment=experiment).first()


def public_questions() -> QuerySet[Question]:
    return Question.objects.select_related("goal").order_by("title", "pk")


def plan_of(experiment: Experiment) -> dict[str, Any]:
    """Everything that is fixed at the start, as data (docs/reference/experiment-plans.md).

    Things are named by their addresses and keys, which never change; money has two decimals.
    """
    return {
        "format": PLAN_VERSION,
        "experiment": experiment.slug,
        "language": experiment.language,
        "words": {name: getattr(experiment, name) for name in PLAN_WORDS},
        "entries": sorted(experiment.entries.values_list("pk", flat=True)),
        "goal": experiment.goal.slug if experiment.goal else None,
        "testbed": experiment.testbed.slug if experiment.testbed else None,
        "owner": experiment.owner.slug if experiment.owner else None,
        "partners": sorted(experiment.partners.values_list("slug", flat=True)),
        "budget_eur": None if experiment.budget_eur is None else f"{experiment.budget_eur:.2f}",
        "starts_on": experiment.starts_on,
        "ends_on": experiment.ends_on,
        "measure": {
            "indicator": experiment.indicator.key if experiment.indicator else None,
            "title": measure_words(experiment),
            "unit": unit_of(experiment),
            "better": str(experiment.better),
            "design": str(experiment.design),
            "baseline": experiment.baseline,
            "kind": str(experiment.kind),
            "lowest": experiment.lowest,
            "highest": experiment.highest,
        },
        "other_measures": _others(experiment),
        "correction": str(experiment.correction),
        "question": experiment.question.slug if experiment.question else None,
        "design": {
            "assignment": str(experiment.assignment),
            "switch_on": experiment.switch_on,
            "period": experiment.period,
            "season": str(experiment.season),
            "season_length": experiment.season_length,
            "estimand": str(experiment.estimand),
            "planned_units": experiment.planned_units,
        },
        "groups": _groups(experiment),
        "sample_size": _sample_size(experiment),
        "rule": {
            "confidence": 0.95,
            "minimum_effect": experiment.minimum_effect,
            "stop_effect": experiment.stop_effect,
        },
    }


def plan_text(experiment: Experiment) -> str:
    """The plan as it was fixed; before the start, as it would be fixed now."""
    return experiment.frozen_text or canonical.canonical(plan_of(experiment))


def plan_digest(experiment: Experiment) -> str:
    return experiment.frozen_digest or canonical.digest(plan_of(experiment))


def _others(experiment: Experiment) -> list[dict[str, str]]:
    return [
        {"key": one.key, "title": one.title, "unit": one.unit, "better": str(one.better)}
        for one in experiment.other_measures.order_by("key")
    ]


def _groups(experiment: Experiment) -> dict[str, Any] | None:
    found = grouping_of(experiment)
    if found is None:
        return None
    return {
        "method": str(found.method),
        "seed": found.seed,
        "algorithm": found.algorithm,
        "digest": found.digest,
        "units": found.units.count(),
        "made_before": experiment.groupings.count() - 1,
    }


def _sample_size(experiment: Experiment) -> dict[str, Any] | None:
    found = sample_size_of(experiment)
    if found is None:
        return None
    return {"problem": found.problem, "answer": found.answer, "engine": found.engine_version}


def _whole(rows: QuerySet[Experiment]) -> QuerySet[Experiment]:
    entries = Entry.objects.filter(IS_PUBLIC).select_related("call").order_by("pk")
    return rows.select_related(
        "goal", "testbed", "owner", "indicator", "created_by", "question"
    ).prefetch_related("partners", Prefetch("entries", entries))
