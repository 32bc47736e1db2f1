"""A decision comes from its experiment; a strategy action comes from the decisions that opened it."""

from collections.abc import Iterable

from django.db.models import Model

from vuoksi.base.notices.links import upstream_of
from vuoksi.loop.decisions.models import Decision


@upstream_of(Decision)
def experiment_of(decision: Decision) -> Iterable[Model]:
    return [decision.experiment]
