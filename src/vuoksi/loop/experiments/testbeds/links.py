"""How bookings, agreements and checklists hang together with the rest."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vuoksi.base.notices.links import authors_of, upstream_of
from vuoksi.base.people.models import User
from vuoksi.base.people.rules import Person
from vuoksi.base.talk.about import About, discussable, to_follow
from vuoksi.base.texts.registry import translatable
from vuoksi.loop.calls.downstream import Offer
from vuoksi.loop.experiments.plans.downstream import offered_on_experiment
from vuoksi.loop.experiments.plans.models import Experiment
from vuoksi.loop.experiments.plans.registry import Obstacle, start_condition
from vuoksi.loop.experiments.testbeds import queries, rules
from vuoksi.loop.experiments.testbeds.models import Booking, FilledChecklist, Offering, Testbed


@upstream_of(Booking)
def experiment_of(booking: Booking) -> Iterable[Model]:
    return [booking.experiment]


@authors_of(Booking)
def asker_of(booking: Booking) -> Iterable[User]:
    return [booking.requested_by] if booking.requested_by is not None else []


@discussable(Testbed)
def about_testbed(testbed: Testbed) -> About:
    return to_follow(testbed.get_absolute_url(), lambda user: rules.may_read_testbed(user, testbed))


@upstream_of(Testbed)
def place_of(testbed: Testbed) -> Iterable[Model]:
    return [testbed.place]


@translatable(Testbed)
def may_read_testbed(user: Person, testbed: Testbed) -> bool:
    return rules.may_read_testbed(user, testbed)


@translatable(Offering)
def may_read_offering(user: Person, offering: Offering) -> bool:
    return rules.may_read_testbed(user, offering.testbed)


@start_condition
def checklist_is_signed(experiment: Experiment, today: date) -> Iterable[Obstacle]:
    """Where people or their data are concerned, somebody answers for that having been thought about."""
    checklist = queries.checklist_of(experiment)
    is_signed = checklist is not None and checklist.state == FilledChecklist.State.SIGNED
    if is_signed or not queries.needs_checklist(experiment):
        return []
    words = _("The data-protection and ethics checklist must be filled in and signed off.")
    return [Obstacle("checklist", words, reverse("testbeds:checklist", args=[experiment.slug]))]


@offered_on_experiment
def papers_of_experiment(user: Person, experiment: Experiment) -> list[Offer]:
    """The way to bookings, agreements and the checklist, for those who may read them."""
    if not rules.may_read_checklist(user, experiment):
        return []
    slug = [experiment.slug]
    return [
        Offer(_("Bookings"), reverse("testbeds:of_experiment", args=slug)),
        Offer(_("Agreements"), reverse("testbeds:agreements", args=slug)),
        Offer(_("Checklist"), reverse("testbeds:checklist", args=slug)),
    ]
