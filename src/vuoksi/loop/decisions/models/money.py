from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from vuoksi.loop.experiments.plans.models import Experiment


class Money(models.Model):
    """An amount that was asked for, granted or spent for an experiment, with its day and its source.

    A row is never changed: a wrong one is taken back and stays, out of all sums.
    """

    class Kind(models.TextChoices):
        ASKED = "asked", _("asked for")
        GRANTED = "granted", _("granted")
        SPENT = "spent", _("spent")

    experiment = models.ForeignKey(Experiment, models.PROTECT, related_name="money")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    amount_eur = models.DecimalField(_("amount, EUR"), max_digits=12, decimal_places=2)
    dated_on = models.DateField(_("day"))
    source = models.CharField(_("source"), max_length=600)
    note = models.CharField(_("note"), max_length=200, blank=True)
    # Where it was taken over from ("entry:12"): the same is taken over once.
    key = models.CharField(max_length=80, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(_("recorded"))
    taken_back_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    is_demo = models.BooleanField(_("demo data"), default=False)

    class Meta:
        verbose_name = _("amount of money")
        verbose_name_plural = _("amounts of money")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["asked", "granted", "spent"]),
                name="money_kind_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(amount_eur__gt=0), name="money_is_more_than_nothing"
            ),
            models.CheckConstraint(condition=~models.Q(source=""), name="money_has_a_source"),
            models.UniqueConstraint(
                fields=["experiment", "kind", "key"],
                condition=~models.Q(key=""),
                name="money_is_taken_over_once",
            ),
        ]
        indexes = [  # Sums are made from this index alone.
            models.Index(fields=["kind", "dated_on", "taken_back_at", "amount_eur", "experiment"])
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount_eur} EUR"
