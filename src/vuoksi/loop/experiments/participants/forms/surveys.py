from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from vuoksi.base.texts.queries import in_language
from vuoksi.loop.calls.forms.texts import LanguageField, LongTextField, PlainTextField
from vuoksi.loop.experiments.participants import queries
from vuoksi.loop.experiments.participants.actions import Draft
from vuoksi.loop.experiments.participants.engine import SCALES
from vuoksi.loop.experiments.participants.models import Item, Survey
from vuoksi.loop.experiments.participants.words import ANSWER_FAULTS
from vuoksi.loop.experiments.participants.words import SCALES as SCALE_WORDS

EMPTY_ROWS = 2
MOST_ITEMS = 40


class SurveyForm(forms.Form):
    """A survey as a whole."""

    language = LanguageField()
    title = PlainTextField(label=_("Title"), max_length=200)
    intro = LongTextField(
        label=_("What to know before answering"), rows=3, max_length=2000, required=False
    )
    reminder_days = forms.IntegerField(
        label=_("Days between reminders"), min_value=1, max_value=90, initial=5
    )
    add_scale = forms.ChoiceField(
        label=_("Add the questions of a scale"),
        required=False,
        choices=[("", "–"), *((key, SCALE_WORDS[key]) for key in SCALES)],
        help_text=_(
            "Its numbers and scoring are set. Type in its wording, in the version that you may use: it belongs to its publisher."
        ),
    )

    def scale_items(self) -> list[Draft]:
        key = self.cleaned_data["add_scale"]
        if not key:
            return []
        scale = SCALES[key]
        return [
            Draft(
                kind="number",
                text="",
                least=scale.least,
                most=scale.most,
                scale=key,
                is_reversed=number in scale.reversed_items,
            )
            for number in range(1, scale.items + 1)
        ]


class ItemForm(forms.Form):
    """One question. Those of a scale keep their numbers; a row without question and scale is left out."""

    kind = forms.ChoiceField(
        label=_("Kind of answer"), choices=Item.Kind.choices, initial=Item.Kind.NUMBER
    )
    text = PlainTextField(label=_("Question"), max_length=400, required=False)
    choices = LongTextField(
        label=_("Answers"),
        rows=3,
        max_length=2000,
        required=False,
        help_text=_("One a line, for one or any of several answers."),
    )
    least = forms.IntegerField(label=_("Lowest number"), min_value=0, max_value=9, initial=1)
    least_words = PlainTextField(
        label=_("What the lowest number means"), max_length=80, required=False
    )
    most = forms.IntegerField(label=_("Highest number"), min_value=1, max_value=10, initial=5)
    most_words = PlainTextField(
        label=_("What the highest number means"), max_length=80, required=False
    )
    scale = forms.ChoiceField(
        label=_("Counts to"),
        required=False,
        choices=[("", _("no score")), *((key, words) for key, words in SCALE_WORDS.items())],
    )
    is_reversed = forms.BooleanField(label=_("Reversed: a high number means less"), required=False)
    is_required = forms.BooleanField(label=_("An answer is required"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        asks_choice = data.get("kind") in {Item.Kind.ONE, Item.Kind.SEVERAL}
        if data.get("text") and asks_choice and len(queries.lines(data.get("choices", ""))) < 2:
            self.add_error("choices", _("Write at least two answers, one a line."))
        if data.get("least", 0) >= data.get("most", 1):
            self.add_error("most", _("The highest number must be above the lowest."))
        if data.get("scale") and data.get("kind") != Item.Kind.NUMBER:
            self.add_error("scale", _("Only numbers on a scale give a score."))
        return data

    def draft(self) -> Draft:
        data = dict(self.cleaned_data)
        scale = SCALES.get(data["scale"])
        if scale is not None:
            data["least"], data["most"] = scale.least, scale.most
        data.pop("DELETE", None)
        return Draft(**data)


class BaseItemRows(BaseFormSet[ItemForm]):
    def items(self) -> list[Draft]:
        return [
            form.draft()
            for form in self.forms
            if not form.cleaned_data.get("DELETE")
            and (form.cleaned_data.get("text") or form.cleaned_data.get("scale") in SCALES)
        ]


ItemRows: type[BaseItemRows] = formset_factory(  # type: ignore[assignment]  # the base it was given
    ItemForm,
    formset=BaseItemRows,
    extra=EMPTY_ROWS,
    can_delete=True,
    max_num=MOST_ITEMS,
    validate_max=True,
)


def rows_of(items: list[Item]) -> list[dict[str, Any]]:
    names = (
        *("kind", "text", "choices", "least", "least_words", "most", "most_words", "scale"),
        *("is_reversed", "is_required"),
    )
    return [{name: getattr(item, name) for name in names} for item in items]


class AnswerForm(forms.Form):
    """A survey as the participant meets it. Gaps are allowed while it is saved."""

    def __init__(
        self,
        data: Any = None,
        *,
        survey: Survey,
        items: list[Item],
        answers: dict[str, Any],
        **more: Any,
    ) -> None:
        super().__init__(data, **more)
        self.survey, self.items = survey, items
        for item in items:
            self.fields[f"i_{item.pk}"] = _field(item, answers.get(str(item.pk)))

    def answers(self) -> dict[str, Any]:
        """What was answered, by the key of the item; gaps are left out."""
        found = {str(item.pk): self.cleaned_data.get(f"i_{item.pk}") for item in self.items}
        return {key: value for key, value in found.items() if value not in (None, "", [])}

    def add_faults(self, faults: dict[int, str]) -> None:
        for pk, code in faults.items():
            self.add_error(f"i_{pk}", ANSWER_FAULTS[code])


def _field(item: Item, answer: Any) -> forms.Field:
    label = str(in_language(item, "text"))
    if item.kind == Item.Kind.TEXT:
        return LongTextField(
            label=label, rows=3, max_length=queries.LONGEST_TEXT, required=False, initial=answer
        )
    if item.kind == Item.Kind.NUMBER:
        choices = [(n, _number_words(item, n)) for n in range(item.least, item.most + 1)]
    else:
        words = queries.lines(str(in_language(item, "choices")))
        choices = list(enumerate(words))
    if item.kind == Item.Kind.SEVERAL:
        return forms.TypedMultipleChoiceField(
            label=label,
            choices=choices,
            coerce=int,
            required=False,
            initial=answer,
            widget=forms.CheckboxSelectMultiple,
        )
    return forms.TypedChoiceField(
        label=label,
        choices=choices,
        coerce=int,
        empty_value=None,
        required=False,
        initial=answer,
        widget=forms.RadioSelect,
    )


def _number_words(item: Item, number: int) -> str:
    """The number, with what it means at the two ends."""
    field = {item.least: "least_words", item.most: "most_words"}.get(number)
    words = str(in_language(item, field)) if field else ""
    return f"{number} – {words}" if words else str(number)
