from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Store(models.Model):
    """Where one kind of series stands: how much of it has moved from the inbox to its Delta table."""

    kind = models.CharField(_("kind"), max_length=80, unique=True)
    # The number of the last move that was begun. The Delta table names the last one that it holds.
    last_move = models.PositiveBigIntegerField(default=0)
    # The newest version of the Delta table that is known to lie on the disk.
    synced_version = models.BigIntegerField(default=-1)
    # Up to this time of measuring, keys may have been forgotten.
    forgotten_until = models.DateTimeField(null=True)
    tended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("store of measured rows")
        verbose_name_plural = _("stores of measured rows")

    def __str__(self) -> str:
        return self.kind


class Batch(models.Model):
    """Rows that came together, and from whom: for measured rows this row is the audit (docs/decisions/0010)."""

    store = models.ForeignKey(Store, models.PROTECT, related_name="batches")
    at = models.DateTimeField(_("received"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("who"),
    )
    # What sent them: a token's beginning, a charging station. Never a person.
    sender = models.CharField(_("sent by"), max_length=80, blank=True)
    added = models.PositiveIntegerField(_("rows"))
    repeated = models.PositiveIntegerField(_("rows that stood here already"))
    # Of the rows as they were kept, so that nobody can have others later.
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("batch of measured rows")
        verbose_name_plural = _("batches of measured rows")
        constraints = [
            models.CheckConstraint(condition=models.Q(added__gt=0), name="batch_has_rows")
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.added}"


class Parcel(models.Model):
    """The inbox: the rows of one batch until they lie safely in the Delta table."""

    batch = models.OneToOneField(Batch, models.PROTECT, primary_key=True, related_name="parcel")
    store = models.ForeignKey(Store, models.PROTECT, related_name="parcels")
    rows = models.BinaryField()
    # The move that carries it; none yet for what has just come.
    move = models.PositiveBigIntegerField(null=True)

    class Meta:
        verbose_name = _("parcel")
        verbose_name_plural = _("parcels")

    def __str__(self) -> str:
        return f"{self.batch_id}"


class Key(models.Model):
    """A row that stands in the inbox or in the Delta table: the same key is never taken twice."""

    pk = models.CompositePrimaryKey("store_id", "key")
    store = models.ForeignKey(Store, models.PROTECT, related_name="+", db_index=False)
    key = models.BinaryField()
    # When it came, to be forgotten one day.
    day = models.DateField()

    class Meta:
        verbose_name = _("key")
        verbose_name_plural = _("keys")

    def __str__(self) -> str:
        return f"{self.store_id}"


class Erasure(models.Model):
    """Rows to erase: not read from now on, and gone from the files after the next tick and the cleaning."""

    store = models.ForeignKey(Store, models.PROTECT, related_name="erasures")
    column = models.CharField(max_length=80)
    value = models.JSONField()
    # Rows of later batches are others, which have come after the erasure.
    until_batch = models.BigIntegerField()
    at = models.DateTimeField(_("asked"))

    class Meta:
        verbose_name = _("erasure of measured rows")
        verbose_name_plural = _("erasures of measured rows")

    def __str__(self) -> str:
        return f"{self.column} {self.value}"
