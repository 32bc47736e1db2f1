from vuoksi.loop.decisions.forms.decisions import DecisionForm, PublishForm
from vuoksi.loop.decisions.forms.follow import FollowUpForm, StepForm
from vuoksi.loop.decisions.forms.money import MoneyForm

__all__ = ["DecisionForm", "FollowUpForm", "MoneyForm", "PublishForm", "StepForm"]
