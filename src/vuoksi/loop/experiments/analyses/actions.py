from dataclasses import asdict
from datetime import datetime

from vuoksi.base.audit.actions import action, nothing_to_do, record
from vuoksi.base.notices.actions import tell_upstream
from vuoksi.base.people.models import User
from vuoksi.loop.experiments.analyses import kinds, queries, rules
from vuoksi.loop.experiments.analyses.engine import ProblemError, solve
from vuoksi.loop.experiments.analyses.models import Analysis, Evidence
from vuoksi.loop.experiments.analyses.refusals import Interim, NotEnough, Outdated
from vuoksi.loop.experiments.plans.models import Experiment
from vuoksi.loop.experiments.plans.queries import unit_of


@action
def analyse(*, experiment: Experiment, by: User, at: datetime) -> Analysis:
    """Compute the effect from the measurements and the plan that was fixed. Raises NotEnough.

    The same data give the same analysis: it is computed again only when it was a look on the way.
    """
    rules.check_analyse(by, experiment)
    rows = queries.data_of(experiment)
    digest = queries.data_digest(rows)
    known = experiment.analyses.filter(data_digest=digest, engine_version=queries.ENGINE).first()
    if known is not None and (not queries.is_interim(known) or experiment.ended_at is None):
        nothing_to_do()
        return known
    try:
        problem = queries.problem_of(experiment, rows)
    except ProblemError as error:
        raise NotEnough(error.code) from error
    values = {
        "problem": queries.as_data(problem, queries.left_out(experiment, rows)),
        "result": asdict(solve(problem)),
        "by": by,
        "at": at,
    }
    analysis, _is_new = Analysis.objects.update_or_create(
        experiment=experiment,
        data_digest=digest,
        engine_version=queries.ENGINE,
        defaults=values,
    )
    record(actor=by, verb="experiments.analyse", thing=experiment, at=at, data=digest)
    return analysis


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

    The finding follows from the interval. Raises Interim, Outdated. A second click publishes nothing more.
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
    result = queries.result_of(analysis)
    evidence = Evidence.objects.create(
        experiment=experiment,
        analysis=analysis,
        finding=queries.finding_of(result, experiment.better),
        language=language,
        claim=claim,
        limits=limits,
        effect=result.effect,
        low=result.interval.low,
        high=result.interval.high,
        unit=unit_of(experiment),
        published_by=by,
        published_at=at,
        is_demo=is_demo,
    )
    record(actor=by, verb="experiments.publish_evidence", thing=evidence, at=at)
    tell_upstream(
        kind=kinds.EVIDENCE_PUBLISHED, thing=evidence, by=by, at=at, finding=evidence.finding
    )
    return evidence


@action
def forget_unit(*, experiment: Experiment, code: str, new_code: str | None, at: datetime) -> None:
    """Somebody who was measured has withdrawn: analyses that nobody published go, with what was computed from them.

    Of the others the result stays, in which nobody can be known; the values that went in are given out no more.
    """
    rows = experiment.analyses.all()
    count, _models = rows.filter(evidence=None).delete() if new_code is None else (0, {})
    for row in rows.exclude(evidence=None):
        left = [one for one in row.problem.get("left_out", []) if one != code]
        row.problem = {**row.problem, "left_out": left, "withdrawn": new_code is None}
        row.save(update_fields=["problem"])
    record(actor=None, verb="experiments.forget_analyses", thing=experiment, at=at, count=count)
