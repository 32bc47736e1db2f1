from vuoksi.loop.decisions.forms.decisions import DecisionForm, PublishForm
from vuoksi.loop.decisions.forms.follow import FollowUpForm, ProcurementForm, StepForm
from vuoksi.loop.decisions.forms.money import MoneyForm

__all__ = [
    "DecisionForm",
    "FollowUpForm",
    "MoneyForm",
    "ProcurementForm",
    "PublishForm",
    "StepForm",
]
