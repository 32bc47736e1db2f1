from django.db.models import QuerySet

from vuoksi.loop.experiments.plans.models import Experiment


def public_experiments() -> QuerySet[Experiment]:
    """Every experiment that has left its draft: running, ended, decided and cancelled ones."""
    return Experiment.objects.exclude(state=Experiment.State.DRAFT).select_related(
        "testbed", "owner", "goal"
    )


def running_experiments() -> QuerySet[Experiment]:
    """What is being tried now, the one that ends first first."""
    return public_experiments().filter(state=Experiment.State.RUNNING).order_by("ends_on", "pk")
