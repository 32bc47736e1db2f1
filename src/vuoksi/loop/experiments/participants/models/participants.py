from uuid import uuid4

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vuoksi.lib.transitions import Machine, Transition
from vuoksi.loop.experiments.participants.models.recruiting import Recruitment

LEAVING = ("applied", "waiting", "offered", "joined", "completed", "no_show", "lapsed")
PARTICIPANT_STATES = Machine(
    "participant",
    initial="applied",
    transitions=(
        Transition("join", frozenset({"applied"}), "joined"),
        Transition("queue", frozenset({"applied"}), "waiting"),
        Transition("offer", frozenset({"waiting"}), "offered"),
        Transition("accept", frozenset({"offered"}), "joined"),
        Transition("lapse", frozenset({"applied", "waiting", "offered"}), "lapsed"),
        Transition("complete", frozenset({"joined"}), "completed"),
        Transition("miss", frozenset({"joined"}), "no_show"),
        Transition("return", frozenset({"completed", "no_show"}), "joined"),
        Transition("withdraw", frozenset(LEAVING), "withdrawn"),
    ),
)


class Participant(models.Model):
    """Somebody who takes part, as a code. Nothing here says who it is: that stands in the key alone."""

    class State(models.TextChoices):
        APPLIED = "applied", _("waits for a guardian")
        WAITING = "waiting", _("on the waiting list")
        OFFERED = "offered", _("has been offered a place")
        JOINED = "joined", _("takes part")
        COMPLETED = "completed", _("has completed")
        NO_SHOW = "no_show", _("did not come")
        WITHDRAWN = "withdrawn", _("has withdrawn")
        LAPSED = "lapsed", _("did not get a place")

    recruitment = models.ForeignKey(Recruitment, models.PROTECT, related_name="participants")
    code = models.CharField(_("code"), max_length=16)
    # The address of the person's own page.
    page = models.UUIDField(default=uuid4, unique=True)
    needs_guardian = models.BooleanField(_("a guardian agrees"), default=False)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.APPLIED
    )
    joined_at = models.DateTimeField(_("came"))
    changed_at = models.DateTimeField(_("state since"))
    offer_ends_at = models.DateTimeField(_("offer ends"), null=True)
    is_demo = models.BooleanField(_("demo data"), default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        constraints = [
            models.UniqueConstraint(fields=["recruitment", "code"], name="one_participant_a_code"),
            models.CheckConstraint(
                condition=models.Q(state__in=sorted(PARTICIPANT_STATES.states)),
                name="participant_state_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(state="offered", offer_ends_at__isnull=False)
                | (~models.Q(state="offered") & models.Q(offer_ends_at=None)),
                name="only_an_offer_ends",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("participants:mine", args=[self.page])


class Place(models.Model):
    """One numbered place, held by one participant. The constraint is what makes the last place go to one only."""

    recruitment = models.ForeignKey(Recruitment, models.PROTECT, related_name="places")
    number = models.PositiveSmallIntegerField(_("place"))
    participant = models.OneToOneField(Participant, models.PROTECT, related_name="place")

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        constraints = [
            models.UniqueConstraint(
                fields=["recruitment", "number"], name="one_participant_a_place"
            ),
            models.CheckConstraint(
                condition=models.Q(number__gte=1), name="places_are_numbered_from_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recruitment_id}/{self.number}"


class Key(models.Model):
    """Which person stands behind a code, and how to reach them. The only table that knows; it goes when they go."""

    participant = models.OneToOneField(Participant, models.CASCADE, related_name="key")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language"), max_length=8)
    # Digest of the link to the person's own page.
    digest = models.CharField(max_length=64, unique=True)
    link_expires_at = models.DateTimeField(_("link expires"))
    guardian_name = models.CharField(_("guardian"), max_length=120, blank=True)
    guardian_email = models.EmailField(_("e-mail address of the guardian"), blank=True)
    guardian_digest = models.CharField(max_length=64, blank=True)
    guardian_expires_at = models.DateTimeField(_("guardian's link expires"), null=True)

    class Meta:
        verbose_name = _("key of a participant")
        verbose_name_plural = _("key of participants")
        constraints = [
            models.UniqueConstraint(
                fields=["guardian_digest"],
                condition=~models.Q(guardian_digest=""),
                name="one_link_a_guardian",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)
