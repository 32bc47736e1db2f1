"""Long work of analyses: fetch, run the engine, keep what came out."""

from collections.abc import Callable

from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from vuoksi.base.people.rules import NotAllowed
from vuoksi.base.runs.kinds import CannotRun, Progress, Result, Stop, run_kind
from vuoksi.base.runs.models import Run
from vuoksi.loop.experiments.analyses import actions, queries
from vuoksi.loop.experiments.analyses.refusals import NotEnough
from vuoksi.loop.experiments.analyses.words import not_enough
from vuoksi.loop.experiments.plans.models import Experiment


def _effect(run: Run) -> str:
    experiment = Experiment.objects.get(pk=run.problem["experiment"])
    return f"{experiment.get_absolute_url()}#effect"


@run_kind(
    queries.KIND,
    queries.ENGINE,
    label=gettext_lazy("Compute the effect of an experiment"),
    result_url=_effect,
)
def analyse(run: Run, stop: Stop, progress: Progress) -> Result:
    """Compute the effect and keep it; one that was cancelled on the way is not kept."""
    experiment = Experiment.objects.get(pk=run.problem["experiment"])
    if run.owner is None:
        raise CannotRun(gettext("The account is gone."))
    try:
        found = queries.computed(experiment, stop=stop, progress=_share(progress))
        if stop():
            return {}
        analysis = actions.keep_analysis(
            experiment=experiment, found=found, by=run.owner, at=timezone.now()
        )
    except NotEnough as refusal:
        raise CannotRun(not_enough(refusal.code)) from refusal
    except NotAllowed as refusal:
        raise CannotRun(str(refusal.reason)) from refusal
    return {"analysis": analysis.pk, "data_digest": found.digest}


def _share(progress: Progress) -> Callable[[int, int], None]:
    """The engine counts resamples; a run shows a share."""
    return lambda done, of: progress(done / of)
