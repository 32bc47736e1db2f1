from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _


class Run(models.Model):
    """One long computation: what was asked, how far it is, what came out."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        CANCELLED = "cancelled", _("cancelled")
        FAILED = "failed", _("failed")

    kind = models.CharField(_("kind"), max_length=60)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="runs"
    )
    problem = models.JSONField(_("problem"), encoder=DjangoJSONEncoder)
    engine_version = models.CharField(_("engine version"), max_length=40)
    seed = models.PositiveBigIntegerField(_("seed"), default=0)
    limits = models.JSONField(_("limits"), default=dict, encoder=DjangoJSONEncoder)
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.WAITING
    )
    progress = models.FloatField(_("progress"), default=0)
    message = models.CharField(_("what it is doing"), max_length=200, blank=True)
    is_cancel_wanted = models.BooleanField(_("asked to stop"), default=False)
    result = models.JSONField(_("result"), null=True, encoder=DjangoJSONEncoder)
    bound = models.FloatField(_("bound"), null=True)
    error = models.TextField(_("error"), blank=True)
    created_at = models.DateTimeField(_("created"))
    started_at = models.DateTimeField(_("started"), null=True)
    # When the worker last said something: a run whose worker died is found by this.
    heard_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)

    class Meta:
        verbose_name = _("run")
        verbose_name_plural = _("runs")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(progress__gte=0, progress__lte=1), name="progress_is_a_share"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"


class TickLock(models.Model):
    """One row: who ticks now, so that two ticks never work at the same time."""

    ONLY = 1

    holder = models.CharField(max_length=80, blank=True)
    taken_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_tick_lock")]

    def __str__(self) -> str:
        return self.holder
