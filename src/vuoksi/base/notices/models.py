from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _


class News(models.Model):
    """What happened, to which thing, and why somebody is told."""

    class Tie(models.TextChoices):
        WROTE = "wrote", _("you wrote it")
        SUPPORT = "support", _("you support it")
        FOLLOW = "follow", _("you follow it")
        COMMENT = "comment", _("you commented on it")

    kind = models.CharField(_("kind"), max_length=60)
    # What happened to, and the thing of the person's own that is upstream of it.
    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_id = models.CharField(max_length=40)
    thing = GenericForeignKey("content_type", "object_id")
    because_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+", null=True)
    because_id = models.CharField(max_length=40, blank=True)
    because = GenericForeignKey("because_type", "because_id")
    # What ties the person to that thing of their own; empty when the notice is for the person alone.
    tie = models.CharField(_("why"), max_length=10, choices=Tie.choices, blank=True)
    # From that thing down to the one it happened to: [[content type, key], …], both ends included.
    chain = models.JSONField(default=list)
    details = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    at = models.DateTimeField(_("when"))

    class Meta:
        abstract = True


class Notice(News):
    """Something happened downstream of what a person wrote, supports or follows."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    read_at = models.DateTimeField(_("read"), null=True)
    mailed_at = models.DateTimeField(_("sent by e-mail"), null=True)
    # A sender has it in hand, of those that go out at once.
    claimed_at = models.DateTimeField(_("begun"), null=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        indexes = [
            models.Index(fields=["user", "read_at"]),
            models.Index(fields=["mailed_at"]),
            models.Index(fields=["content_type", "object_id"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} → {self.user_id}"


class Letter(News):
    """News for somebody without an account, by e-mail because of a thing that they wrote (`because`).

    The address stands with that thing and not here.
    """

    claimed_at = models.DateTimeField(_("begun"), null=True)
    # Sent, or no longer wanted.
    settled_at = models.DateTimeField(_("settled"), null=True)

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        indexes = [models.Index(fields=["settled_at", "at"])]

    def __str__(self) -> str:
        return f"{self.kind} → {self.because_id}"


class Silence(models.Model):
    """Somebody without an account does not want letters about a thing that they wrote."""

    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_id = models.CharField(max_length=40)
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("silence")
        verbose_name_plural = _("silences")
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id"], name="one_silence_a_thing"
            )
        ]

    def __str__(self) -> str:
        return self.object_id


class Preference(models.Model):
    """How a person wants to hear of one kind of notice; without a row: in the app and in the digest."""

    class Way(models.TextChoices):
        NOTHING = "nothing", _("do not tell me")
        APP = "app", _("here on the site")
        DIGEST = "digest", _("here and in the daily e-mail")
        WEEKLY = "weekly", _("here and in the weekly e-mail")
        AT_ONCE = "at_once", _("here and by e-mail at once")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notice_preferences"
    )
    kind = models.CharField(max_length=60)
    way = models.CharField(_("way"), max_length=10, choices=Way.choices)

    class Meta:
        verbose_name = _("notice setting")
        verbose_name_plural = _("notice settings")
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="one_way_a_kind")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind}: {self.way}"


class WeeklyDay(models.Model):
    """The day of the week on which a person wants the weekly e-mail; without a row: on Mondays."""

    class Day(models.IntegerChoices):
        MONDAY = 0, _("Monday")
        TUESDAY = 1, _("Tuesday")
        WEDNESDAY = 2, _("Wednesday")
        THURSDAY = 3, _("Thursday")
        FRIDAY = 4, _("Friday")
        SATURDAY = 5, _("Saturday")
        SUNDAY = 6, _("Sunday")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="weekly_notices"
    )
    weekday = models.PositiveSmallIntegerField(_("day of the week"), choices=Day.choices)

    class Meta:
        verbose_name = _("day of the weekly e-mail")
        verbose_name_plural = _("days of the weekly e-mail")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(weekday__range=(0, 6)), name="weekday_is_in_the_week"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.weekday}"


class Digest(models.Model):
    """One day's e-mail to one person. Claimed before it is sent, so that two senders never send it twice."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="digests")
    day = models.DateField(_("day"))
    claimed_at = models.DateTimeField(_("begun"))
    sent_at = models.DateTimeField(_("sent"), null=True)
    count = models.PositiveIntegerField(_("number of notices"), default=0)

    class Meta:
        verbose_name = _("digest")
        verbose_name_plural = _("digests")
        constraints = [models.UniqueConstraint(fields=["user", "day"], name="one_digest_a_day")]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} → {self.user_id}"
