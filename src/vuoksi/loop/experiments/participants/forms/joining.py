from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vuoksi.base.texts.queries import in_language
from vuoksi.loop.calls.forms.texts import PlainTextField
from vuoksi.loop.experiments.participants import queries
from vuoksi.loop.experiments.participants.engine import reasons_against
from vuoksi.loop.experiments.participants.models import Question, Recruitment


class FitForm(forms.Form):
    """Age and the eligibility questions. What is answered here is looked at and kept nowhere."""

    age = forms.IntegerField(
        label=_("How old are you?"),
        min_value=0,
        max_value=120,
        help_text=_("In years."),
        error_messages={
            "required": _("Write your age."),
            "invalid": _("Write your age in full years."),
        },
    )

    def __init__(
        self,
        data: Any = None,
        *,
        recruitment: Recruitment,
        questions: list[Question],
        **more: Any,
    ) -> None:
        super().__init__(data, **more)
        self.recruitment, self.questions = recruitment, questions
        for question in questions:
            self.fields[f"q_{question.pk}"] = forms.TypedChoiceField(
                label=str(in_language(question, "question")),
                choices=list(enumerate(queries.choices_in(question))),
                coerce=int,
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose one of the answers.")},
            )

    @property
    def is_minor(self) -> bool:
        return bool(self.cleaned_data["age"] < self.recruitment.guardian_below)

    def against(self) -> list[str]:
        """Why the person does not fit, in words for the person; empty for one who fits."""
        data = self.cleaned_data
        reasons = reasons_against(
            queries.asked_of(self.questions),
            {one.pk: data[f"q_{one.pk}"] for one in self.questions},
            age=data["age"],
            youngest=self.recruitment.youngest,
        )
        words: dict[int | str, str] = {
            one.pk: str(in_language(one, "unfit_words")) for one in self.questions
        }
        words["age"] = str(
            _("This experiment is for those who are at least %(age)s years old.")
            % {"age": self.recruitment.youngest}
        )
        return [words[reason] for reason in reasons]


class EmailForm(forms.Form):
    """An address that a link is sent to."""

    email = forms.EmailField(
        label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )


class AgreeForm(forms.Form):
    """Agreeing to exactly the text that is shown."""

    text = forms.IntegerField(widget=forms.HiddenInput)
    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    agrees = forms.BooleanField(
        label=_("I have read this and agree to it. I know that I can withdraw at any time."),
        error_messages={
            "required": _("Tick the box if you agree. If you do not, nothing happens.")
        },
    )


class JoinForm(AgreeForm):
    """Agreeing, and for those who are under age naming who answers for them."""

    guardian_name = PlainTextField(label=_("Name of your guardian"), max_length=120)
    guardian_email = forms.EmailField(
        label=_("E-mail address of your guardian"),
        help_text=_("We ask your guardian by e-mail. Nothing begins before they agree."),
    )
    field_order = ["text", "digest", "guardian_name", "guardian_email", "agrees"]

    def __init__(self, data: Any = None, *, is_minor: bool, **more: Any) -> None:
        super().__init__(data, **more)
        if not is_minor:
            del self.fields["guardian_name"], self.fields["guardian_email"]
