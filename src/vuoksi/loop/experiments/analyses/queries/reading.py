"""What was found: analyses, looks on the way and evidence, as pages and programs read them."""

from collections.abc import Iterable
from typing import Any, cast

from django.db.models import OuterRef, QuerySet, Subquery

from vuoksi.base.people.rules import Person
from vuoksi.loop.experiments.analyses.engine import (
    AnyProblem,
    Better,
    Interval,
    Question,
    Result,
    Sentence,
    explain,
    explain_firmness,
    problem_from,
    result_from,
)
from vuoksi.loop.experiments.analyses.engine.analyse import rule_outcome
from vuoksi.loop.experiments.analyses.models import Analysis, Evidence, Look
from vuoksi.loop.experiments.analyses.queries.problems import data_digest, data_of
from vuoksi.loop.experiments.measurements.queries import data_stamp
from vuoksi.loop.experiments.plans.models import Experiment
from vuoksi.loop.experiments.plans.queries import public_experiments

# What stands beside a stored problem.
BESIDE = frozenset({"left_out", "withdrawn"})


def with_findings(user: Person | None = None) -> QuerySet[Any]:
    """Public experiments, each with the finding and the grade of its newest evidence."""
    newest = Evidence.objects.filter(experiment=OuterRef("pk")).order_by("-published_at", "-pk")
    return public_experiments(user).annotate(
        finding=Subquery(newest.values("finding")[:1]), level=Subquery(newest.values("level")[:1])
    )


def public_evidence() -> QuerySet[Evidence]:
    """All evidence, whatever it found."""
    return Evidence.objects.select_related("experiment").order_by("-published_at", "-pk")


def evidence_of(experiment: Experiment) -> QuerySet[Evidence]:
    return experiment.evidence.select_related("experiment").order_by("-published_at", "-pk")


def evidence_of_all(experiments: Iterable[Experiment]) -> QuerySet[Evidence]:
    """The evidence of many experiments, the newest last."""
    return Evidence.objects.filter(experiment__in=list(experiments)).order_by("published_at", "pk")


def analyses_of(experiment: Experiment) -> QuerySet[Analysis]:
    """Without their problems, which are as large as the data."""
    return experiment.analyses.defer("problem").order_by("-at", "-pk")


def looks_of(experiment: Experiment) -> QuerySet[Look]:
    return experiment.looks.defer("problem").order_by("-at", "-pk")


def is_current(analysis: Analysis) -> bool:
    """Whether no measurement came or went since the analysis. The stamp spares reading them all."""
    experiment = analysis.experiment
    if analysis.data_stamp and analysis.data_stamp == data_stamp(experiment):
        return True
    if analysis.data_digest != data_digest(data_of(experiment)):
        return False
    others = analysis.more.get("others", [])
    return all(one["data_digest"] == data_digest(data_of(experiment, one["key"])) for one in others)


def is_interim(analysis: Analysis) -> bool:
    """Whether it was made while the experiment was running: so it was possible once, and it decides nothing."""
    ended = analysis.experiment.ended_at
    return ended is None or analysis.at < ended


def finding_of(analysis: Analysis) -> Evidence.Finding:
    """What the interval says, by rule and not by taste: it helped or did harm if no effect lies outside the interval."""
    interval = interval_of(analysis)
    low, high = interval.low, interval.high
    if analysis.experiment.better == Experiment.Better.DOWN:
        low, high = -high, -low
    if low > 0:
        return Evidence.Finding.BETTER
    return Evidence.Finding.WORSE if high < 0 else Evidence.Finding.NONE


def interval_of(analysis: Analysis) -> Interval:
    """The interval that counts: the always-valid one if the experiment was looked at and ended before its time."""
    valid = analysis.more.get("valid")
    if valid is not None and valid["counts"]:
        return Interval(valid["low"], valid["high"])
    return result_of(analysis).interval


def outcome_of(analysis: Analysis) -> str:
    """What the rule says of the interval that counts."""
    result, experiment = result_of(analysis), analysis.experiment
    counts = interval_of(analysis)
    if counts == result.interval:
        return result.rule_outcome
    better = cast("Better", str(experiment.better))
    rule = Question(
        better=better,
        minimum_effect=experiment.minimum_effect,
        stop_effect=experiment.stop_effect,
    )
    return rule_outcome(rule, counts)


def result_of(analysis: Analysis) -> Result:
    """The engine's result as it was stored."""
    return result_from(analysis.result)


def stored_problem(analysis: Analysis) -> AnyProblem:
    data = {name: value for name, value in analysis.problem.items() if name not in BESIDE}
    return problem_from(data)


def left_out_of(analysis: Analysis) -> list[str]:
    if "left_out" in analysis.more:
        return list(analysis.more["left_out"])
    return list(analysis.problem.get("left_out", []))


def sentences_of(analysis: Analysis, which: str = "said") -> tuple[Sentence, ...]:
    """What the engine said: the story (``said``) or how firmly it stands (``firm``)."""
    if which in analysis.more:
        return tuple(Sentence(code, numbers) for code, numbers in analysis.more[which])
    result = result_of(analysis)
    if which == "firm":
        return explain_firmness(result)
    return explain(stored_problem(analysis), result)
