from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vuoksi.base.notices.links import upstream_of
from vuoksi.loop.experiments.analyses.models import Evidence
from vuoksi.loop.experiments.analyses.queries import evidence_of_all
from vuoksi.loop.experiments.analyses.words import FINDING_TONES
from vuoksi.loop.experiments.plans.downstream import Result, results_of_experiment
from vuoksi.loop.experiments.plans.models import Experiment
from vuoksi.loop.experiments.plans.queries import grouping_of, needs_groups
from vuoksi.loop.experiments.plans.registry import Obstacle, start_condition


@upstream_of(Evidence)
def experiment_of(evidence: Evidence) -> Iterable[Model]:
    return [evidence.experiment]


@start_condition
def groups_are_made(experiment: Experiment, today: date) -> list[Obstacle]:
    """Where the design rests on groups they are fixed before the start."""
    if not needs_groups(experiment) or grouping_of(experiment) is not None:
        return []
    url = reverse("experiments:make_groups", args=[experiment.slug])
    return [Obstacle("groups", _("Draw, match or list the groups."), url)]


@results_of_experiment
def findings_of(experiments: Sequence[Experiment]) -> dict[int, Result]:
    """The finding of each experiment's newest evidence."""
    findings = {
        row.experiment_id: Evidence.Finding(row.finding) for row in evidence_of_all(experiments)
    }
    return {key: Result(one.label, FINDING_TONES[one]) for key, one in findings.items()}
