from django.utils.translation import gettext_lazy as _

from vuoksi.base.people.rules import Person, is_city_staff, is_steering, permission, predicate
from vuoksi.loop.experiments.measurements.rules import takes_measurements
from vuoksi.loop.experiments.plans.models import Experiment


@predicate
def has_ended(user: Person, experiment: Experiment) -> bool:
    return experiment.state == Experiment.State.ENDED


may_analyse, check_analyse = permission(
    "experiments.analyse",
    takes_measurements & is_city_staff,
    reason=_("Only city staff can compute the effect, from the start until the decision."),
)
may_publish_evidence, check_publish_evidence = permission(
    "experiments.publish_evidence",
    has_ended & is_steering,
    reason=_(
        "Only a coordinator can publish evidence, after the experiment has ended and before the decision."
    ),
)
