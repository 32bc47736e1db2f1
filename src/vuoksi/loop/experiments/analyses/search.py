from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from vuoksi.base.search.registry import searchable
from vuoksi.loop.calls.registry import Note, comparable
from vuoksi.loop.experiments.analyses.models import Evidence
from vuoksi.loop.experiments.analyses.queries import public_evidence
from vuoksi.loop.experiments.plans.downstream import results_of
from vuoksi.loop.experiments.plans.models import Experiment


def _results(rows: Sequence[Experiment]) -> dict[int, Note]:
    """What each pilot showed, said beside an idea that is like it while it is written."""
    return {key: Note(found.label, found.tone) for key, found in results_of(rows).items()}


searchable(
    "evidence",
    _("Evidence"),
    queryset=lambda person: public_evidence(),
    fields=("claim", "limits"),
    url=Evidence.get_absolute_url,
)
comparable("experiments", _("Pilot"), notes=_results)
