from collections.abc import Iterable, Sequence

from django.db.models import Model

from vuoksi.base.notices.links import upstream_of
from vuoksi.loop.experiments.analyses.models import Evidence
from vuoksi.loop.experiments.analyses.queries import evidence_of_all
from vuoksi.loop.experiments.analyses.words import FINDING_TONES
from vuoksi.loop.experiments.plans.downstream import Result, results_of_experiment
from vuoksi.loop.experiments.plans.models import Experiment


@upstream_of(Evidence)
def experiment_of(evidence: Evidence) -> Iterable[Model]:
    return [evidence.experiment]


@results_of_experiment
def findings_of(experiments: Sequence[Experiment]) -> dict[int, Result]:
    """The finding of each experiment's newest evidence."""
    findings = {
        row.experiment_id: Evidence.Finding(row.finding) for row in evidence_of_all(experiments)
    }
    return {key: Result(one.label, FINDING_TONES[one]) for key, one in findings.items()}
