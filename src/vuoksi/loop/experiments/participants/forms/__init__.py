"""Forms of participants: coming in (`joining`), leading (`leading`), surveys (`surveys`)."""

from vuoksi.loop.experiments.participants.forms.joining import (
    AgreeForm,
    EmailForm,
    FitForm,
    JoinForm,
)
from vuoksi.loop.experiments.participants.forms.leading import (
    ConsentForm,
    InviteForm,
    KeeperForm,
    QuestionRows,
    RecruitmentForm,
    RemovalForm,
)
from vuoksi.loop.experiments.participants.forms.surveys import AnswerForm, ItemRows, SurveyForm

__all__ = [
    "AgreeForm",
    "AnswerForm",
    "ConsentForm",
    "EmailForm",
    "FitForm",
    "InviteForm",
    "ItemRows",
    "JoinForm",
    "KeeperForm",
    "QuestionRows",
    "RecruitmentForm",
    "RemovalForm",
    "SurveyForm",
]
