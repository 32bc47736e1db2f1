from django.utils.translation import gettext_lazy as _

from vuoksi.base.people.rules import Person, is_city_staff, permission, predicate
from vuoksi.loop.experiments.plans.models import Experiment

TAKES_MEASUREMENTS = frozenset({Experiment.State.RUNNING, Experiment.State.ENDED})


@predicate
def takes_measurements(user: Person, experiment: Experiment) -> bool:
    """Running, or ended and not decided yet: after the decision nothing is added to what it rests on."""
    return experiment.state in TAKES_MEASUREMENTS


@predicate
def is_not_over(user: Person, experiment: Experiment) -> bool:
    """Sensors are connected while the plan is made, too, and tried before anything counts."""
    return experiment.state in {*TAKES_MEASUREMENTS, Experiment.State.DRAFT}


@predicate
def is_of_a_partner(user: Person, experiment: Experiment) -> bool:
    """Whether the person acts for an organisation that takes part."""
    if not user.is_authenticated:
        return False
    return user.memberships.filter(organisation__partner_experiments=experiment).exists()


@predicate
def has_no_evidence(user: Person, experiment: Experiment) -> bool:
    """Once evidence was published, what it was computed from stays."""
    return not experiment.evidence.exists()


may_add_measurements, check_add_measurements = permission(
    "experiments.add_measurements",
    takes_measurements & (is_city_staff | is_of_a_partner),
    reason=_(
        "Only city staff and the experiment's partners can send measurements, and only from its start until the decision."
    ),
)
may_withdraw_batch, check_withdraw_batch = permission(
    "experiments.withdraw_batch",
    takes_measurements & is_city_staff & has_no_evidence,
    reason=_(
        "Only city staff can take measurements back, and only until evidence was published from them."
    ),
)
may_connect_sensors, check_connect_sensors = permission(
    "experiments.connect_sensors",
    is_not_over & (is_city_staff | is_of_a_partner),
    reason=_(
        "Only city staff and the experiment's partners can connect sensors, and only until the decision."
    ),
)
