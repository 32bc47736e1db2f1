"""What the care for privacy keeps about people itself."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from vuoksi.base.people.keeping import kept, retention
from vuoksi.base.privacy import actions

kept(
    "privacy.Export",
    _("Copies of my data that I asked for"),
    fields=("user",),
    columns=("asked_at", "size_bytes", "expires_at"),
)
kept(
    "privacy.Erasure",
    _("That I asked to be erased"),
    fields=("user",),
    columns=("asked_at", "due_at", "keep_texts", "cancelled_at", "done_at"),
)
retention(
    "privacy.exports",
    _("The file with everything about you that you asked for"),
    days=settings.EXPORT_DAYS,
    why=_("So that you can download it; after that it would only be one more place to guard."),
    purge=actions.drop_exports,
)
retention(
    "privacy.erasures",
    _("That you asked to be erased and thought better of it"),
    days=30,
    why=_("So that we can answer if you ask what happened."),
    purge=actions.drop_erasures,
)
