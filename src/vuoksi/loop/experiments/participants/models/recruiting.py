from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vuoksi.lib.transitions import Machine, Transition
from vuoksi.loop.experiments.plans.models import Experiment

RECRUITMENT_STATES = Machine(
    "recruitment",
    initial="draft",
    transitions=(
        Transition("open", frozenset({"draft", "closed"}), "open"),
        Transition("close", frozenset({"open"}), "closed"),
    ),
)


class Recruitment(models.Model):
    """The page on which an experiment looks for people: who is sought, what they do, how long, what they get."""

    class State(models.TextChoices):
        DRAFT = "draft", _("being prepared")
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")

    ADDRESS_OF = ("experiment",)

    experiment = models.OneToOneField(Experiment, models.PROTECT, related_name="recruitment")
    language = models.CharField(_("language"), max_length=8)
    title = models.CharField(_("title"), max_length=200)
    seeking = models.TextField(_("who is sought"))
    tasks = models.TextField(_("what you do"))
    duration = models.TextField(_("how long it takes"))
    reward = models.TextField(_("what you get"), blank=True)
    contact = models.TextField(_("whom to ask"))
    capacity = models.PositiveSmallIntegerField(_("number of places"))
    answer_days = models.PositiveSmallIntegerField(_("days to take an offered place"), default=5)
    youngest = models.PositiveSmallIntegerField(_("youngest age"), default=18)
    guardian_below = models.PositiveSmallIntegerField(
        _("a guardian agrees for those younger than"), default=18
    )
    closes_on = models.DateField(_("last day to join"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.DRAFT)
    opened_at = models.DateTimeField(_("opened"), null=True)
    source = models.CharField(_("source"), max_length=600, blank=True)
    is_demo = models.BooleanField(_("demo data"), default=False)
    version = models.PositiveIntegerField(default=1)

    TEXT_FIELDS: ClassVar[tuple[str, ...]] = (
        "title",
        "seeking",
        "tasks",
        "duration",
        "reward",
        "contact",
    )

    class Meta:
        verbose_name = _("recruitment")
        verbose_name_plural = _("recruitments")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=sorted(RECRUITMENT_STATES.states)),
                name="recruitment_state_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(capacity__gte=1, capacity__lte=5000),
                name="recruitment_has_places",
            ),
            models.CheckConstraint(
                condition=models.Q(answer_days__gte=1), name="offered_place_waits_a_day"
            ),
            models.CheckConstraint(
                condition=models.Q(state="draft") | ~models.Q(opened_at=None),
                name="opened_recruitment_says_when",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("participants:recruitment", args=[self.experiment.slug])


class Question(models.Model):
    """A plain question with the answers that qualify, and what those are told who do not fit by it."""

    recruitment = models.ForeignKey(Recruitment, models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField(default=0)
    language = models.CharField(_("language"), max_length=8)
    question = models.CharField(_("question"), max_length=300)
    # One a line; a translation has as many lines in the same order.
    choices = models.TextField(_("answers"))
    # Places of the answers that qualify, from 0.
    qualifying = models.JSONField(_("answers that qualify"), default=list)
    unfit_words = models.CharField(_("what those are told who do not fit"), max_length=400)

    TEXT_FIELDS: ClassVar[tuple[str, ...]] = ("question", "choices", "unfit_words")

    class Meta:
        verbose_name = _("eligibility question")
        verbose_name_plural = _("eligibility questions")
        constraints = [
            models.UniqueConstraint(
                fields=["recruitment", "position"], name="one_eligibility_question_a_position"
            )
        ]

    def __str__(self) -> str:
        return self.question


class Invitation(models.Model):
    """A link by e-mail with which somebody joins without an account. Only its digest is kept."""

    recruitment = models.ForeignKey(Recruitment, models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language"), max_length=8)
    digest = models.CharField(max_length=64, unique=True)
    # Whom the team invites; nobody when the person asked for the link.
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(_("sent"))
    expires_at = models.DateTimeField(_("expires"))
    used_at = models.DateTimeField(_("used"), null=True)

    class Meta:
        verbose_name = _("invitation to take part")
        verbose_name_plural = _("invitations to take part")

    def __str__(self) -> str:
        return f"{self.recruitment_id} {self.created_at:%Y-%m-%d}"


class KeyKeeper(models.Model):
    """Somebody of the experiment's team who may see which person stands behind a code."""

    recruitment = models.ForeignKey(Recruitment, models.CASCADE, related_name="keepers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    named_at = models.DateTimeField(_("named"))

    class Meta:
        verbose_name = _("keeper of the key")
        verbose_name_plural = _("keepers of the key")
        constraints = [
            models.UniqueConstraint(fields=["recruitment", "user"], name="one_keeper_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.recruitment_id}: {self.user_id}"
