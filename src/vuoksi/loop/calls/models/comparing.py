"""What public things say, as words that can be compared. Made from the things themselves; it may be made again."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Compared(models.Model):
    """One public thing in one language; its words are in its postings."""

    kind = models.CharField(_("kind"), max_length=40)
    object_id = models.CharField(max_length=40)
    language = models.CharField(_("language"), max_length=8)
    # Of the text that the postings were made from.
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("compared text")
        verbose_name_plural = _("compared texts")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_id", "language"], name="one_compared_text_a_language"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id} ({self.language})"


class Posting(models.Model):
    """How strongly a compared text holds a word: between 0 and 1, so that its squares add up to 1 a text."""

    text = models.ForeignKey(Compared, models.CASCADE, related_name="postings", db_index=False)
    term = models.CharField(max_length=40)
    weight = models.FloatField()

    class Meta:
        verbose_name = _("word of a text")
        verbose_name_plural = _("words of texts")
        constraints = [
            models.UniqueConstraint(fields=["text", "term"], name="one_posting_a_word"),
        ]
        # Finding reads this index alone.
        indexes = [models.Index(fields=["term", "text", "weight"], name="posting_by_word")]

    def __str__(self) -> str:
        return self.term
