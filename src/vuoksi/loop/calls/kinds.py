"""What people are told about calls and entries."""

from django.utils.translation import gettext_lazy as _

from vuoksi.base.notices.kinds import kind

CALL_PUBLISHED = kind(
    "calls.call_published",
    _("A call on a goal that I follow"),
    _("A new call: “%(thing)s”."),
)
CALL_MOVED = kind(
    "calls.call_moved",
    _("A call that I follow or write for is closed, goes on, or opens its sealed ideas"),
    _("The call “%(thing)s” has a new state."),
    outcomes={
        "closed": _("The call “%(thing)s” was closed. Ideas are no longer taken."),
        "unsealed": _("The ideas of the call “%(thing)s” are no longer sealed. Read them."),
        "reopened": _("The call “%(thing)s” goes on; its page says until when."),
    },
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
CO_AUTHOR_REMOVED = kind(
    "calls.co_author_removed",
    _("I am no longer among the authors of an idea"),
    _("You are no longer among the authors of “%(thing)s”."),
)
ENTRY_WITHDRAWN = kind(
    "calls.entry_withdrawn",
    _("An idea that I support or follow is withdrawn"),
    _("The idea “%(thing)s” was withdrawn by its author."),
)
CALL_RULES_CHANGED = kind(
    "calls.rules_changed",
    _("The rules of a call that I follow or write for change"),
    _(
        "The rules of the call “%(thing)s” have changed. Its page says why; look at your idea again, if you sent one."
    ),
)
ANSWERS_OVERDUE = kind(
    "calls.answers_overdue",
    _("Ideas of a call that I answer for are overdue"),
    _("The day by which the call “%(thing)s” promised answers is over, and ideas still wait."),
)
SHARE_DECIDED = kind(
    "calls.share_decided",
    _("Another city decides its share in a joint call"),
    _("A city has decided its share in the idea “%(thing)s”."),
)
