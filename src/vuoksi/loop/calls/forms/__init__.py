"""What people type about calls and entries. Forms validate; actions save."""

from vuoksi.loop.calls.forms.answers import AnswerForm
from vuoksi.loop.calls.forms.calls import CallForm, NewCallForm, PhasesForm
from vuoksi.loop.calls.forms.comments import CommentForm
from vuoksi.loop.calls.forms.entries import BehalfForm, EntryForm, InviteForm, LinkForm
from vuoksi.loop.calls.forms.questions import CategoryRows, QuestionRows

__all__ = [
    "AnswerForm",
    "BehalfForm",
    "CallForm",
    "CategoryRows",
    "CommentForm",
    "EntryForm",
    "InviteForm",
    "LinkForm",
    "NewCallForm",
    "PhasesForm",
    "QuestionRows",
]
