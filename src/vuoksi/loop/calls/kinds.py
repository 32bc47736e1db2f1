"""What people are told about calls and entries."""

from django.utils.translation import gettext_lazy as _

from vuoksi.base.notices.kinds import kind

CALL_PUBLISHED = kind(
    "calls.call_published",
    _("A call on a goal that I follow"),
    _("A new call: “%(thing)s”."),
)
ENTRY_ANSWERED = kind(
    "calls.entry_answered",
    _("The city answers an idea that I wrote, support or follow"),
    _("The city has answered the idea “%(thing)s”."),
)
CO_AUTHOR_INVITED = kind(
    "calls.co_author_invited",
    _("Somebody invites me to write an idea with them"),
    _("You are invited to write the idea “%(thing)s” together."),
)
CO_AUTHOR_JOINED = kind(
    "calls.co_author_joined",
    _("Somebody accepts my invitation to write together"),
    _("Your invitation to write “%(thing)s” together was accepted."),
)
ENTRY_WITHDRAWN = kind(
    "calls.entry_withdrawn",
    _("An idea that I support or follow is withdrawn"),
    _("The idea “%(thing)s” was withdrawn by its author."),
)
