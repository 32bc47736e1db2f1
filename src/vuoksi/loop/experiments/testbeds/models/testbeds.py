from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vuoksi.base.organisations.models import Organisation
from vuoksi.base.places.models import Place
from vuoksi.lib.transitions import Machine, Transition

TESTBED_STATES = Machine(
    "testbed",
    initial="draft",
    transitions=(
        Transition("publish", frozenset({"draft"}), "published"),
        Transition("close", frozenset({"published"}), "closed"),
        Transition("reopen", frozenset({"closed"}), "published"),
    ),
)


class Testbed(models.Model):
    """A place where the city lets others experiment: who keeps it, by which rules, and how to ask."""

    # pytest would take the class for tests.
    __test__ = False

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("open for bookings")
        CLOSED = "closed", _("closed")

    ADDRESS_OF = ("place",)

    place = models.OneToOneField(
        Place, models.PROTECT, related_name="as_testbed", verbose_name=_("place")
    )
    owner = models.ForeignKey(
        Organisation, models.PROTECT, related_name="testbeds", verbose_name=_("unit in charge")
    )
    language = models.CharField(_("language"), max_length=8)
    title = models.CharField(_("name"), max_length=160)
    summary = models.TextField(_("in short"))
    rules = models.TextField(_("rules"), blank=True)
    contact = models.TextField(_("how to ask"))
    needs_checklist = models.BooleanField(_("checklist needed before a start"), default=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    source = models.CharField(_("source"), max_length=600, blank=True)
    is_demo = models.BooleanField(_("demo data"), default=False)
    version = models.PositiveIntegerField(default=1)

    TEXT_FIELDS: ClassVar[tuple[str, ...]] = ("title", "summary", "rules", "contact")

    class Meta:
        verbose_name = _("testbed")
        verbose_name_plural = _("testbeds")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=sorted(TESTBED_STATES.states)),
                name="testbed_state_is_known",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("testbeds:testbed", args=[self.place.slug])


class Offering(models.Model):
    """One thing that a testbed offers, as numbered units that are booked by the slot: twelve poles by the day."""

    class Kind(models.TextChoices):
        PREMISES = "premises", _("premises")
        POLES = "poles", _("poles and masts")
        SENSORS = "sensors", _("sensors")
        DATA = "data", _("data")
        PANEL = "panel", _("residents' panel")
        OTHER = "other", _("other")

    class Slot(models.TextChoices):
        HOUR = "hour", _("an hour")
        HALF_DAY = "half_day", _("half a day")
        DAY = "day", _("a day")
        WEEK = "week", _("a week")

    ADDRESS_OF = ("testbed__place",)

    testbed = models.ForeignKey(Testbed, models.PROTECT, related_name="offerings")
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    language = models.CharField(_("language"), max_length=8)
    title = models.CharField(_("name"), max_length=160)
    summary = models.TextField(_("in short"), blank=True)
    units = models.PositiveSmallIntegerField(_("number of units"))
    slot = models.CharField(_("booked by"), max_length=8, choices=Slot.choices)
    # ISO numbers of the opening days in order, Monday is 1: "12345".
    weekdays = models.CharField(_("opening days"), max_length=7)
    opens_hour = models.PositiveSmallIntegerField(_("opens at"), default=8)
    closes_hour = models.PositiveSmallIntegerField(_("closes at"), default=16)
    lead_days = models.PositiveSmallIntegerField(_("days of notice"), default=0)
    price_cents = models.PositiveIntegerField(
        _("price of a unit and slot, cents"), null=True, blank=True
    )
    price_note = models.CharField(_("what the price covers"), max_length=200, blank=True)
    needs_approval = models.BooleanField(_("a booking needs approval"), default=True)
    is_offered = models.BooleanField(_("offered now"), default=True)
    source = models.CharField(_("source"), max_length=600, blank=True)
    is_demo = models.BooleanField(_("demo data"), default=False)
    version = models.PositiveIntegerField(default=1)

    TEXT_FIELDS: ClassVar[tuple[str, ...]] = ("title", "summary", "price_note")

    class Meta:
        verbose_name = _("offering")
        verbose_name_plural = _("offerings")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(units__gte=1, units__lte=500), name="offering_has_units"
            ),
            models.CheckConstraint(
                condition=models.Q(opens_hour__lt=models.F("closes_hour"), closes_hour__lte=24),
                name="offering_opens_before_it_closes",
            ),
            models.CheckConstraint(
                condition=models.Q(weekdays__regex=r"^1?2?3?4?5?6?7?$") & ~models.Q(weekdays=""),
                name="offering_has_opening_days",
            ),
            models.CheckConstraint(
                condition=models.Q(slot__in=["hour", "half_day", "day", "week"]),
                name="offering_slot_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("testbeds:offering", args=[self.testbed.place.slug, self.pk])
