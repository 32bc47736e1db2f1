"""The Hydrohex swimming pilot, a pilot that showed nothing, and one that is running; their evidence and decisions."""

from datetime import datetime, timedelta

from vuoksi.base.places.models import Place
from vuoksi.loop.calls.models import Entry
from vuoksi.loop.decisions.actions import NewAction, Words, draft_decision, publish_decision
from vuoksi.loop.decisions.models import Decision
from vuoksi.loop.experiments.analyses.actions import analyse, publish_evidence
from vuoksi.loop.experiments.analyses.models import Analysis
from vuoksi.loop.experiments.analyses.queries import sentences_of
from vuoksi.loop.experiments.analyses.words import sentence_words
from vuoksi.loop.experiments.measurements.actions import add_measurements
from vuoksi.loop.experiments.measurements.models import Batch, Measurement
from vuoksi.loop.experiments.measurements.queries import Value
from vuoksi.loop.experiments.plans.actions import (
    create_experiment,
    end_experiment,
    start_experiment,
)
from vuoksi.loop.experiments.plans.models import Experiment
from vuoksi.site.demo.strategy import City
from vuoksi.site.demo.words import add_translations, at_noon, slug_of
from vuoksi.site.demo_data import loop_shapes as shapes
from vuoksi.site.demo_data import read
from vuoksi.site.demo_data.shapes import Text
from vuoksi.strategy.models import Action

DESIGNS = {
    "paired": Experiment.Design.BEFORE_AFTER_PAIRED,
    "before_after": Experiment.Design.BEFORE_AFTER,
    "two_groups": Experiment.Design.TWO_GROUPS,
}
ARMS = {
    "paired": (Measurement.Arm.BEFORE, Measurement.Arm.AFTER),
    "before_after": (Measurement.Arm.BEFORE, Measurement.Arm.AFTER),
    "two_groups": (Measurement.Arm.CONTROL, Measurement.Arm.TREATMENT),
}
# The platform's unit for each unit that the data files measure in.
UNITS = {
    "minutes per lesson": "minutes",
    "books per family": "count",
    "trips per household a week": "count",
}
# How many of the analysis's sentences say what was found; the others say what it cannot show.
SAID_FIRST = 4


def load(city: City, places: dict[str, Place], entries: dict[str, Entry]) -> None:
    """Tell each experiment's story up to where it stands today."""
    for row in read.experiments():
        if not Experiment.objects.filter(slug=slug_of(row.key)).exists():
            _tell(city, row, places, entries)


def _tell(
    city: City, row: shapes.Experiment, places: dict[str, Place], entries: dict[str, Entry]
) -> None:
    experiment = _plan(city, row, places, entries)
    started = at_noon(row.starts)
    start_experiment(experiment=experiment, by=city.by, at=started)
    _measure(city, experiment, row)
    if row.decision is None:
        return
    ended = at_noon(row.ends)
    end_experiment(experiment=experiment, by=city.by, at=ended)
    analysis = analyse(experiment=experiment, by=city.by, at=ended + timedelta(days=7))
    _publish(city, analysis, ended + timedelta(days=10))
    _decide(city, experiment, row.decision)


def _plan(
    city: City, row: shapes.Experiment, places: dict[str, Place], entries: dict[str, Entry]
) -> Experiment:
    texts = _texts(row)
    planned = at_noon(row.starts) - timedelta(days=30)
    experiment = create_experiment(
        slug=slug_of(row.key),
        language=row.title.original,
        entries=[entries[row.entry]] if row.entry else [],
        partners=[city.organisations[key] for key in row.partners],
        goal=city.goals[row.goal],
        testbed=places[row.testbed],
        owner=city.organisations[row.owner],
        budget_eur=sum(line.eur for line in row.budget),
        starts_on=row.starts,
        ends_on=row.ends,
        unit=UNITS.get(row.measure.unit, row.measure.unit),
        better=row.measure.better,
        design=DESIGNS[row.measure.design],
        baseline=row.measure.baseline_value,
        minimum_effect=row.rule.scale_if_low_above,
        stop_effect=row.rule.stop_if_high_below,
        source=row.source[:600],
        is_demo=row.demo,
        by=city.by,
        at=planned,
        **{field: text.in_language(row.title.original) for field, text in texts.items()},
    )
    add_translations(experiment, texts, city.by, planned)
    return experiment


def _texts(row: shapes.Experiment) -> dict[str, Text]:
    return {
        "title": row.title,
        "summary": row.summary,
        "hypothesis": row.hypothesis,
        "users": row.users,
        "fit": row.fits_services,
        "benefit": row.expected_benefit,
        "measure": row.measure.title,
        "rule": row.rule.text,
        "baseline_note": row.measure.baseline_note,
        "budget_use": _lines([(line.title, f"{line.eur} €") for line in row.budget]),
        "schedule": _lines([(step.title, step.due.isoformat()) for step in row.schedule]),
    }


def _lines(rows: list[tuple[Text, str]]) -> Text:
    """One line a row, in the languages that all of them have."""
    if not rows:
        return Text({"en": ""})
    languages = [
        code for code in rows[0][0].words if all(code in text.words for text, _more in rows)
    ]
    return Text(
        {
            code: "\n".join(f"{text.words[code]}: {more}" for text, more in rows)
            for code in languages
        }
    )


def _measure(city: City, experiment: Experiment, row: shapes.Experiment) -> None:
    arms = dict(zip(row.measure.arms, ARMS[row.measure.design], strict=True))
    found = [one for one in read.measurements() if one.experiment == row.key]
    if found:
        last = max(one.measured_on for one in found)
        add_measurements(
            experiment=experiment,
            values=[Value(arms[one.arm], one.unit, one.measured_on, one.value) for one in found],
            origin=Batch.Origin.FILE,
            by=city.by,
            at=at_noon(max(last, row.starts)),
        )


def _publish(city: City, analysis: Analysis, at: datetime) -> None:
    said = [sentence_words(sentence) for sentence in sentences_of(analysis)]
    publish_evidence(
        analysis=analysis,
        claim=" ".join(said[:SAID_FIRST]),
        limits=" ".join(said[SAID_FIRST:]),
        language="en",
        is_demo=True,
        by=city.by,
        at=at,
    )


def _decide(city: City, experiment: Experiment, row: shapes.Decision) -> None:
    title = Text({code: _title(row, code) for code in row.reasons.words})
    decided = at_noon(row.decided)
    words = Words(
        kind=row.outcome,
        title=title.words[row.reasons.original],
        reasons=row.reasons.words[row.reasons.original],
        language=row.reasons.original,
        decided_by=row.decided_by.in_language(row.reasons.original),
        decided_on=row.decided,
        organisation=experiment.owner,
        learned=row.learned.in_language(row.reasons.original) if row.learned else "",
        follow_up_on=row.follow_up,
    )
    decision = draft_decision(
        experiment=experiment,
        slug=slug_of(row.key),
        words=words,
        evidence=experiment.evidence.all(),
        is_demo=True,
        by=city.by,
        at=decided,
    )
    texts = {"title": title, "decided_by": row.decided_by, "reasons": row.reasons}
    if row.learned is not None:
        texts["learned"] = row.learned
    add_translations(decision, texts, city.by, decided)
    _move(city, decision, row)


def _title(row: shapes.Decision, language: str) -> str:
    """The first sentence of the reasons, or the name of the action that the decision opens."""
    if row.opens_action is not None and language in row.opens_action.title.words:
        return row.opens_action.title.words[language]
    return row.reasons.words[language].split(". ")[0].rstrip(".")[:200]


def _move(city: City, decision: Decision, row: shapes.Decision) -> None:
    opens = None
    if row.opens_action is not None:
        title = row.opens_action.title
        goal = city.goals[row.opens_action.goal]
        slug = slug_of(row.opens_action.key)
        opens = NewAction(goal, title.in_language(decision.language), slug=slug)
    updates = (
        Action.objects.filter(slug=slug_of(row.updates_action)).first()
        if row.updates_action
        else None
    )
    publish_decision(
        decision=decision,
        by=city.by,
        at=at_noon(row.decided + timedelta(days=1)),
        opens=opens,
        updates=updates,
    )
    if decision.action is not None and row.opens_action is not None:
        add_translations(
            decision.action, {"title": row.opens_action.title}, city.by, at_noon(row.decided)
        )
