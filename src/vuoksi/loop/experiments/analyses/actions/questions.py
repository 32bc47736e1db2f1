"""Questions, which experiments are on them, and what those say together."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from vuoksi.base.audit.actions import action, nothing_to_do, record, save_if_unchanged
from vuoksi.base.people.models import User
from vuoksi.loop.experiments.analyses import queries
from vuoksi.loop.experiments.analyses.engine.synthesis import synthesise
from vuoksi.loop.experiments.analyses.models import Synthesis
from vuoksi.loop.experiments.plans.models import Experiment, Question
from vuoksi.loop.experiments.plans.rules import check_ask_question


@action
def ask_question(
    *, slug: str, language: str, title: str, by: User, at: datetime, **more: Any
) -> Question:
    """Ask something that several experiments may answer."""
    check_ask_question(by)
    row = Question.objects.create(
        slug=slug, language=language, title=title, created_by=by, created_at=at, **more
    )
    record(actor=by, verb="experiments.ask_question", thing=row, at=at)
    return row


@action
def edit_question(
    *, question: Question, version: int, by: User, at: datetime, **changes: Any
) -> None:
    """Change a question's words or scale. Raises EditedMeanwhile."""
    check_ask_question(by)
    save_if_unchanged(question, version=version, **changes)
    combine(question=question, by=by, at=at)
    record(
        actor=by, verb="experiments.edit_question", thing=question, at=at, fields=sorted(changes)
    )


@action
def set_experiments_of_question(
    *, question: Question, experiments: Iterable[Experiment], by: User, at: datetime
) -> None:
    """Say which experiments are on the question. Whatever they showed, the record tells who joined and who left."""
    check_ask_question(by)
    wanted = {experiment.pk: experiment for experiment in experiments}
    before = {experiment.pk: experiment for experiment in question.experiments.all()}
    joined, left = wanted.keys() - before.keys(), before.keys() - wanted.keys()
    if not joined and not left:
        return nothing_to_do()
    others = set(
        Experiment.objects.filter(pk__in=joined).exclude(question=None).values_list("question")
    )
    Experiment.objects.filter(pk__in=left).update(question=None)
    Experiment.objects.filter(pk__in=joined).update(question=question)
    for changed in [question, *Question.objects.filter(pk__in=[pk for (pk,) in others])]:
        combine(question=changed, by=by, at=at)
    record(
        actor=by,
        verb="experiments.set_experiments_of_question",
        thing=question,
        at=at,
        joined=sorted(wanted[pk].slug for pk in joined),
        left=sorted(before[pk].slug for pk in left),
    )


@action
def combine(*, question: Question, by: User | None, at: datetime) -> None:
    """Keep what all evidence on the question says together; with fewer than two experiments there is nothing to say."""
    problem, apart = queries.synthesis_problem(question)
    if problem is None:
        count, _rows = Synthesis.objects.filter(question=question).delete()
        if not count:
            return nothing_to_do()
        record(actor=by, verb="experiments.combine", thing=question, at=at, experiments=0)
        return None
    Synthesis.objects.update_or_create(
        question=question,
        defaults={
            "problem": asdict(problem),
            "result": asdict(synthesise(problem)),
            "apart": apart,
            "engine_version": queries.ENGINE,
            "at": at,
        },
    )
    record(
        actor=by,
        verb="experiments.combine",
        thing=question,
        at=at,
        experiments=len(problem.studies),
    )
    return None
