from django.db import models
from django.utils.translation import gettext_lazy as _

from vuoksi.lib.transitions import Machine, Transition
from vuoksi.loop.experiments.participants.models.participants import Participant
from vuoksi.loop.experiments.participants.models.recruiting import Recruitment

CONSENT_STATES = Machine(
    "consent version",
    initial="draft",
    transitions=(
        Transition("publish", frozenset({"draft"}), "published"),
        Transition("replace", frozenset({"published"}), "replaced"),
    ),
)
LONGEST_RETENTION_DAYS = 1825


class ConsentVersion(models.Model):
    """What people agree to, in one version. Once published it never changes: another version is written."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("in force")
        REPLACED = "replaced", _("replaced by a later one")

    class LegalBasis(models.TextChoices):
        CONSENT = "consent", _("consent (GDPR, article 6(1)(a))")
        EXPLICIT = "explicit", _("explicit consent (GDPR, articles 6(1)(a) and 9(2)(a))")
        PUBLIC_TASK = (
            "public_task",
            _("research in the public interest (GDPR, article 6(1)(e)), with consent to take part"),
        )

    class OnWithdrawal(models.TextChoices):
        ERASE = "erase", _("what was gathered about you is erased")
        KEEP = "keep", _("what was gathered is kept, and nobody can tell any more whose it is")

    recruitment = models.ForeignKey(Recruitment, models.PROTECT, related_name="consent_versions")
    number = models.PositiveSmallIntegerField(_("version"))
    legal_basis = models.CharField(_("legal basis"), max_length=12, choices=LegalBasis.choices)
    on_withdrawal = models.CharField(
        _("when somebody withdraws"), max_length=6, choices=OnWithdrawal.choices
    )
    retention_days = models.PositiveSmallIntegerField(
        _("days that answers and the key are kept after the end")
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    published_at = models.DateTimeField(_("published"), null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("version of the consent")
        verbose_name_plural = _("versions of the consent")
        constraints = [
            models.UniqueConstraint(
                fields=["recruitment", "number"], name="one_consent_version_a_number"
            ),
            models.UniqueConstraint(
                fields=["recruitment"],
                condition=models.Q(state="published"),
                name="one_consent_version_in_force",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=sorted(CONSENT_STATES.states)),
                name="consent_version_state_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(retention_days__lte=LONGEST_RETENTION_DAYS),
                name="consent_keeps_five_years_at_most",
            ),
            models.CheckConstraint(
                condition=models.Q(state="draft", published_at=None)
                | (~models.Q(state="draft") & ~models.Q(published_at=None)),
                name="consent_version_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recruitment_id}: {self.number}"


class ConsentText(models.Model):
    """A version in one language, with the digest of all that was said in it."""

    # Named apart from `version`, which everywhere else counts the edits of a row.
    of = models.ForeignKey(ConsentVersion, models.PROTECT, related_name="texts")
    language = models.CharField(_("language"), max_length=8)
    purpose = models.TextField(_("what for"))
    gathered = models.TextField(_("what is gathered"))
    access = models.TextField(_("who sees it"))
    retention = models.TextField(_("how long it is kept"))
    risks = models.TextField(_("what to think of"), blank=True)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("text of the consent")
        verbose_name_plural = _("texts of the consent")
        constraints = [
            models.UniqueConstraint(fields=["of", "language"], name="one_consent_text_a_language")
        ]

    def __str__(self) -> str:
        return f"{self.of_id} {self.language}"


class Consent(models.Model):
    """That a participant, or their guardian, agreed: to which text, when, and when it was taken back.

    Who the person is stands in the key alone.
    """

    class By(models.TextChoices):
        SELF = "self", _("the participant")
        GUARDIAN = "guardian", _("a guardian")

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="consents")
    text = models.ForeignKey(ConsentText, models.PROTECT, related_name="consents")
    by = models.CharField(_("by"), max_length=8, choices=By.choices)
    digest = models.CharField(max_length=64)
    given_at = models.DateTimeField(_("given"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "text", "by"], name="one_consent_a_text_and_giver"
            ),
            models.CheckConstraint(
                condition=~models.Q(digest=""), name="consent_has_the_digest_of_its_text"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant_id}: {self.text_id}"
