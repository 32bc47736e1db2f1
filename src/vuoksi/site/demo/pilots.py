"""More pilots for the portfolio, at every stage, and what came after decisions: steps, money, follow-ups."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from vuoksi.base.places.models import Place
from vuoksi.loop.decisions import actions
from vuoksi.loop.decisions.models import Decision, Money
from vuoksi.loop.experiments.analyses.actions import analyse, publish_evidence
from vuoksi.loop.experiments.analyses.queries import sentences_of
from vuoksi.loop.experiments.analyses.words import sentence_words
from vuoksi.loop.experiments.measurements.actions import add_measurements
from vuoksi.loop.experiments.measurements.models import Batch, Measurement
from vuoksi.loop.experiments.measurements.queries import Value
from vuoksi.loop.experiments.plans.actions import (
    cancel_experiment,
    create_experiment,
    end_experiment,
    start_experiment,
)
from vuoksi.loop.experiments.plans.models import Experiment
from vuoksi.site.demo.experiments import SAID_FIRST
from vuoksi.site.demo.strategy import City
from vuoksi.site.demo.words import add_translations, at_noon, slug_of
from vuoksi.site.demo_data import pilot_shapes as shapes
from vuoksi.site.demo_data import read
from vuoksi.site.demo_data.shapes import Text

LANGUAGE = "en"
RULE = Text(
    {
        "en": "Scale if the whole 95 % interval is better than the smallest effect. Stop if all of it falls short.",
        "fi": "Laajennetaan, jos koko 95 %:n väli on pienintä vaikutusta parempi. Lopetetaan, jos koko väli jää alle.",
        "sv": "Vi utvidgar om hela 95 %-intervallet är bättre än den minsta effekten. Vi slutar om hela är sämre.",
    }
)
FIT = Text(
    {
        "en": "The service stays as it is; the pilot comes beside it.",
        "fi": "Palvelu pysyy ennallaan; kokeilu tulee sen rinnalle.",
        "sv": "Tjänsten förblir som den är; försöket kommer vid sidan av.",
    }
)


def load(city: City, places: dict[str, Place]) -> None:
    """Tell each pilot up to where it stands today, and then what came after."""
    for row in read.pilots():
        if not Experiment.objects.filter(slug=slug_of(row.key)).exists():
            _tell(city, row, places)
    for after in read.afterwards():
        experiment = Experiment.objects.get(slug=slug_of(after.experiment))
        if not Money.objects.filter(experiment=experiment).exists():
            _follow(city, experiment, after)


def _tell(city: City, row: shapes.Pilot, places: dict[str, Place]) -> None:
    experiment = _plan(city, row, places)
    if row.starts is None or row.ends is None:
        return
    start_experiment(experiment=experiment, by=city.by, at=at_noon(row.starts))
    if row.cancelled is not None and row.cancel_reason is not None:
        reason = row.cancel_reason.in_language(LANGUAGE)
        at = at_noon(row.cancelled)
        cancel_experiment(experiment=experiment, reason=reason, by=city.by, at=at)
        add_translations(experiment, {"cancel_reason": row.cancel_reason}, city.by, at)
        return
    _measure(city, experiment, row)
    end_experiment(experiment=experiment, by=city.by, at=at_noon(row.ends))
    if row.has_evidence:
        _publish(city, experiment, row.ends)
    if row.verdict is not None:
        _decide(city, experiment, row.verdict)


def _plan(city: City, row: shapes.Pilot, places: dict[str, Place]) -> Experiment:
    texts = {
        "title": row.title,
        "summary": row.summary,
        "hypothesis": row.hypothesis,
        "users": row.users,
        "fit": FIT,
        "benefit": row.hypothesis,
        "measure": row.measure,
        "rule": RULE,
    }
    starts = row.starts or row.planned + timedelta(days=210)
    words: dict[str, Any] = {field: text.in_language(LANGUAGE) for field, text in texts.items()}
    experiment = create_experiment(
        slug=slug_of(row.key),
        language=LANGUAGE,
        entries=[],
        goal=city.goals[row.goal],
        testbed=places[row.testbed],
        owner=city.organisations[row.owner],
        budget_eur=Decimal(row.eur),
        starts_on=starts,
        ends_on=row.ends or starts + timedelta(days=90),
        unit=row.unit,
        better=row.better,
        design=Experiment.Design.BEFORE_AFTER_PAIRED,
        baseline=round(sum(row.before) / len(row.before), 1) if row.before else 0.0,
        minimum_effect=row.smallest_effect,
        stop_effect=row.smallest_effect,
        source=row.source,
        is_demo=row.demo,
        by=city.by,
        at=at_noon(row.planned),
        **words,
    )
    add_translations(experiment, texts, city.by, at_noon(row.planned))
    return experiment


def _measure(city: City, experiment: Experiment, row: shapes.Pilot) -> None:
    assert row.starts is not None
    assert row.ends is not None
    first, last = row.starts + timedelta(days=1), row.ends - timedelta(days=1)
    arms = ((Measurement.Arm.BEFORE, first, row.before), (Measurement.Arm.AFTER, last, row.after))
    add_measurements(
        experiment=experiment,
        values=[
            Value(arm, f"unit-{number:02}", day, value)
            for arm, day, values in arms
            for number, value in enumerate(values, start=1)
        ],
        origin=Batch.Origin.FILE,
        by=city.by,
        at=at_noon(last),
    )


def _publish(city: City, experiment: Experiment, ended: date) -> None:
    at = at_noon(ended) + timedelta(days=7)
    analysis = analyse(experiment=experiment, by=city.by, at=at)
    said = [sentence_words(sentence) for sentence in sentences_of(analysis)]
    publish_evidence(
        analysis=analysis,
        claim=" ".join(said[:SAID_FIRST]),
        limits=" ".join(said[SAID_FIRST:]),
        language=LANGUAGE,
        is_demo=True,
        by=city.by,
        at=at + timedelta(days=3),
    )


def _decide(city: City, experiment: Experiment, row: shapes.Verdict) -> None:
    texts = {
        "title": row.title,
        "decided_by": row.decided_by,
        "reasons": row.reasons,
        "learned": row.learned,
    }
    if row.against_why is not None:
        texts["against_why"] = row.against_why
    people = [name.partition(", ") for name in row.deciders]
    words = actions.Words(
        kind=row.outcome,
        language=LANGUAGE,
        decided_on=row.decided,
        organisation=experiment.owner,
        follow_up_on=row.follow_up,
        deciders=tuple(actions.Named(name, role) for name, _comma, role in people),
        dissents=tuple(
            actions.Objection(one.text.in_language(LANGUAGE), one.name) for one in row.opinions
        ),
        **{field: text.in_language(LANGUAGE) for field, text in texts.items()},
    )
    at = at_noon(row.decided)
    decision = actions.draft_decision(
        experiment=experiment,
        slug=slug_of(row.key),
        words=words,
        evidence=experiment.evidence.all(),
        is_demo=True,
        by=city.by,
        at=at,
    )
    add_translations(decision, texts, city.by, at)
    for dissent, one in zip(decision.dissents.order_by("position"), row.opinions, strict=True):
        add_translations(dissent, {"words": one.text}, city.by, at)
    actions.publish_decision(decision=decision, by=city.by, at=at + timedelta(days=1))


def _follow(city: City, experiment: Experiment, after: shapes.Afterwards) -> None:
    for one in after.money:
        actions.record_money(
            experiment=experiment,
            amount=actions.Amount(one.kind, Decimal(one.eur), one.day, after.source),
            is_demo=True,
            by=city.by,
            at=at_noon(one.day),
        )
    decision = experiment.decisions.filter(state=Decision.State.PUBLISHED).first()
    if decision is not None:
        _add_steps(city, decision, after.steps)
        _look(city, decision, after)


def _add_steps(city: City, decision: Decision, steps: Iterable[shapes.NextStep]) -> None:
    for one in steps:
        at = at_noon(decision.decided_on)
        step = actions.add_step(
            decision=decision,
            title=one.title.in_language(LANGUAGE),
            due_on=one.due,
            owner=city.organisations[one.owner],
            language=LANGUAGE,
            by=city.by,
            at=at,
        )
        add_translations(step, {"title": one.title}, city.by, at)
        if one.done is not None:
            actions.settle_step(step=step, transition="finish", by=city.by, at=at_noon(one.done))


def _look(city: City, decision: Decision, after: shapes.Afterwards) -> None:
    for one in after.follow_ups:
        finding = actions.Finding(
            use=one.use,
            found_on=one.day,
            text=one.text.in_language(LANGUAGE),
            language=LANGUAGE,
            source=after.source,
            value=one.value,
            counts=one.counts.in_language(LANGUAGE) if one.counts else "",
        )
        at = at_noon(one.day)
        row = actions.record_follow_up(
            decision=decision, finding=finding, next_on=one.next, by=city.by, at=at
        )
        texts = {"text": one.text} | ({"counts": one.counts} if one.counts else {})
        add_translations(row, texts, city.by, at)
