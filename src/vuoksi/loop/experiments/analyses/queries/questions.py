"""Questions with all experiments on them, whatever those showed."""

from dataclasses import asdict
from typing import Any

from django.db.models import Count, Q, QuerySet

from vuoksi.loop.experiments.analyses.engine import ProblemError
from vuoksi.loop.experiments.analyses.engine.explain import RATES
from vuoksi.loop.experiments.analyses.engine.synthesis import Study, SynthesisProblem, study_of
from vuoksi.loop.experiments.analyses.models import Evidence, Synthesis
from vuoksi.loop.experiments.analyses.queries.reading import result_of, with_findings
from vuoksi.loop.experiments.plans.models import Experiment, Question


def questions_with_counts(*, including_empty: bool = False) -> QuerySet[Any]:
    """Questions with the number of public experiments on each, and of those that have evidence."""
    public = ~Q(experiments__state=Experiment.State.DRAFT)
    rows = Question.objects.select_related("goal", "synthesis").annotate(
        count=Count("experiments", filter=public, distinct=True),
        answered=Count("experiments__evidence__experiment", filter=public, distinct=True),
    )
    return rows if including_empty else rows.filter(count__gt=0)


def experiments_on(question: Question) -> QuerySet[Any]:
    """Public experiments on one question: running, failed and cancelled ones too."""
    return with_findings().filter(question=question).order_by("-starts_on", "-pk")


def newest_evidence_on(question: Question) -> list[Evidence]:
    """The newest evidence of each experiment on the question, in the order of publication."""
    rows = (
        Evidence.objects.filter(experiment__question=question)
        .select_related("experiment", "analysis")
        .order_by("published_at", "pk")
    )
    return list({row.experiment_id: row for row in rows}.values())


def synthesis_of(question: Question) -> Synthesis | None:
    return Synthesis.objects.filter(question=question).first()


def synthesis_problem(
    question: Question,
) -> tuple[SynthesisProblem | None, list[dict[str, str]]]:
    """What is combined, and what stands apart with why: ``unit`` or ``no_error``. None with fewer than two."""
    studies: list[Study] = []
    apart: list[dict[str, str]] = []
    found = newest_evidence_on(question)
    in_unit = question.scale == Question.Scale.UNIT
    # Changes of rates are combined as logarithms of ratios, so nothing else can stand among them.
    are_rates = in_unit and any(map(_is_rate, found))
    for evidence in found:
        if in_unit and (evidence.unit != question.unit or _is_rate(evidence) != are_rates):
            apart.append({"experiment": evidence.experiment.slug, "why": "unit"})
            continue
        try:
            studies.append(_study(question, evidence))
        except ProblemError:
            apart.append({"experiment": evidence.experiment.slug, "why": "no_error"})
    if len(studies) < 2:
        return None, apart
    return SynthesisProblem(tuple(studies), scale="log_ratio" if are_rates else "difference"), apart


def synthesis_as_data(problem: SynthesisProblem) -> dict[str, Any]:
    return asdict(problem)


def _is_rate(evidence: Evidence) -> bool:
    return result_of(evidence.analysis).method in RATES


def _study(question: Question, evidence: Evidence) -> Study:
    """An experiment as one study. In standard deviations a plus is always for the better."""
    result = result_of(evidence.analysis)
    standardised = question.scale == Question.Scale.STANDARDISED
    study = study_of(evidence.experiment.slug, result, standardised=standardised)
    if standardised and evidence.experiment.better == Experiment.Better.DOWN:
        return Study(study.name, -study.effect, study.standard_error)
    return study
