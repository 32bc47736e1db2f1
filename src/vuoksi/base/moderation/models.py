"""Cases: what was said against a text, what was decided, and what came of an appeal."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vuoksi.lib.transitions import Machine, Transition

# Only these take a text away for good.
ERASING = frozenset({"personal", "illegal"})


class Outcome(models.TextChoices):
    KEEP = "keep", _("it is shown")
    HIDE = "hide", _("it is hidden")
    MEND = "mend", _("it is hidden until its author has mended it")
    REMOVE = "remove", _("its text is removed for good")


class Origin(models.TextChoices):
    REPORT = "report", _("somebody reported it")
    HELD = "held", _("the program held it")
    MODERATOR = "moderator", _("a moderator saw it")
    MENDED = "mended", _("its author mended it")


CASE_STATES = Machine(
    "moderation case",
    initial="open",
    transitions=(
        Transition("decide", frozenset({"open"}), "decided"),
        Transition("appeal", frozenset({"decided", "appealed"}), "appealed"),
        Transition("settle", frozenset({"appealed"}), "settled"),
    ),
)


class Case(models.Model):
    """One look at one thing. All reports that come while it lasts belong to it."""

    class State(models.TextChoices):
        OPEN = "open", _("waits for a decision")
        DECIDED = "decided", _("decided")
        APPEALED = "appealed", _("waits for a decision on an appeal")
        SETTLED = "settled", _("decided on appeal")

    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_id = models.CharField(max_length=40)
    thing = GenericForeignKey("content_type", "object_id")
    origin = models.CharField(_("how it began"), max_length=10, choices=Origin.choices)
    # Why the program held the text: the key of a doubt.
    doubt = models.CharField(_("doubt"), max_length=20, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    opened_at = models.DateTimeField(_("opened"))
    decided_at = models.DateTimeField(_("decided"), null=True)
    appealed_at = models.DateTimeField(_("appealed"), null=True)
    # When moderators were told that it waits too long.
    warned_at = models.DateTimeField(null=True)
    is_demo = models.BooleanField(_("demo data"), default=False)

    class Meta:
        verbose_name = _("moderation case")
        verbose_name_plural = _("moderation cases")
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id"],
                condition=models.Q(state__in=["open", "appealed"]),
                name="one_living_case_a_thing",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=sorted(CASE_STATES.states)), name="case_state_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(state="open", decided_at=None)
                | models.Q(~models.Q(state="open"), decided_at__isnull=False),
                name="decided_case_has_its_time",
            ),
        ]
        indexes = [models.Index(fields=["state", "opened_at"])]

    def __str__(self) -> str:
        return gettext("case %(number)s") % {"number": self.pk}

    def get_absolute_url(self) -> str:
        return reverse("moderation:case", args=[self.pk])


class Report(models.Model):
    """What one person has against a thing."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="reports")
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    # Somebody without an account may leave an address to hear what was decided.
    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(_("language"), max_length=8)
    # Tells one reporter from another without saying who: a digest under the site's key.
    who = models.CharField(max_length=64)
    reason = models.CharField(_("reason"), max_length=10)
    note = models.TextField(_("in own words"), max_length=1000, blank=True)
    at = models.DateTimeField(_("reported"))

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [models.UniqueConstraint(fields=["case", "who"], name="one_report_a_person")]
        indexes = [models.Index(fields=["who", "at"])]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.reason}"


class Decision(models.Model):
    """What a moderator decided, and by which rule. The decision on an appeal is another person's."""

    class Stage(models.TextChoices):
        FIRST = "first", _("decision")
        APPEAL = "appeal", _("decision on appeal")

    case = models.ForeignKey(Case, models.CASCADE, related_name="decisions")
    stage = models.CharField(max_length=6, choices=Stage.choices)
    outcome = models.CharField(_("outcome"), max_length=6, choices=Outcome.choices)
    reason = models.CharField(_("rule"), max_length=10)
    words = models.TextField(_("in the moderator's words"), max_length=1000, blank=True)
    language = models.CharField(_("language"), max_length=8)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    # Who decided first, in a decision on appeal: must be somebody else.
    first_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(_("decided"))
    appeal_until = models.DateTimeField(_("appeal until"), null=True)

    class Meta:
        verbose_name = _("moderation decision")
        verbose_name_plural = _("moderation decisions")
        constraints = [
            models.UniqueConstraint(fields=["case", "stage"], name="one_decision_a_stage"),
            models.CheckConstraint(
                condition=models.Q(by=None)
                | models.Q(first_by=None)
                | ~models.Q(by=models.F("first_by")),
                name="appeal_is_decided_by_another",
            ),
            models.CheckConstraint(
                condition=~models.Q(outcome="remove") | models.Q(reason__in=sorted(ERASING)),
                name="only_some_reasons_remove",
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="keep", reason="fine")
                | (~models.Q(outcome="keep") & ~models.Q(reason="fine")),
                name="what_is_fine_is_kept",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.outcome}"


class Appeal(models.Model):
    """Somebody whom a decision concerns asks another moderator to look again."""

    class Side(models.TextChoices):
        AUTHOR = "author", _("who wrote it")
        REPORTER = "reporter", _("who reported it")

    case = models.ForeignKey(Case, models.CASCADE, related_name="appeals")
    side = models.CharField(_("by"), max_length=8, choices=Side.choices)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    who = models.CharField(max_length=64)
    text = models.TextField(_("why the decision is wrong"), max_length=2000)
    language = models.CharField(_("language"), max_length=8)
    at = models.DateTimeField(_("appealed"))

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        constraints = [models.UniqueConstraint(fields=["case", "who"], name="one_appeal_a_person")]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.side}"
