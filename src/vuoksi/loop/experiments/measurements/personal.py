"""What measurements keep about people: who sent them, and what was measured under the codes of those who take part.

When somebody who takes part under a code withdraws, what was measured under it is erased or cut loose.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from vuoksi.base.people.keeping import Long, kept
from vuoksi.base.people.models import User
from vuoksi.loop.experiments.measurements import actions, queries
from vuoksi.loop.experiments.measurements.models import Datastream, Measurement
from vuoksi.loop.experiments.participants.queries import codes_about
from vuoksi.loop.experiments.participants.registry import on_withdrawal
from vuoksi.loop.experiments.plans.models import Experiment, ListedUnit


def _under_codes(rows: "QuerySet[Any]", experiment: str, code: str, user: User) -> "QuerySet[Any]":
    """Those of `rows` that are about the person: their experiment and their code stand in these two fields."""
    found = Q(pk__in=[])
    for key, own in codes_about(user):
        found |= Q(**{experiment: key, code: own})
    return rows.filter(found).order_by("pk")


def measured_about(user: User) -> "QuerySet[Measurement]":
    return _under_codes(Measurement.objects.all(), "experiment", "unit_code", user)


def sensed_about(user: User) -> "QuerySet[Datastream]":
    return _under_codes(Datastream.objects.all(), "experiment", "unit_code", user)


def observed_about(user: User) -> Iterator[Long]:
    """All that the sensors that measure the person observed, a table a stream."""
    for stream in sensed_about(user).select_related("experiment"):
        name = f"observations-{stream.experiment.slug}-{stream.pk}"
        yield Long(name, queries.TOLD, queries.observations_of(stream))


def groups_of(user: User) -> "QuerySet[ListedUnit]":
    """The group that was drawn for them. Before the start it is told to nobody."""
    started = ListedUnit.objects.filter(grouping__replaced_at=None)
    started = started.exclude(grouping__experiment__state=Experiment.State.DRAFT)
    return _under_codes(started, "grouping__experiment", "code", user)


kept(
    "measurements.Measurement",
    _("What was measured about me, under my code"),
    fields=(),
    columns=("experiment__slug", "unit_code", "arm", "measure", "measured_on", "value"),
    rows=measured_about,
)
kept(
    "measurements.Datastream",
    _("Streams of measurements about me"),
    fields=(),
    columns=("experiment__slug", "unit_code", "name", "at", "ended_at"),
    rows=sensed_about,
    long=observed_about,
)
kept(
    "experiments.ListedUnit",
    _("My group in experiments"),
    fields=(),
    columns=("grouping__experiment__slug", "code", "arm", "starts_on"),
    rows=groups_of,
)
kept(
    "measurements.Batch",
    _("Measurements that I sent"),
    fields=("by",),
    columns=("at", "experiment__slug", "origin", "count", "digest"),
)
for name, label in (
    ("Location", _("Places of sensors that I connected")),
    ("Thing", _("Things that I connected")),
    ("Sensor", _("Sensors that I connected")),
    ("ObservedProperty", _("Observed properties that I described")),
    ("FeatureOfInterest", _("Features of interest that I described")),
    ("Datastream", _("Streams of measurements that I connected")),
):
    kept(f"measurements.{name}", label, fields=("by",), columns=("at", "name"))
on_withdrawal(actions.forget_unit)
