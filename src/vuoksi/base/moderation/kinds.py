"""What people are told of moderation."""

from django.utils.translation import gettext_lazy as _

from vuoksi.base.notices.kinds import kind

TEXT_DECIDED = kind(
    "moderation.text_decided",
    _("Moderators decide on a text of mine"),
    _(
        "Your %(what)s, %(thing)s: %(outcome)s. Reason: %(reason)s. Open it to read why and how to appeal."
    ),
    is_owed=True,
)
REPORT_DECIDED = kind(
    "moderation.report_decided",
    _("Moderators decide on what I reported"),
    _(
        "Thank you for your report of a text (%(what)s, %(thing)s): %(outcome)s. Reason: %(reason)s."
    ),
    is_owed=True,
)
TEXT_HELD = kind(
    "moderation.text_held",
    _("A text of mine is held for a look"),
    _("Your %(what)s is kept, and somebody looks at it before it shows (%(thing)s). %(why)s"),
    is_owed=True,
)
CASE_WAITS = kind(
    "moderation.case_waits",
    _("A moderation case waits too long"),
    _("A moderation case waits longer than it should: %(what)s, %(thing)s."),
)
