"""Who may see and lead a recruitment, who sees codes, and who alone sees the persons behind them."""

from django.utils.translation import gettext_lazy as _

from vuoksi.base.people.rules import Person, is_city_staff, is_steering, permission, predicate
from vuoksi.loop.experiments.participants.models import KeyKeeper, Recruitment
from vuoksi.loop.experiments.plans.models import Experiment
from vuoksi.loop.experiments.testbeds.rules import memberships_of

UNFINISHED = frozenset({Experiment.State.DRAFT, Experiment.State.RUNNING})


@predicate
def is_public_recruitment(user: Person, recruitment: Recruitment) -> bool:
    return recruitment.state != Recruitment.State.DRAFT


@predicate
def is_of_the_unit(user: Person, experiment: Experiment) -> bool:
    """Whether the person acts for the unit in charge of the experiment."""
    return experiment.owner_id is not None and experiment.owner_id in memberships_of(user)


@predicate
def is_of_the_team(user: Person, recruitment: Recruitment) -> bool:
    return bool(is_of_the_unit.test(user, recruitment.experiment))


@predicate
def is_of_a_partner(user: Person, recruitment: Recruitment) -> bool:
    mine = memberships_of(user)
    return bool(mine) and recruitment.experiment.partners.filter(pk__in=mine).exists()


@predicate
def keeps_the_key(user: Person, recruitment: Recruitment) -> bool:
    return (
        user.is_authenticated
        and KeyKeeper.objects.filter(recruitment=recruitment, user=user).exists()
    )


@predicate
def has_not_ended(user: Person, experiment: Experiment) -> bool:
    return experiment.state in UNFINISHED


may_read_recruitment, check_read_recruitment = permission(
    "participants.read_recruitment",
    is_public_recruitment | (is_city_staff & is_of_the_team),
    reason=_("This page is being prepared."),
)
may_begin_recruitment, check_begin_recruitment = permission(
    "participants.begin_recruitment",
    is_city_staff & is_of_the_unit & has_not_ended,
    reason=_(
        "Only staff of the unit in charge can look for participants, and only until the experiment has ended."
    ),
)
may_lead, check_lead = permission(
    "participants.lead",
    is_city_staff & is_of_the_team,
    reason=_("Only staff of the unit in charge can see and lead the participants."),
)
may_name_keepers, check_name_keepers = permission(
    "participants.name_keepers",
    is_steering & is_of_the_team,
    reason=_("Only a coordinator of the unit in charge names who may see the persons."),
)
may_read_key, check_read_key = permission(
    "participants.read_key",
    is_city_staff & is_of_the_team & keeps_the_key,
    reason=_("Only those who were named for it see which person stands behind a code."),
)
may_read_codes, check_read_codes = permission(
    "participants.read_codes",
    (is_city_staff & is_of_the_team) | is_of_a_partner,
    reason=_("Only the unit in charge and the experiment's partners see the codes."),
)
