"""What notices keep about people."""

from django.utils.translation import gettext_lazy as _

from vuoksi.base.notices import actions
from vuoksi.base.people.keeping import kept, on_erasure, retention

kept(
    "notices.Notice",
    _("What I was told"),
    fields=("user",),
    columns=(
        "at",
        "kind",
        "content_type__model",
        "object_id",
        "tie",
        "details",
        "read_at",
        "mailed_at",
    ),
)
kept(
    "notices.Preference", _("How I want to hear of what"), fields=("user",), columns=("kind", "way")
)
kept(
    "notices.Digest",
    _("E-mails with news to me"),
    fields=("user",),
    columns=("day", "sent_at", "count"),
)
kept(
    "notices.WeeklyDay",
    _("Day of my weekly e-mail"),
    fields=("user",),
    columns=("weekday",),
)
on_erasure(actions.forget_person)
retention(
    "notices.read",
    _("Notices that you have read"),
    days=365,
    why=_("So that you can look up what became of your ideas within a year."),
    purge=actions.drop_old,
)
retention(
    "notices.digests",
    _("That an e-mail with news was sent to you"),
    days=90,
    why=_("So that no e-mail is sent twice, and a lost one can be looked for."),
    purge=actions.drop_digests,
)
