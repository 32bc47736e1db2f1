"""What people type about testbeds. Forms validate and save nothing."""

from vuoksi.loop.experiments.testbeds.forms.booking import BookingForm, ReasonForm
from vuoksi.loop.experiments.testbeds.forms.keeping import OfferingForm, TestbedForm
from vuoksi.loop.experiments.testbeds.forms.papers import (
    AgreementForm,
    BlanksForm,
    ChecklistForm,
    SignForm,
    SignOffForm,
    TemplateForm,
)

__all__ = [
    "AgreementForm",
    "BlanksForm",
    "BookingForm",
    "ChecklistForm",
    "OfferingForm",
    "ReasonForm",
    "SignForm",
    "SignOffForm",
    "TemplateForm",
    "TestbedForm",
]
