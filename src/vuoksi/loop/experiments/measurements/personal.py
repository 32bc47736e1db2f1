"""What measurements keep about people: who sent them. What is measured has codes, never names.

When somebody who takes part under a code withdraws, what was measured under it is erased or cut loose.
"""

from django.utils.translation import gettext_lazy as _

from vuoksi.base.people.keeping import kept
from vuoksi.loop.experiments.measurements import actions
from vuoksi.loop.experiments.participants.registry import on_withdrawal

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
