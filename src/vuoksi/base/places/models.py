from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vuoksi.base.organisations.models import Organisation


class Place(models.Model):
    """A city centre, district, testbed or library, with its shape in WGS 84 (GeoJSON, RFC 7946)."""

    class Kind(models.TextChoices):
        CENTRE = "centre", _("city centre")
        DISTRICT = "district", _("district")
        TESTBED = "testbed", _("testbed")
        LIBRARY = "library", _("library")
        SITE = "site", _("site")

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    language = models.CharField(_("language"), max_length=8)
    name = models.CharField(_("name"), max_length=160)
    summary = models.TextField(_("summary"), blank=True)
    # What a testbed offers to those who experiment there.
    offers = models.TextField(_("what it offers"), blank=True)
    owner = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="places")
    geometry = models.JSONField(_("shape"))
    # The shape's bounding box in degrees, kept by the action that saves the shape.
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()
    # Drawn by hand to show roughly where: not a boundary.
    is_schematic = models.BooleanField(_("schematic outline"), default=False)
    source = models.CharField(_("source"), max_length=600, blank=True)
    version = models.PositiveIntegerField(default=1)

    TEXT_FIELDS: ClassVar[tuple[str, ...]] = ("name", "summary", "offers")

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(west__lte=models.F("east"), south__lte=models.F("north")),
                name="box_is_a_box",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("place", args=[self.slug])
