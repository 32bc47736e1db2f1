"""The effect after the end, looks on the way, deviations, and evidence with its grade."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from vuoksi.base.audit.actions import action, nothing_to_do, record
from vuoksi.base.notices.actions import tell_upstream
from vuoksi.base.people.models import User
from vuoksi.base.runs.actions import start
from vuoksi.base.runs.models import Run
from vuoksi.loop.experiments.analyses import kinds, queries, rules
from vuoksi.loop.experiments.analyses.actions.questions import combine
from vuoksi.loop.experiments.analyses.engine import ProblemError, Sentence
from vuoksi.loop.experiments.analyses.engine.grade import explain_grade, grade
from vuoksi.loop.experiments.analyses.engine.peeking import look
from vuoksi.loop.experiments.analyses.models import Analysis, Evidence, Look
from vuoksi.loop.experiments.analyses.refusals import Interim, NotEnough, Outdated
from vuoksi.loop.experiments.plans.kinds import DEVIATION_RECORDED
from vuoksi.loop.experiments.plans.models import Deviation, Experiment
from vuoksi.loop.experiments.plans.queries import effect_unit_of
from vuoksi.loop.experiments.plans.rules import check_deviate


@action
def analyse(*, experiment: Experiment, by: User, at: datetime) -> Analysis:
    """Compute the effect from the measurements and the plan that was fixed, after the end, and keep it. Raises NotEnough.

    The same data give the same analysis.
    """
    rules.check_analyse(by, experiment)
    known = _known(experiment, queries.data_digest(queries.data_of(experiment)))
    if known is not None:
        nothing_to_do()
        return known
    return keep_analysis(experiment=experiment, found=queries.computed(experiment), by=by, at=at)


@action
def ask_analysis(*, experiment: Experiment, by: User, at: datetime) -> Run:
    """Have the effect computed by a run, which can take long; one at a time."""
    # Two clicks at once are counted one after the other.
    experiment = Experiment.objects.select_for_update().get(pk=experiment.pk)
    rules.check_analyse(by, experiment)
    under_way = queries.run_under_way(experiment)
    if under_way is not None:
        nothing_to_do()
        return under_way
    run = start(kind=queries.KIND, problem={"experiment": experiment.pk}, owner=by, at=at)
    record(actor=by, verb="experiments.ask_analysis", thing=experiment, at=at, run=run.pk)
    return run


@action
def keep_analysis(
    *, experiment: Experiment, found: queries.Computed, by: User, at: datetime
) -> Analysis:
    """Keep what was computed, once for the same data."""
    rules.check_analyse(by, experiment)
    known = _known(experiment, found.digest)
    if known is not None:
        nothing_to_do()
        return known
    analysis, _is_new = Analysis.objects.update_or_create(
        experiment=experiment,
        data_digest=found.digest,
        engine_version=queries.ENGINE,
        defaults={
            "problem": found.problem,
            "result": found.result,
            "more": found.more,
            "data_stamp": found.stamp,
            "by": by,
            "at": at,
        },
    )
    record(actor=by, verb="experiments.analyse", thing=experiment, at=at, data=found.digest)
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
        unit=effect_unit_of(experiment),
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


def _known(experiment: Experiment, digest: str) -> Analysis | None:
    """The analysis of these data, if it was made after the end and of all measures as they are."""
    known = experiment.analyses.filter(data_digest=digest, engine_version=queries.ENGINE).first()
    if known is None or queries.is_interim(known) or not queries.is_current(known):
        return None
    return known


def _graded(analysis: Analysis) -> dict[str, Any]:
    facts = queries.facts_of(analysis)
    given = grade(facts)
    reasons = [_sentence(each) for each in explain_grade(given)]
    return {"level": given.level, "facts": asdict(facts), "reasons": reasons}


def _sentence(sentence: Sentence) -> list[Any]:
    return [sentence.code, dict(sentence.numbers)]
