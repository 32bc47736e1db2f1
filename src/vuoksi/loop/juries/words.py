"""What the engines' sentences are in the reader's language, and what the platform calls a panel's states."""

from django.utils.translation import gettext_lazy as _

from vuoksi.loop.juries.models import Panel

STATE_TONES = {
    Panel.State.DRAFT: "warn",
    Panel.State.OPEN: "try",
    Panel.State.LOCKED: "info",
    Panel.State.CONCLUDED: "good",
}
MISSING = {
    "criteria": _("at least one criterion"),
    "jurors": _("at least two jurors"),
    "finalists": _("two to fourteen finalists"),
    "entries": _("ideas that were sent in"),
}
