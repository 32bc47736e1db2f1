"""What people type about calls and entries. Forms validate; actions save."""

from vuoksi.loop.calls.forms.answers import AnswerForm, ShareForm
from vuoksi.loop.calls.forms.calls import CallForm, NewCallForm, PhasesForm, ReasonForm, StartForm
from vuoksi.loop.calls.forms.entries import BehalfForm, EntryForm, FileForm, InviteForm, LinkForm
from vuoksi.loop.calls.forms.questions import CategoryRows, QuestionRows

__all__ = [
    "AnswerForm",
    "BehalfForm",
    "CallForm",
    "CategoryRows",
    "EntryForm",
    "FileForm",
    "InviteForm",
    "LinkForm",
    "NewCallForm",
    "PhasesForm",
    "QuestionRows",
    "ReasonForm",
    "ShareForm",
    "StartForm",
]
