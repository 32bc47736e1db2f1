from typing import Any, cast

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator, validate_email
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from vuoksi.base.people.models import User
from vuoksi.loop.calls.forms.texts import LanguageField, LongTextField, PlainTextField, plain
from vuoksi.loop.experiments.participants import queries
from vuoksi.loop.experiments.participants.actions import Asking
from vuoksi.loop.experiments.participants.models import (
    LONGEST_RETENTION_DAYS,
    ConsentText,
    ConsentVersion,
    KeyKeeper,
    Question,
    Recruitment,
)

MOST_INVITED = 200
ROWS = 3
# What each number of a recruitment may be: its constraint says the same without words for a person.
RANGES = {
    "capacity": (1, 5000),
    "answer_days": (1, 60),
    "youngest": (0, 120),
    "guardian_below": (0, 120),
}


class RecruitmentForm(forms.ModelForm[Recruitment]):
    """The page that looks for people."""

    version = forms.IntegerField(widget=forms.HiddenInput, initial=1)
    language = LanguageField()

    class Meta:
        model = Recruitment
        fields = (
            *("version", "language", "title", "seeking", "tasks", "duration", "reward", "contact"),
            *("capacity", "answer_days", "youngest", "guardian_below", "closes_on"),
        )
        widgets = {
            **{
                name: forms.Textarea(attrs={"rows": 3})
                for name in ("seeking", "tasks", "duration", "reward", "contact")
            },
            "closes_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        }
        help_texts = {
            "answer_days": _("A place that becomes free waits so long for the next on the list."),
            "guardian_below": _("Those who are younger name a guardian, who is asked by e-mail."),
            "contact": _("Who answers questions, and how to reach them."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("title", "seeking", "tasks", "duration", "reward", "contact"):
            self.fields[name].validators.append(plain)
        for name, (least, most) in RANGES.items():
            self.fields[name].validators += [MinValueValidator(least), MaxValueValidator(most)]
            self.fields[name].widget.attrs |= {"min": least, "max": most}


class QuestionForm(forms.Form):
    """One eligibility question; a row without a question is left out."""

    question = PlainTextField(label=_("Question"), max_length=300, required=False)
    choices = LongTextField(
        label=_("Answers"),
        rows=3,
        max_length=1000,
        required=False,
        help_text=_("One a line. Put * before each answer that qualifies."),
    )
    unfit_words = PlainTextField(
        label=_("What those are told who do not fit"),
        max_length=400,
        required=False,
        help_text=_("Kindly, and why: such as “This time we look for people who live in Kera.”"),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("question"):
            return data
        answers = queries.lines(data.get("choices", ""))
        if len(answers) < 2:
            self.add_error("choices", _("Write at least two answers, one a line."))
        if not any(answer.startswith("*") for answer in answers):
            self.add_error("choices", _("Put * before at least one answer that qualifies."))
        if not data.get("unfit_words"):
            self.add_error("unfit_words", _("Say kindly why somebody does not fit."))
        return data

    def asking(self) -> Asking:
        data = self.cleaned_data
        answers = queries.lines(data["choices"])
        return Asking(
            question=data["question"],
            choices="\n".join(answer.lstrip("* ") for answer in answers),
            qualifying=tuple(n for n, answer in enumerate(answers) if answer.startswith("*")),
            unfit_words=data["unfit_words"],
        )


class BaseQuestionRows(BaseFormSet[QuestionForm]):
    def questions(self) -> list[Asking]:
        return [form.asking() for form in self.forms if form.cleaned_data.get("question")]


QuestionRows: type[BaseQuestionRows] = formset_factory(  # type: ignore[assignment]  # the base it was given
    QuestionForm, formset=BaseQuestionRows, extra=ROWS, max_num=20, validate_max=True
)


def rows_of(questions: list[Question]) -> list[dict[str, str]]:
    """What a form of the questions begins with."""
    return [
        {
            "question": one.question,
            "choices": "\n".join(
                f"*{words}" if n in one.qualifying else words
                for n, words in enumerate(queries.lines(one.choices))
            ),
            "unfit_words": one.unfit_words,
        }
        for one in questions
    ]


class ConsentForm(forms.Form):
    """A version of the consent and its words in one language."""

    legal_basis = forms.ChoiceField(
        label=_("Legal basis"), choices=ConsentVersion.LegalBasis.choices
    )
    on_withdrawal = forms.ChoiceField(
        label=_("When somebody withdraws"),
        choices=ConsentVersion.OnWithdrawal.choices,
        widget=forms.RadioSelect,
    )
    retention_days = forms.IntegerField(
        label=_("Days that answers and the key are kept after the end"),
        min_value=0,
        max_value=LONGEST_RETENTION_DAYS,
    )
    language = LanguageField()
    purpose = LongTextField(label=_("What for"), max_length=4000)
    gathered = LongTextField(label=_("What is gathered"), max_length=4000)
    access = LongTextField(label=_("Who sees it"), max_length=4000)
    retention = LongTextField(label=_("How long it is kept"), max_length=4000)
    risks = LongTextField(label=_("What to think of"), max_length=4000, required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        consent: ConsentVersion | None,
        text: ConsentText | None,
        language: str,
        **more: Any,
    ) -> None:
        initial: dict[str, Any] = {"language": language, "on_withdrawal": "erase"}
        if consent is not None:
            names = ("legal_basis", "on_withdrawal", "retention_days")
            initial |= {name: getattr(consent, name) for name in names}
        if text is not None:
            initial |= {name: getattr(text, name) for name in queries.SAID}
        super().__init__(data, initial=initial, **more)

    def promises(self) -> dict[str, Any]:
        names = ("legal_basis", "on_withdrawal", "retention_days")
        return {name: self.cleaned_data[name] for name in names}

    def words(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in queries.SAID}


class InviteForm(forms.Form):
    """Addresses to invite, one a line."""

    emails = LongTextField(label=_("E-mail addresses"), help_text=_("One a line."))
    language = LanguageField(label=_("Language of the letter"))

    def clean_emails(self) -> list[str]:
        found = queries.lines(self.cleaned_data["emails"])
        wrong = [line for line in found if not _is_address(line)]
        if wrong:
            raise forms.ValidationError(
                _("These are no e-mail addresses: %(lines)s"),
                params={"lines": ", ".join(line[:80] for line in wrong[:5])},
            )
        if len(found) > MOST_INVITED:
            raise forms.ValidationError(
                _("At most %(most)s addresses at once."), params={"most": MOST_INVITED}
            )
        return found


def _is_address(line: str) -> bool:
    try:
        validate_email(line)
    except forms.ValidationError:
        return False
    return True


class RemovalForm(forms.Form):
    """Who may see persons no longer."""

    remove = forms.ModelChoiceField(KeyKeeper.objects.none())

    def __init__(self, data: Any = None, *, recruitment: Recruitment, **more: Any) -> None:
        super().__init__(data, **more)
        field = cast("forms.ModelChoiceField[KeyKeeper]", self.fields["remove"])
        field.queryset = recruitment.keepers.all()


class KeeperForm(forms.Form):
    """Whom to let see persons: somebody of the unit in charge."""

    user = forms.ModelChoiceField(User.objects.none(), label=_("Person"))

    def __init__(self, data: Any = None, *, recruitment: Recruitment, **more: Any) -> None:
        super().__init__(data, **more)
        owner = recruitment.experiment.owner_id
        people = User.objects.filter(
            memberships__organisation=owner, role_grants__role__in=["staff", "coordinator"]
        )
        field = cast("forms.ModelChoiceField[User]", self.fields["user"])
        field.queryset = people.distinct().order_by("name")
