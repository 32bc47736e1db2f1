from uuid import uuid4

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vuoksi.base.organisations.models import Organisation
from vuoksi.lib.transitions import Machine, Transition
from vuoksi.loop.experiments.plans.models import Experiment
from vuoksi.loop.experiments.testbeds.models.testbeds import Offering

BOOKING_STATES = Machine(
    "booking",
    initial="requested",
    transitions=(
        Transition("approve", frozenset({"requested"}), "approved"),
        Transition("refuse", frozenset({"requested"}), "refused"),
        Transition("withdraw", frozenset({"requested"}), "withdrawn"),
        Transition("cancel", frozenset({"approved"}), "cancelled"),
    ),
)
# The states in which a booking holds its slots.
HOLDING = ("requested", "approved")


class Booking(models.Model):
    """Units of an offering asked for, for an experiment. Its slots are rows of their own while it holds them."""

    class State(models.TextChoices):
        REQUESTED = "requested", _("waits for an answer")
        APPROVED = "approved", _("approved")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")
        CANCELLED = "cancelled", _("cancelled")

    # Made by the one who asks: the same request sent twice is one booking.
    key = models.UUIDField(default=uuid4, unique=True)
    offering = models.ForeignKey(Offering, models.PROTECT, related_name="bookings")
    experiment = models.ForeignKey(Experiment, models.PROTECT, related_name="bookings")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="bookings", verbose_name=_("for")
    )
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("to"))
    units = models.PositiveSmallIntegerField(_("number of units"))
    purpose = models.TextField(_("what for"))
    price_cents = models.PositiveIntegerField(_("price, cents"), null=True)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.REQUESTED
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    requested_at = models.DateTimeField(_("asked"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("answered"), null=True)
    reason = models.TextField(_("reason"), blank=True)
    is_demo = models.BooleanField(_("demo data"), default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("booking")
        verbose_name_plural = _("bookings")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=sorted(BOOKING_STATES.states)),
                name="booking_state_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="booking_has_length"
            ),
            models.CheckConstraint(condition=models.Q(units__gte=1), name="booking_has_units"),
            models.CheckConstraint(
                condition=~models.Q(state__in=["refused", "cancelled"]) | ~models.Q(reason=""),
                name="booking_refusal_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.offering.title

    def get_absolute_url(self) -> str:
        return reverse("testbeds:booking", args=[self.key])


class BookedSlot(models.Model):
    """One numbered unit in one slot. The constraint is what makes a double booking impossible."""

    booking = models.ForeignKey(Booking, models.CASCADE, related_name="slots")
    offering = models.ForeignKey(Offering, models.PROTECT, related_name="booked_slots")
    unit_number = models.PositiveSmallIntegerField(_("unit"))
    slot_start = models.DateTimeField(_("from"))
    slot_end = models.DateTimeField(_("to"))

    class Meta:
        verbose_name = _("booked slot")
        verbose_name_plural = _("booked slots")
        constraints = [
            models.UniqueConstraint(
                fields=["offering", "unit_number", "slot_start"], name="one_booking_a_unit_and_slot"
            ),
            models.CheckConstraint(
                condition=models.Q(unit_number__gte=1), name="units_are_numbered_from_one"
            ),
            models.CheckConstraint(
                condition=models.Q(slot_end__gt=models.F("slot_start")), name="slot_has_length"
            ),
        ]
        indexes = [models.Index(fields=["offering", "slot_start"], name="slots_of_an_offering")]

    def __str__(self) -> str:
        return f"{self.offering_id}/{self.unit_number} {self.slot_start:%Y-%m-%d %H:%M}"
