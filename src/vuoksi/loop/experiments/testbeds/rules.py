"""Who may see and keep testbeds, book them, sign agreements and sign off checklists.

Whether a step is possible in the present state is said by the tables of states.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from vuoksi.base.organisations.models import Organisation
from vuoksi.base.organisations.rules import is_member
from vuoksi.base.people.rules import Person, is_city_staff, is_steering, permission, predicate
from vuoksi.loop.experiments.plans.models import Experiment
from vuoksi.loop.experiments.testbeds.models import (
    Agreement,
    Booking,
    FilledChecklist,
    Offering,
    Party,
    Testbed,
)

PUBLIC_TESTBEDS = frozenset({Testbed.State.PUBLISHED, Testbed.State.CLOSED})
UNFINISHED = frozenset({Experiment.State.DRAFT, Experiment.State.RUNNING})


@dataclass(frozen=True, slots=True)
class Asking:
    """A wish to book: what, for which experiment, on whose behalf."""

    offering: Offering
    experiment: Experiment
    organisation: Organisation


def organisations_in(experiment: Experiment) -> set[int]:
    """The keys of the organisations that take part in an experiment: the unit in charge and its partners."""
    keys = set(experiment.partners.values_list("pk", flat=True))
    return keys | ({experiment.owner_id} if experiment.owner_id is not None else set())


def memberships_of(user: Person) -> set[int]:
    """The keys of the organisations that a person acts for. Asked once a request."""
    if not user.is_authenticated:
        return set()
    known: set[int] | None = user.__dict__.get("_organisations")
    if known is None:
        known = set(user.memberships.values_list("organisation_id", flat=True))
        user.__dict__["_organisations"] = known
    return known


@predicate
def is_public_testbed(user: Person, testbed: Testbed) -> bool:
    return testbed.state in PUBLIC_TESTBEDS


@predicate
def is_of_the_owner(user: Person, testbed: Testbed) -> bool:
    return testbed.owner_id in memberships_of(user)


@predicate
def is_open_for_bookings(user: Person, asking: Asking) -> bool:
    return (
        asking.offering.is_offered
        and asking.offering.testbed.state == Testbed.State.PUBLISHED
        and asking.experiment.state in UNFINISHED
    )


@predicate
def takes_part(user: Person, asking: Asking) -> bool:
    return asking.organisation.pk in organisations_in(asking.experiment)


@predicate
def acts_for_them(user: Person, asking: Asking) -> bool:
    return bool(is_city_staff.test(user)) or asking.organisation.pk in memberships_of(user)


@predicate
def has_asked(user: Person, booking: Booking) -> bool:
    return user.is_authenticated and booking.requested_by_id == user.pk


@predicate
def is_of_the_booking(user: Person, booking: Booking) -> bool:
    return booking.organisation_id in memberships_of(user)


@predicate
def keeps_what_is_booked(user: Person, booking: Booking) -> bool:
    return bool(
        (is_city_staff & is_of_the_owner | is_steering).test(user, booking.offering.testbed)
    )


@predicate
def is_among_the_parties(user: Person, agreement: Agreement) -> bool:
    mine = memberships_of(user)
    if agreement.state == Agreement.State.DRAFT or not mine:
        return False
    return agreement.parties.filter(organisation__in=mine).exists()


@predicate
def is_unsigned(user: Person, party: Party) -> bool:
    return party.signed_at is None and party.agreement.state == Agreement.State.SENT


@predicate
def is_of_the_party(user: Person, party: Party) -> bool:
    return bool(is_member.test(user, party.organisation))


@predicate
def is_unfinished(user: Person, experiment: Experiment) -> bool:
    return experiment.state in UNFINISHED


@predicate
def is_in_the_experiment(user: Person, experiment: Experiment) -> bool:
    return user.is_authenticated and bool(memberships_of(user) & organisations_in(experiment))


@predicate
def filled_it_in(user: Person, checklist: FilledChecklist) -> bool:
    return user.is_authenticated and checklist.filled_by_id == user.pk


@predicate
def has_not_started(user: Person, checklist: FilledChecklist) -> bool:
    return checklist.experiment.state == Experiment.State.DRAFT


may_read_testbed, check_read_testbed = permission(
    "testbeds.read_testbed",
    is_public_testbed | is_city_staff,
    reason=_("This testbed is not published yet."),
)
may_create_testbed, check_create_testbed = permission(
    "testbeds.create_testbed", is_steering, reason=_("Only a coordinator can make a testbed.")
)
may_keep_testbed, check_keep_testbed = permission(
    "testbeds.keep_testbed",
    is_steering | (is_city_staff & is_of_the_owner),
    reason=_("Only a coordinator or the staff of the unit in charge can change a testbed."),
)
may_book, check_book = permission(
    "testbeds.book",
    is_open_for_bookings & takes_part & acts_for_them,
    reason=_(
        "Only city staff and the people of an organisation that takes part in the experiment can book, and only what is offered now for an experiment that has not ended."
    ),
)
may_read_booking, check_read_booking = permission(
    "testbeds.read_booking",
    has_asked | is_of_the_booking | is_city_staff,
    reason=_("Only those whose booking it is and city staff can read it."),
)
may_decide_booking, check_decide_booking = permission(
    "testbeds.decide_booking",
    keeps_what_is_booked & ~has_asked,
    reason=_(
        "Only a coordinator or the staff of the unit in charge can answer a booking, and never their own."
    ),
)
may_give_up_booking, check_give_up_booking = permission(
    "testbeds.give_up_booking",
    has_asked | is_of_the_booking,
    reason=_("Only those whose booking it is can withdraw it."),
)
may_cancel_booking, check_cancel_booking = permission(
    "testbeds.cancel_booking",
    has_asked | is_of_the_booking | keeps_what_is_booked,
    reason=_("Only those whose booking it is and the unit in charge can cancel it."),
)
may_see_queue, check_see_queue = permission(
    "testbeds.see_queue",
    is_city_staff,
    reason=_("Only city staff see which bookings wait for an answer."),
)
may_keep_templates, check_keep_templates = permission(
    "testbeds.keep_templates", is_steering, reason=_("Only a coordinator can write templates.")
)
may_write_agreement, check_write_agreement = permission(
    "testbeds.write_agreement",
    is_city_staff & is_unfinished,
    reason=_("Only city staff can write an agreement, and only until the experiment has ended."),
)
may_read_agreement, check_read_agreement = permission(
    "testbeds.read_agreement",
    is_city_staff | is_among_the_parties,
    reason=_("Only the parties of an agreement and city staff can read it."),
)
may_sign, check_sign = permission(
    "testbeds.sign",
    is_unsigned & is_of_the_party,
    reason=_("Only the people of a party that has not signed yet can sign or decline for it."),
)
may_read_checklist, check_read_checklist = permission(
    "testbeds.read_checklist",
    is_city_staff | is_in_the_experiment,
    reason=_("Only city staff and those who take part in the experiment can read its checklist."),
)
may_fill_checklist, check_fill_checklist = permission(
    "testbeds.fill_checklist",
    (is_city_staff | is_in_the_experiment) & is_unfinished,
    reason=_(
        "Only city staff and those who take part can fill in the checklist, and only until the experiment has ended."
    ),
)
may_sign_off, check_sign_off = permission(
    "testbeds.sign_off",
    is_steering & ~filled_it_in,
    reason=_("Only a coordinator can sign off a checklist, and not one that they filled in last."),
)
may_reopen_checklist, check_reopen_checklist = permission(
    "testbeds.reopen_checklist",
    is_city_staff & has_not_started,
    reason=_("Only city staff can open a checklist again, and only before the experiment starts."),
)
