"""Tables of calls: the call, the entries sent to it, what the city says to them, and their words for comparing."""

from vuoksi.loop.calls.models.answers import Answer, Share
from vuoksi.loop.calls.models.calls import (
    CALL_STATES,
    Call,
    CallRules,
    Category,
    FrozenRules,
    Phase,
    Question,
)
from vuoksi.loop.calls.models.comparing import Compared, Posting
from vuoksi.loop.calls.models.entries import ENTRY_STATES, CoAuthor, Entry, EntryLink, Response

__all__ = [
    "CALL_STATES",
    "ENTRY_STATES",
    "Answer",
    "Call",
    "CallRules",
    "Category",
    "CoAuthor",
    "Compared",
    "Entry",
    "EntryLink",
    "FrozenRules",
    "Phase",
    "Posting",
    "Question",
    "Response",
    "Share",
]
