from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from vuoksi.lib.transitions import Machine, Transition
from vuoksi.loop.experiments.participants.models.participants import Participant
from vuoksi.loop.experiments.participants.models.recruiting import Recruitment

SURVEY_STATES = Machine(
    "survey",
    initial="draft",
    transitions=(
        Transition("open", frozenset({"draft"}), "open"),
        Transition("close", frozenset({"open"}), "closed"),
    ),
)


class Survey(models.Model):
    """Questions to all who take part, before or after. Once open its questions never change."""

    class State(models.TextChoices):
        DRAFT = "draft", _("being prepared")
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")

    class Moment(models.TextChoices):
        BEFORE = "before", _("before")
        AFTER = "after", _("after")

    recruitment = models.ForeignKey(Recruitment, models.PROTECT, related_name="surveys")
    moment = models.CharField(_("when"), max_length=6, choices=Moment.choices)
    language = models.CharField(_("language"), max_length=8)
    title = models.CharField(_("title"), max_length=200)
    intro = models.TextField(_("what to know before answering"), blank=True)
    reminder_days = models.PositiveSmallIntegerField(_("days between reminders"), default=5)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.DRAFT)
    opened_at = models.DateTimeField(_("opened"), null=True)
    is_published = models.BooleanField(_("its summary is published"), default=False)
    is_demo = models.BooleanField(_("demo data"), default=False)
    version = models.PositiveIntegerField(default=1)

    TEXT_FIELDS: ClassVar[tuple[str, ...]] = ("title", "intro")

    class Meta:
        verbose_name = _("survey")
        verbose_name_plural = _("surveys")
        constraints = [
            models.UniqueConstraint(
                fields=["recruitment", "moment"], name="one_survey_before_and_one_after"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=sorted(SURVEY_STATES.states)),
                name="survey_state_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(reminder_days__gte=1), name="reminders_are_a_day_apart"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Item(models.Model):
    """One question of a survey, of its own or of a scale."""

    class Kind(models.TextChoices):
        ONE = "one", _("one of several answers")
        SEVERAL = "several", _("any of several answers")
        NUMBER = "number", _("a number on a scale")
        TEXT = "text", _("a short text")

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(_("kind of answer"), max_length=8, choices=Kind.choices)
    language = models.CharField(_("language"), max_length=8)
    text = models.CharField(_("question"), max_length=400, blank=True)
    # One a line.
    choices = models.TextField(_("answers"), blank=True)
    least = models.SmallIntegerField(_("lowest number"), default=1)
    most = models.SmallIntegerField(_("highest number"), default=5)
    least_words = models.CharField(_("what the lowest number means"), max_length=80, blank=True)
    most_words = models.CharField(_("what the highest number means"), max_length=80, blank=True)
    # The key of a scale, `own` for the mean of the city's own items, or nothing.
    scale = models.CharField(_("scale"), max_length=12, blank=True)
    is_reversed = models.BooleanField(_("reversed: a high number means less"), default=False)
    is_required = models.BooleanField(_("an answer is required"), default=False)

    TEXT_FIELDS: ClassVar[tuple[str, ...]] = ("text", "choices", "least_words", "most_words")

    class Meta:
        verbose_name = _("question of a survey")
        verbose_name_plural = _("questions of surveys")
        constraints = [
            models.UniqueConstraint(fields=["survey", "position"], name="one_item_a_position"),
            models.CheckConstraint(
                condition=models.Q(least__lt=models.F("most"), least__gte=0, most__lte=10),
                name="item_has_a_range",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=["one", "several", "number", "text"]),
                name="item_kind_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Response(models.Model):
    """What a participant answers to a survey: invited, begun, sent in. Answers are by the key of the item."""

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="responses")
    # None once somebody withdrew under a promise to keep the data: then `loose_code`, which nobody knows, stands for them.
    participant = models.ForeignKey(
        Participant, models.CASCADE, null=True, related_name="responses"
    )
    loose_code = models.CharField(max_length=16, blank=True)
    answers = models.JSONField(_("answers"), default=dict)
    invited_at = models.DateTimeField(_("invited"))
    reminded_at = models.DateTimeField(_("reminded"), null=True)
    reminders = models.PositiveSmallIntegerField(_("reminders"), default=0)
    saved_at = models.DateTimeField(_("saved"), null=True)
    submitted_at = models.DateTimeField(_("sent in"), null=True)

    class Meta:
        verbose_name = _("response to a survey")
        verbose_name_plural = _("responses to surveys")
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "participant"], name="one_response_a_participant"
            ),
            models.CheckConstraint(
                condition=models.Q(participant__isnull=False, loose_code="")
                | (models.Q(participant=None) & ~models.Q(loose_code="")),
                name="response_has_a_participant_or_a_loose_code",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survey_id}: {self.participant_id}"
