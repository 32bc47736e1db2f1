"""An analysis and a look on the way, worded and drawn from what was kept with them."""

from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext

from vuoksi.base.texts.queries import attach, in_language
from vuoksi.base.ui.charts import Chart
from vuoksi.indicators.words import figure, number
from vuoksi.loop.experiments.analyses import queries
from vuoksi.loop.experiments.analyses.charts import effect_chart, look_chart, values_chart
from vuoksi.loop.experiments.analyses.engine import Problem
from vuoksi.loop.experiments.analyses.engine.balance import explain_balance
from vuoksi.loop.experiments.analyses.engine.formats.records import record_from
from vuoksi.loop.experiments.analyses.engine.peeking import Look as Found
from vuoksi.loop.experiments.analyses.engine.peeking import explain_look
from vuoksi.loop.experiments.analyses.models import Analysis, Look
from vuoksi.loop.experiments.analyses.words import (
    FINDING_TONES,
    METHODS,
    NOT_ENOUGH,
    OUTCOME_TONES,
    OUTCOMES,
    sentence_from,
    sentence_words,
)
from vuoksi.loop.experiments.measurements.queries import arms_of
from vuoksi.loop.experiments.plans.models import Experiment
from vuoksi.loop.experiments.plans.queries import effect_unit_of, measure_words, unit_of


@dataclass(frozen=True, slots=True)
class OtherShown:
    """A further measure in its row of the table."""

    title: str
    effect: str
    interval: str
    p_value: str
    corrected: str
    found: bool
    refused: str


@dataclass(frozen=True, slots=True)
class Shown:
    """An analysis as its reader meets it: sentences first, then pictures."""

    analysis: Analysis
    method: str
    is_current: bool
    is_interim: bool
    is_withdrawn: bool
    effect: str
    interval: str
    is_always_valid: bool
    finding: str
    finding_tone: str
    outcome: str
    outcome_tone: str
    plain: list[str]
    why: str
    limits: list[str]
    firm: list[str]
    left_out: list[str]
    others: list[OtherShown]
    several: str
    balance: list[dict[str, Any]]
    balance_words: str
    charts: list[Chart]


def shown_of(analysis: Analysis, experiment: Experiment) -> Shown:
    """Word and draw one analysis from what was kept with it."""
    result, more = queries.result_of(analysis), analysis.more
    unit = effect_unit_of(experiment)
    finding, interval = queries.finding_of(analysis), queries.interval_of(analysis)
    outcome = queries.outcome_of(analysis)
    said = [(one.code, sentence_words(one)) for one in queries.sentences_of(analysis)]
    first = next(n for n, (code, _words) in enumerate(said) if "outcome_" in code)
    title = str(in_language(experiment, "measure")) or measure_words(experiment)
    balance = queries.balance_from(more["balance"]) if more.get("balance") else None
    valid = more.get("valid")
    effect = effect_chart(gettext("Effect with its 95 % interval"), result, unit, valid)
    return Shown(
        analysis=analysis,
        method=str(METHODS[result.method]),
        is_current=queries.is_current(analysis),
        is_interim=queries.is_interim(analysis),
        is_withdrawn=more.get("drawn", "") is None,
        effect=figure(result.effect, unit),
        interval=_between(interval.low, interval.high, unit),
        is_always_valid=interval != result.interval,
        finding=str(finding.label),
        finding_tone=FINDING_TONES[finding],
        outcome=str(OUTCOMES[outcome]),
        outcome_tone=OUTCOME_TONES[outcome],
        plain=[words for _code, words in said[:first]],
        why=said[first][1],
        limits=[words for _code, words in said[first + 1 :]],
        firm=_firm(analysis),
        left_out=queries.left_out_of(analysis),
        others=others_of(analysis, experiment),
        several=_several(more.get("corrected")),
        balance=[asdict(one) for one in balance.differences] if balance else [],
        balance_words=sentence_words(explain_balance(balance)[0]) if balance else "",
        charts=[effect, *_values(analysis, experiment, title)],
    )


def _firm(analysis: Analysis) -> list[str]:
    """How firmly it stands, each other method in one piece with its interval."""
    told: list[str] = []
    for sentence in queries.sentences_of(analysis, "firm"):
        words = sentence_words(sentence)
        if sentence.code == "variant_interval":
            told[-1] += f" {words}"
        else:
            told.append(words)
    return told


def others_of(analysis: Analysis, experiment: Experiment) -> list[OtherShown]:
    """The main measure and the further ones with their corrected p values; empty if there is only one."""
    corrected = analysis.more.get("corrected")
    if corrected is None:
        return []
    planned = {one.key: one for one in attach(experiment.other_measures.all())}
    result = queries.result_of(analysis)
    main = {"effect": result.effect, "interval": asdict(result.interval), "p_value": result.p_value}
    stated = {"main": (main, None)}
    for one in analysis.more["others"]:
        stated[one["key"]] = (one["stated"], one["refused"])
    rows = []
    for key, better, found in zip(
        corrected["names"], corrected["corrected"], corrected["found"], strict=True
    ):
        figures, refused = stated[key]
        other = planned.get(key)
        title = in_language(other, "title") if other else in_language(experiment, "measure")
        unit = other.unit if other else effect_unit_of(experiment)
        words = str(title) or measure_words(experiment)
        rows.append(_other(words, unit, figures, refused, better, found))
    return rows


def _other(
    title: str, unit: str, figures: Any, refused: str | None, corrected: float, found: bool
) -> OtherShown:
    if figures is None:
        return OtherShown(title, "", "", "", "", False, str(NOT_ENOUGH.get(refused or "", "")))
    interval = _between(figures["interval"]["low"], figures["interval"]["high"], unit)
    effect, p_value = figure(figures["effect"], unit), _chance(figures["p_value"])
    return OtherShown(title, effect, interval, p_value, _chance(corrected), found, "")


def _chance(p_value: float) -> str:
    return f"< {number(0.001)}" if p_value < 0.001 else number(round(p_value, 3))


def _several(corrected: Any) -> str:
    if corrected is None:
        return ""
    level = corrected["level"]
    counts = {
        "measures": len(corrected["names"]),
        "found": sum(corrected["found"]),
        "uncorrected": sum(p_value <= level for p_value in corrected["p_values"]),
    }
    return sentence_from("several_measures", counts)


def _values(analysis: Analysis, experiment: Experiment, title: str) -> list[Chart]:
    # Where somebody has withdrawn since, no single value is drawn.
    if analysis.more.get("drawn", "") is None or (
        not analysis.more and analysis.problem.get("withdrawn")
    ):
        return []
    drawn = analysis.more.get("drawn") or _drawn_before(analysis)
    return [values_chart(title, drawn, arms_of(experiment), unit_of(experiment))] if drawn else []


def _drawn_before(analysis: Analysis) -> dict[str, Any] | None:
    """The dots of an analysis that was made before they were kept."""
    problem = queries.stored_problem(analysis)
    if not isinstance(problem, Problem):
        return None
    sides = [list(problem.reference), list(problem.treatment)]
    return {"kind": "dots", "paired": problem.paired, "sides": sides}


def _between(low: float, high: float, unit: str) -> str:
    return f"{figure(low, unit)} – {figure(high, unit)}"


@dataclass(frozen=True, slots=True)
class LookShown:
    """A look on the way in words and as a picture."""

    look: Look
    words: str
    chart: Chart | None


def look_shown(look: Look, experiment: Experiment) -> LookShown:
    """Word and draw a look on the way: never a finding, never what the rule says."""
    found = record_from(Found, look.result)
    words = sentence_words(explain_look(found)[0])
    if found.interval is None:
        return LookShown(look, words, None)
    title = gettext("A look on the way: always-valid 95 % interval")
    unit = effect_unit_of(experiment)
    chart = look_chart(title, found.effect, found.interval.low, found.interval.high, unit)
    return LookShown(look, words, chart)
