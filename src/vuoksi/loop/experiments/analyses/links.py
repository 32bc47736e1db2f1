from collections.abc import Iterable

from django.db.models import Model

from vuoksi.base.notices.links import upstream_of
from vuoksi.loop.experiments.analyses.models import Evidence


@upstream_of(Evidence)
def experiment_of(evidence: Evidence) -> Iterable[Model]:
    return [evidence.experiment]
