"""One question and experiments of several designs on it: one that moved something, one that did not, one still a plan."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any

from django.utils import translation

from vuoksi.base.places.models import Place
from vuoksi.loop.experiments.analyses.actions import (
    Wanted,
    analyse,
    ask_question,
    make_groups,
    plan_sample_size,
    publish_evidence,
    record_deviation,
    set_experiments_of_question,
)
from vuoksi.loop.experiments.analyses.forms import power_design
from vuoksi.loop.experiments.analyses.models import Analysis
from vuoksi.loop.experiments.analyses.queries import sentences_of
from vuoksi.loop.experiments.analyses.words import sentence_words
from vuoksi.loop.experiments.measurements.actions import add_measurements
from vuoksi.loop.experiments.measurements.models import Batch
from vuoksi.loop.experiments.measurements.queries import Value
from vuoksi.loop.experiments.plans.actions import (
    create_experiment,
    end_experiment,
    start_experiment,
)
from vuoksi.loop.experiments.plans.models import Experiment, Grouping, Question
from vuoksi.loop.experiments.plans.queries import grouping_of, units_of
from vuoksi.site.demo.strategy import City
from vuoksi.site.demo.words import add_translations, at_noon, slug_of
from vuoksi.site.demo_data import design_shapes as shapes
from vuoksi.site.demo_data import read
from vuoksi.site.demo_data.shapes import Text

STRATA = ("north", "south")
# How many of the analysis's sentences say what was found.
SAID_FIRST = 4


def load(city: City, places: dict[str, Place]) -> None:
    """Tell each story once; what stands already stays as it is."""
    for story in read.design_stories():
        if not Question.objects.filter(slug=slug_of(story.key)).exists():
            _tell(city, story, places)


def _tell(city: City, story: shapes.Story, places: dict[str, Place]) -> None:
    question = _question(city, story)
    tried = list(Experiment.objects.filter(slug__in=map(slug_of, story.others)))
    for trial in story.trials:
        experiment = _plan(city, story, trial, places)
        if trial.state != "draft":
            _try(city, story, trial, experiment)
            tried.append(experiment)
    last = max(trial.ends for trial in story.trials if trial.state != "draft")
    set_experiments_of_question(
        question=question, experiments=tried, by=city.by, at=at_noon(last + timedelta(days=30))
    )


def _question(city: City, story: shapes.Story) -> Question:
    at, texts = at_noon(story.asked), {"title": story.title, "summary": story.summary}
    question = ask_question(
        slug=slug_of(story.key),
        language=story.title.original,
        scale=Question.Scale.STANDARDISED,
        goal=city.goals[story.goal],
        is_demo=True,
        by=city.by,
        at=at,
        **_original(texts),
    )
    add_translations(question, texts, city.by, at)
    return question


def _plan(
    city: City, story: shapes.Story, row: shapes.Trial, places: dict[str, Place]
) -> Experiment:
    at = at_noon(row.begun)
    texts = {
        name: getattr(row, name)
        for name in ("title", "summary", "hypothesis", "benefit", "budget_use", "rule")
    } | {
        name: getattr(story, name)
        for name in ("measure", "baseline_note", "users", "fit", "schedule")
    }
    experiment = create_experiment(
        slug=slug_of(row.key),
        language=row.title.original,
        entries=[],
        goal=city.goals[row.goal],
        testbed=places[row.testbed],
        owner=city.organisations[row.owner],
        budget_eur=row.budget_eur,
        starts_on=row.starts,
        ends_on=row.ends,
        unit="count",
        better=Experiment.Better.UP,
        design=Experiment.Design(row.design),
        assignment=Experiment.Assignment.CHANCE if row.by_chance else "unknown",
        switch_on=row.switch_on,
        period=row.period,
        baseline=row.baseline,
        minimum_effect=row.minimum_effect,
        source=story.source,
        is_demo=True,
        by=city.by,
        at=at,
        **_original(texts),
    )
    add_translations(experiment, texts, city.by, at)
    asked = {"design": power_design(experiment), **row.asked}
    plan_sample_size(experiment=experiment, asked=asked, by=city.by, at=at)
    return experiment


def _try(city: City, story: shapes.Story, row: shapes.Trial, experiment: Experiment) -> None:
    """From the draw to the evidence."""
    _divide(city, row, experiment)
    start_experiment(experiment=experiment, by=city.by, at=at_noon(row.starts))
    if row.deviation is not None:
        _deviate(city, experiment, row.deviation)
    last = max(row.months)
    add_measurements(
        experiment=experiment,
        values=list(_values(row, experiment)),
        origin=Batch.Origin.FILE,
        by=city.by,
        at=at_noon(last),
    )
    ended = at_noon(row.ends)
    end_experiment(experiment=experiment, by=city.by, at=ended)
    analysis = analyse(experiment=experiment, by=city.by, at=ended + timedelta(days=7))
    claim = Text({language: _claim(analysis, language) for language in ("en", "fi", "sv")})
    evidence = publish_evidence(
        analysis=analysis,
        claim=claim.words["en"],
        limits=story.limits.words["en"],
        language="en",
        is_demo=True,
        by=city.by,
        at=ended + timedelta(days=10),
    )
    texts = {"claim": claim, "limits": story.limits}
    add_translations(evidence, texts, city.by, evidence.published_at)


def _claim(analysis: Analysis, language: str) -> str:
    """What was found, as the analysis itself says it in this language."""
    with translation.override(language):
        said = [sentence_words(sentence) for sentence in sentences_of(analysis)[:SAID_FIRST]]
    return " ".join(map(str, said))


def _divide(city: City, row: shapes.Trial, experiment: Experiment) -> None:
    units = [
        Wanted(
            code=f"k-{n + 1:02d}",
            stratum=STRATA[n % 2] if row.by_chance else "",
            group=("control", "treatment")[n % 2],
            known={"loans last year": round(row.made.level * 12 + _start(row, n) * 12)},
        )
        for n in range(row.made.units)
    ]
    method = Grouping.Method.CHANCE if row.by_chance else Grouping.Method.LISTED
    make_groups(
        experiment=experiment,
        units=units,
        method=method,
        seed=row.seed,
        by=city.by,
        at=at_noon(row.begun + timedelta(days=14)),
    )


def _start(row: shapes.Trial, n: int) -> float:
    """How far a unit stands from the level of all: the same each time it is asked."""
    return Random(f"{row.key} {n}").gauss(0, row.made.spread)  # noqa: S311 -- figures of a demo


def _values(row: shapes.Trial, experiment: Experiment) -> Iterator[Value]:
    """Made-up values, the same ones at every loading."""
    grouping = grouping_of(experiment)
    assert grouping is not None  # the groups were made before the start
    switch, dice = row.switch_on or row.starts, Random(row.key)  # noqa: S311 -- figures of a demo
    for unit in units_of(grouping).order_by("code"):
        level = row.made.level + _start(row, int(unit.code.removeprefix("k-")) - 1)
        for number, day in enumerate(row.months):
            gained = row.made.effect if unit.arm == "treatment" and day >= switch else 0.0
            value = level + row.made.rise * number + gained + dice.gauss(0, row.made.noise)
            yield Value(unit.arm, unit.code, day, round(max(0.0, value), 2))


def _deviate(city: City, experiment: Experiment, row: shapes.Deviation) -> None:
    at, texts = at_noon(row.day), {"what": row.what, "reason": row.reason}
    deviation = record_deviation(
        experiment=experiment,
        kind=row.kind,
        happened_on=row.day,
        could_change=row.could_change,
        language=row.what.original,
        is_demo=True,
        by=city.by,
        at=at,
        **_original(texts),
    )
    add_translations(deviation, texts, city.by, at)


def _original(texts: dict[str, Text]) -> dict[str, Any]:
    return {name: text.words[text.original] for name, text in texts.items()}
