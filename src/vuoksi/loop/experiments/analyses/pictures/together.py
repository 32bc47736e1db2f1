"""Sample size before the start, and the evidence of several experiments on one question."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from vuoksi.base.texts.queries import in_language
from vuoksi.base.ui.charts import Chart, Effect
from vuoksi.indicators.words import unit_words
from vuoksi.loop.experiments.analyses.charts import forest_chart, power_chart
from vuoksi.loop.experiments.analyses.engine.explain import percent_of
from vuoksi.loop.experiments.analyses.engine.formats.records import record_from
from vuoksi.loop.experiments.analyses.engine.power import (
    Power,
    explain_power,
    power_curve,
    power_problem_from,
)
from vuoksi.loop.experiments.analyses.engine.synthesis import (
    Study,
    SynthesisProblem,
    explain_synthesis,
    told,
)
from vuoksi.loop.experiments.analyses.engine.synthesis import Synthesis as Whole
from vuoksi.loop.experiments.analyses.models import Synthesis
from vuoksi.loop.experiments.analyses.words import APART, POWER_METHODS, sentence_words
from vuoksi.loop.experiments.plans.models import Question, SampleSize


@dataclass(frozen=True, slots=True)
class SampleSizeShown:
    """A sample size in words and as a curve."""

    sample_size: SampleSize
    words: list[str]
    method: str
    is_low: bool
    wished_percent: float
    chart: Chart | None


def sample_size_shown(found: SampleSize) -> SampleSizeShown:
    power = record_from(Power, found.answer)
    curve = power_curve(power_problem_from(found.problem), power.n or power.needed)
    counted = {
        "series_jump": gettext("Periods in all"),
        "series_counts": gettext("Periods in all"),
        "wedge_means": gettext("Sites in all"),
    }.get(power.design, gettext("Units in all"))
    title = gettext("Chance to find the effect, by number")
    rows = [(total, round(100 * chance, 1)) for total, chance in curve]
    sentences = explain_power(power)
    wished = percent_of(power.wished)
    return SampleSizeShown(
        sample_size=found,
        words=[sentence_words(one) for one in sentences],
        method=str(POWER_METHODS[power.design]),
        is_low=any(one.code == "power_low" for one in sentences),
        wished_percent=wished,
        chart=power_chart(title, rows, counted, wished) if rows else None,
    )


@dataclass(frozen=True, slots=True)
class SynthesisShown:
    """What several experiments say together: sentences, a forest of intervals, each one's weight, who stands apart."""

    synthesis: Synthesis
    words: list[str]
    chart: Chart
    rows: list[dict[str, Any]]
    apart: list[tuple[Any, str]]


def synthesis_shown(
    question: Question, synthesis: Synthesis, experiments: Sequence[Any]
) -> SynthesisShown:
    whole = record_from(Whole, synthesis.result)
    problem = record_from(SynthesisProblem, synthesis.problem)
    by_slug = {one.slug: one for one in experiments}
    studies = [one for one in problem.studies if one.name in by_slug]
    effects = [_effect(whole, one, str(in_language(by_slug[one.name], "title"))) for one in studies]
    ends = (whole.effect, whole.interval.low, whole.interval.high)
    together = Effect(gettext("All together"), *(told(whole, end) for end in ends))
    is_unit = question.scale == Question.Scale.UNIT
    unit = unit_words(question.unit) if is_unit else gettext("standard deviations")
    title = gettext("Each experiment with its 95 % interval, and all together")
    weights = zip(problem.studies, whole.weights, strict=True)
    return SynthesisShown(
        synthesis=synthesis,
        words=[sentence_words(one) for one in explain_synthesis(whole)],
        chart=forest_chart(title, effects, together, unit),
        rows=[
            {"experiment": by_slug[study.name], "weight": 100 * weight}
            for study, weight in weights
            if study.name in by_slug
        ],
        apart=[
            (by_slug[one["experiment"]], str(APART[one["why"]]))
            for one in synthesis.apart
            if one["experiment"] in by_slug
        ],
    )


def _effect(whole: Whole, study: Study, title: str) -> Effect:
    half = NORMAL_95 * study.standard_error
    ends = (study.effect, study.effect - half, study.effect + half)
    return Effect(title, *(told(whole, end) for end in ends))


# Half of a 95 % interval in standard errors; the pages of the experiments have the exact one.
NORMAL_95 = 1.959964
