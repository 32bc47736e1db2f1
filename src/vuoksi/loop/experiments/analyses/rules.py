from django.utils.translation import gettext_lazy as _

from vuoksi.base.people.rules import Person, is_city_staff, is_steering, permission, predicate
from vuoksi.loop.experiments.plans.models import Experiment


@predicate
def has_ended(user: Person, experiment: Experiment) -> bool:
    return experiment.state == Experiment.State.ENDED


@predicate
def is_running(user: Person, experiment: Experiment) -> bool:
    return experiment.state == Experiment.State.RUNNING


may_analyse, check_analyse = permission(
    "experiments.analyse",
    has_ended & is_city_staff,
    reason=_(
        "Only city staff can compute the effect, after the experiment has ended and before the decision."
    ),
)
may_look, check_look = permission(
    "experiments.look",
    is_running & is_city_staff,
    reason=_("Only city staff can look on the way, and only while the experiment is running."),
)
may_publish_evidence, check_publish_evidence = permission(
    "experiments.publish_evidence",
    has_ended & is_steering,
    reason=_(
        "Only a coordinator can publish evidence, after the experiment has ended and before the decision."
    ),
)
