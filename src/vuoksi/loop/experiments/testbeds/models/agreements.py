from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vuoksi.base.organisations.models import Organisation
from vuoksi.lib.transitions import Machine, Transition
from vuoksi.loop.experiments.plans.models import Experiment
from vuoksi.loop.experiments.testbeds.models.testbeds import Testbed

AGREEMENT_STATES = Machine(
    "agreement",
    initial="draft",
    transitions=(
        Transition("send", frozenset({"draft"}), "sent"),
        Transition("conclude", frozenset({"sent"}), "signed"),
        Transition("decline", frozenset({"sent"}), "declined"),
    ),
)


class AgreementTemplate(models.Model):
    """A text with named blanks, such as `[partner]`. A version is never changed: a new one is written."""

    key = models.SlugField(_("address"), max_length=60)
    number = models.PositiveSmallIntegerField(_("version"))
    language = models.CharField(_("language"), max_length=8)
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"))
    is_offered = models.BooleanField(_("offered now"), default=True)
    created_at = models.DateTimeField(_("written"))
    source = models.CharField(_("source"), max_length=600, blank=True)
    is_demo = models.BooleanField(_("demo data"), default=False)

    class Meta:
        verbose_name = _("agreement template")
        verbose_name_plural = _("agreement templates")
        constraints = [
            models.UniqueConstraint(
                fields=["key", "number", "language"], name="one_template_a_version_and_language"
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.language}, {self.number})"


class Agreement(models.Model):
    """What the parties of an experiment agree on. Its text is fixed when it is sent."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SENT = "sent", _("waits for signatures")
        SIGNED = "signed", _("signed")
        DECLINED = "declined", _("declined")

    ADDRESS_OF = ("experiment",)

    experiment = models.ForeignKey(Experiment, models.PROTECT, related_name="agreements")
    partner = models.ForeignKey(
        Organisation, models.PROTECT, related_name="agreements", verbose_name=_("partner")
    )
    testbed = models.ForeignKey(
        Testbed,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agreements",
        verbose_name=_("testbed"),
    )
    template = models.ForeignKey(
        AgreementTemplate, models.PROTECT, related_name="agreements", verbose_name=_("template")
    )
    values = models.JSONField(_("what is filled in"), default=dict)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    text = models.TextField(_("text"), blank=True)
    digest = models.CharField(max_length=64, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(_("begun"))
    sent_at = models.DateTimeField(_("sent"), null=True)
    ended_at = models.DateTimeField(_("signed or declined"), null=True)
    reason = models.TextField(_("why it was declined"), blank=True)
    is_demo = models.BooleanField(_("demo data"), default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=sorted(AGREEMENT_STATES.states)),
                name="agreement_state_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(state="draft", digest="", text="", sent_at=None)
                | (
                    ~models.Q(state="draft")
                    & ~models.Q(digest="")
                    & ~models.Q(text="")
                    & ~models.Q(sent_at=None)
                ),
                name="sent_agreement_is_frozen",
            ),
        ]

    def __str__(self) -> str:
        return self.template.title

    def get_absolute_url(self) -> str:
        return reverse("testbeds:agreement", args=[self.experiment.slug, self.pk])


class Party(models.Model):
    """An organisation that an agreement binds once it has signed: who, when, and the digest of the text they saw."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="parties")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    # What stood on the paper: kept also when the account is gone.
    signer_name = models.CharField(_("name"), max_length=120, blank=True)
    signer_title = models.CharField(_("in which role"), max_length=120, blank=True)
    signed_at = models.DateTimeField(_("signed"), null=True)
    signed_digest = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("party of an agreement")
        verbose_name_plural = _("parties of agreements")
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "organisation"], name="one_signature_a_party"
            ),
            models.CheckConstraint(
                condition=models.Q(signed_at=None, signed_digest="")
                | (~models.Q(signed_at=None) & ~models.Q(signed_digest="")),
                name="signature_has_a_digest",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id}: {self.organisation_id}"
