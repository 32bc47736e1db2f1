from django.db import models
from django.utils.translation import gettext_lazy as _


class Document(models.Model):
    """What a public thing says in one language, folded so that capitals and accents do not matter.

    Derived from the things themselves: it may be thrown away at any time, the next tick makes it again.
    """

    kind = models.CharField(_("kind"), max_length=40)
    object_id = models.CharField(max_length=40)
    language = models.CharField(_("language"), max_length=8)
    # Title and text, folded: what is looked in. What is shown comes from the thing itself.
    title = models.TextField()
    text = models.TextField()

    class Meta:
        verbose_name = _("searchable text")
        verbose_name_plural = _("searchable texts")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_id", "language"], name="one_document_a_language"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id} ({self.language})"
