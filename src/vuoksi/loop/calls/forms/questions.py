from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from vuoksi.base.files.rules import MOST_BYTES, MOST_FILES
from vuoksi.loop.calls.actions import ASKED, Asking, Naming
from vuoksi.loop.calls.engine.answers import BYTES_A_MB
from vuoksi.loop.calls.forms.texts import LongTextField, PlainTextField
from vuoksi.loop.calls.models import Call, Question
from vuoksi.loop.calls.queries import choices_of

MOST_QUESTIONS = 30
# Empty rows at the end of the page: saving gives as many again.
EMPTY_ROWS = 2
MOST_MB = MOST_BYTES // BYTES_A_MB
_NAMES = ("pk", *ASKED)
_LIMITS = ("choices", "max_length", "low", "high", "file_kinds", "most_mb")


class QuestionForm(forms.Form):
    """One question; a row without a question is left out."""

    pk = forms.IntegerField(widget=forms.HiddenInput, required=False)
    label = PlainTextField(label=_("Question"), max_length=200, required=False)
    kind = forms.ChoiceField(
        label=_("Kind of answer"), choices=Question.Kind.choices, initial=Question.Kind.LONG
    )
    hint = PlainTextField(label=_("Hint"), max_length=400, required=False)
    choices = LongTextField(
        label=_("Choices"),
        rows=3,
        max_length=2000,
        required=False,
        help_text=_("One a line, for “one of several”."),
    )
    max_length = forms.IntegerField(
        label=_("Longest answer, characters"), min_value=1, max_value=10_000, initial=2000
    )
    low = forms.IntegerField(
        label=_("At least"),
        required=False,
        help_text=_("For numbers, sums of money (euros) and lengths in months."),
    )
    high = forms.IntegerField(label=_("At most"), required=False)
    file_kinds = forms.ChoiceField(
        label=_("Kinds of file"),
        choices=Question.Files.choices,
        initial=Question.Files.ANY,
        required=False,
        help_text=_("For a file."),
    )
    most_mb = forms.IntegerField(
        label=_("Largest file, MB"),
        min_value=1,
        max_value=MOST_MB,
        initial=MOST_MB,
        required=False,
    )
    is_required = forms.BooleanField(label=_("An answer is required"), required=False)

    def limits(self) -> list[forms.BoundField]:
        """The fields that only some kinds of answer need: out of the way until they are looked for."""
        return [self[name] for name in _LIMITS]

    def has_wrong_limits(self) -> bool:
        return any(self[name].errors for name in _LIMITS)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["file_kinds"] = data.get("file_kinds") or Question.Files.ANY
        data["most_mb"] = data.get("most_mb") or MOST_MB
        is_choice = data.get("kind") == Question.Kind.CHOICE
        if data.get("label") and is_choice and len(choices_of(data.get("choices", ""))) < 2:
            self.add_error("choices", _("Write at least two choices, one a line."))
        low, high = data.get("low"), data.get("high")
        if low is not None and high is not None and low > high:
            self.add_error("high", _("The most is less than the least."))
        return data


class BaseQuestionRows(BaseFormSet[QuestionForm]):
    def clean(self) -> None:
        asked = [form for form in self.forms if form not in self.deleted_forms]
        kinds = [
            form.cleaned_data.get("kind")
            for form in asked
            if hasattr(form, "cleaned_data") and form.cleaned_data.get("label")
        ]
        if kinds.count(Question.Kind.FILE) > MOST_FILES:
            raise forms.ValidationError(
                _("An idea holds five files at most, so ask for no more than five.")
            )

    def questions(self) -> list[Asking]:
        """Give the questions in their order; the forms must have been found valid."""
        rows = [form.cleaned_data for form in self.ordered_forms if form.cleaned_data.get("label")]
        return [Asking(**{name: row[name] for name in _NAMES}) for row in rows]


class CategoryForm(forms.Form):
    """One category; a row without a title is left out."""

    slug = forms.SlugField(widget=forms.HiddenInput, required=False)
    title = PlainTextField(label=_("Category"), max_length=200, required=False)


class BaseCategoryRows(BaseFormSet[CategoryForm]):
    def categories(self, call: Call) -> list[Naming]:
        """Give the categories in their order; a new one gets its short name from its title."""
        counts = dict(call.categories.values_list("slug", "published_entry_count"))
        found: dict[str, Naming] = {}
        for form in self.ordered_forms:
            title, slug = form.cleaned_data.get("title", ""), form.cleaned_data.get("slug", "")
            if title:
                name = slug or _free(slugify(title)[:50] or "category", {*found, *counts})
                found[name] = Naming(name, title, counts.get(name))
        return list(found.values())


QuestionRows: type[BaseQuestionRows] = formset_factory(  # type: ignore[assignment]  # the base it was given
    QuestionForm,
    formset=BaseQuestionRows,
    can_order=True,
    can_delete=True,
    extra=EMPTY_ROWS,
    max_num=MOST_QUESTIONS,
    validate_max=True,
)
CategoryRows: type[BaseCategoryRows] = formset_factory(  # type: ignore[assignment]  # the base it was given
    CategoryForm,
    formset=BaseCategoryRows,
    can_order=True,
    can_delete=True,
    extra=EMPTY_ROWS,
    max_num=MOST_QUESTIONS,
    validate_max=True,
)


def question_rows(call: Call) -> list[dict[str, Any]]:
    return list(call.questions.order_by("position").values(*_NAMES))


def category_rows(call: Call) -> list[dict[str, Any]]:
    rows = call.categories.order_by("position")
    return [{"slug": row.slug, "title": row.title} for row in rows]


def _free(name: str, taken: set[str]) -> str:
    number = 2
    free = name
    while free in taken:
        free, number = f"{name}-{number}", number + 1
    return free
