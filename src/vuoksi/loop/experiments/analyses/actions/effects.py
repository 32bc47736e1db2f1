"""The effect after the end, looks on the way, deviations, and evidence with its grade."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from vuoksi.base.audit.actions import action, nothing_to_do, record
from vuoksi.base.notices.actions import tell_upstream
from vuoksi.base.people.models import User
from vuoksi.loop.experiments.analyses import kinds, queries, rules
from vuoksi.loop.experiments.analyses.actions.questions import combine
from vuoksi.loop.experiments.analyses.engine import (
    ProblemError,
    Sentence,
    problem_as_data,
    solve,
)
from vuoksi.loop.experiments.analyses.engine.grade import explain_grade, grade
from vuoksi.loop.experiments.analyses.engine.peeking import look
from vuoksi.loop.experiments.analyses.models import Analysis, Evidence, Look
from vuoksi.loop.experiments.analyses.refusals import Interim, NotEnough, Outdated
from vuoksi.loop.experiments.measurements.queries import data_stamp
from vuoksi.loop.experiments.plans.kinds import DEVIATION_RECORDED
from vuoksi.loop.experiments.plans.models import Deviation, Experiment
from vuoksi.loop.experiments.plans.queries import unit_of
from vuoksi.loop.experiments.plans.rules import check_deviate


@action
def analyse(*, experiment: Experiment, by: User, at: datetime) -> Analysis:
    """Compute the effect from the measurements and the plan that was fixed, after the end. Raises NotEnough.

    The same data give the same analysis.
    """
    rules.check_analyse(by, experiment)
    values = queries.data_of(experiment)
    digest = queries.data_digest(values)
    known = experiment.analyses.filter(data_digest=digest, engine_version=queries.ENGINE).first()
    if known is not None and not queries.is_interim(known) and queries.is_current(known):
        nothing_to_do()
        return known
    try:
        problem = queries.problem_of(experiment, values)
        result = solve(problem)
    except ProblemError as error:
        raise NotEnough(error.code) from error
    analysis, _is_new = Analysis.objects.update_or_create(
        experiment=experiment,
        data_digest=digest,
        engine_version=queries.ENGINE,
        defaults={
            "problem": problem_as_data(problem),
            "result": asdict(result),
            "more": queries.found_besides(experiment, values, problem, result),
            "data_stamp": data_stamp(experiment),
            "by": by,
            "at": at,
        },
    )
    record(actor=by, verb="experiments.analyse", thing=experiment, at=at, data=digest)
    return analysis


@action
def look_on_the_way(*, experiment: Experiment, by: User, at: datetime) -> Look:
    """Look at what was measured until now, under an interval that stays true however often one looks.

    Raises NoLook where no such interval is known, NotEnough.
    """
    rules.check_look(by, experiment)
    values = queries.data_of(experiment)
    digest = queries.data_digest(values)
    known = experiment.looks.filter(data_digest=digest, engine_version=queries.ENGINE).first()
    if known is not None:
        nothing_to_do()
        return known
    try:
        problem = queries.look_problem(experiment, values)
    except ProblemError as error:
        raise NotEnough(error.code) from error
    found = Look.objects.create(
        experiment=experiment,
        problem=asdict(problem),
        result=asdict(look(problem)),
        data_digest=digest,
        engine_version=queries.ENGINE,
        by=by,
        at=at,
    )
    record(actor=by, verb="experiments.look_on_the_way", thing=experiment, at=at, data=digest)
    return found


@action
def record_deviation(
    *,
    experiment: Experiment,
    kind: str,
    happened_on: date,
    what: str,
    reason: str,
    could_change: bool,
    language: str,
    by: User,
    at: datetime,
    is_demo: bool = False,
) -> Deviation:
    """Tell what was done otherwise than planned. The fixed plan stays; evidence is graded anew."""
    check_deviate(by, experiment)
    row = Deviation.objects.create(
        experiment=experiment,
        kind=Deviation.Kind(kind),
        happened_on=happened_on,
        what=what,
        reason=reason,
        could_change=could_change,
        language=language,
        by=by,
        at=at,
        is_demo=is_demo,
    )
    record(actor=by, verb="experiments.record_deviation", thing=experiment, at=at, kind=kind)
    for evidence in experiment.evidence.exclude(level=None).select_related("analysis"):
        for name, value in _graded(evidence.analysis).items():
            setattr(evidence, name, value)
        evidence.save(update_fields=["level", "facts", "reasons"])
    tell_upstream(kind=DEVIATION_RECORDED, thing=experiment, by=by, at=at)
    return row


@action
def publish_evidence(
    *,
    analysis: Analysis,
    claim: str,
    limits: str,
    language: str,
    by: User,
    at: datetime,
    is_demo: bool = False,
) -> Evidence:
    """Publish what the experiment showed, good or bad; everyone upstream hears of it.

    Finding and grade follow by rule. Raises Interim, Outdated. A second click publishes nothing more.
    """
    experiment = analysis.experiment
    rules.check_publish_evidence(by, experiment)
    known = analysis.evidence.first()
    if known is not None:
        nothing_to_do()
        return known
    if queries.is_interim(analysis):
        raise Interim
    if not queries.is_current(analysis):
        raise Outdated
    interval = queries.interval_of(analysis)
    evidence = Evidence.objects.create(
        experiment=experiment,
        analysis=analysis,
        finding=queries.finding_of(analysis),
        language=language,
        claim=claim,
        limits=limits,
        effect=queries.result_of(analysis).effect,
        low=interval.low,
        high=interval.high,
        unit=unit_of(experiment),
        published_by=by,
        published_at=at,
        is_demo=is_demo,
        **_graded(analysis),
    )
    record(actor=by, verb="experiments.publish_evidence", thing=evidence, at=at)
    if experiment.question is not None:
        combine(question=experiment.question, by=by, at=at)
    tell_upstream(
        kind=kinds.EVIDENCE_PUBLISHED, thing=evidence, by=by, at=at, finding=evidence.finding
    )
    return evidence


def _graded(analysis: Analysis) -> dict[str, Any]:
    facts = queries.facts_of(analysis)
    given = grade(facts)
    reasons = [_sentence(each) for each in explain_grade(given)]
    return {"level": given.level, "facts": asdict(facts), "reasons": reasons}


def _sentence(sentence: Sentence) -> list[Any]:
    return [sentence.code, dict(sentence.numbers)]
