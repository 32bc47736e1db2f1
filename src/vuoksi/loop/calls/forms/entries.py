from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from vuoksi.base.files.forms import UploadField
from vuoksi.base.files.models import Attachment
from vuoksi.base.texts.queries import in_language
from vuoksi.loop.calls import queries
from vuoksi.loop.calls.actions import Behalf, EntryText
from vuoksi.loop.calls.engine import FILE_ENDINGS, check_file
from vuoksi.loop.calls.engine.answers import NUMBERS
from vuoksi.loop.calls.forms.texts import LanguageField, plain
from vuoksi.loop.calls.models import Call, Category, Entry, Question
from vuoksi.loop.calls.refusals import field_of
from vuoksi.loop.calls.words import limits

WRONG: dict[str, "str | Promise"] = {
    "missing": _("Write something here: the call asks for it."),
    "too_long": _("This is too long."),
    "not_a_number": _("Write a number, such as 12 or 3,5."),
    "not_whole": _("Write a whole number of months, such as 6."),
    "too_little": _("This is too little: write an answer %(limits)s."),
    "too_much": _("This is too much: write an answer %(limits)s."),
    "not_a_choice": _("Choose one of the choices."),
    "not_this_kind": _("This question takes other files: %(limits)s."),
    "too_large": _("This file is too large for the question: %(limits)s."),
}
NO_FILE = _("Choose a file: the call asks for one.")


class WantedText(forms.CharField):
    """Marked as needed on the page; that it is missing is said only when the idea is sent."""

    def validate(self, value: Any) -> None:
        if value not in self.empty_values:
            super().validate(value)


class WantedChoice(forms.ChoiceField):
    """As WantedText, for one of several."""

    def validate(self, value: Any) -> None:
        if value not in self.empty_values:
            super().validate(value)


class WantedCategory(forms.ModelChoiceField[Category]):
    """As WantedText, for the categories of a call."""

    def validate(self, value: Any) -> None:
        if value not in self.empty_values:
            super().validate(value)


class AnswerFileField(UploadField):
    """A file that answers a question: of the kinds and the size that the question takes."""

    def __init__(self, question: Question, **more: Any) -> None:
        self.question = question
        endings = ",".join(f".{ending}" for ending in FILE_ENDINGS[question.file_kinds])
        super().__init__(widget=forms.FileInput(attrs={"accept": endings}), **more)

    def validate(self, value: Any) -> None:
        """As WantedText: that the file is missing is said when the idea is sent."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super().clean(data, initial)
        if isinstance(upload, UploadedFile):
            name, size = upload.name or "", upload.size or 0
            wrong = check_file(queries.asked(self.question), name, size)
            if wrong is not None:
                raise forms.ValidationError(str(WRONG[wrong]) % {"limits": limits(self.question)})
        return upload


class EntryForm(forms.Form):
    """An idea. As a draft everything may be missing; what is missing is said when the idea is sent.

    Hidden: `key` makes a form that is sent twice stand once, `version` is the text that was shown, `writer` names this
    open page.
    """

    # A draft may lack what an idea needs, so the browser must not insist.
    use_required_attribute = False

    key = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)
    writer = forms.UUIDField(widget=forms.HiddenInput)
    title = WantedText(label=_("Title"), max_length=160)
    summary = WantedText(
        label=_("Your idea"),
        max_length=5000,
        help_text=_(
            "What would you do, for whom, and what would change? At most 5,000 characters."
        ),
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    language = LanguageField(help_text=_("You may write in any language."))
    author_name = forms.CharField(
        label=_("Name shown with the idea"),
        max_length=120,
        required=False,
        help_text=_("Leave empty to use the name of your account, or none."),
    )

    field_order = ("key", "version", "writer", "title", "summary")

    def __init__(self, *args: Any, call: Call, is_sent: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.call, self.is_sent = call, is_sent
        self.questions = queries.questions_of(call)
        self._add_categories()
        for question in self.questions:
            self.fields[field_of(question)] = _answer_field(question)
        self.order_fields([*self.field_order, "category", *map(field_of, self.questions)])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.is_sent:
            for name, value in list(data.items()):
                if isinstance(value, str):
                    self._insist_on_plain(name, value)
        return data

    def add_wrong(self, wrong: dict[str, str]) -> None:
        """Say at each field what keeps the idea from being sent."""
        for name, code in wrong.items():
            if name in self.fields and name not in self.errors:
                is_file = isinstance(self.fields[name], AnswerFileField)
                words = NO_FILE if is_file and code == "missing" else WRONG[code]
                self.add_error(name, str(words) % {"limits": self._limits(name)})

    def _limits(self, name: str) -> str:
        return next((limits(one) for one in self.questions if field_of(one) == name), "")

    def text(self) -> EntryText:
        """Give what was written; the form must have been found valid."""
        data = self.cleaned_data
        return EntryText(
            language=data["language"],
            title=data["title"],
            summary=data["summary"],
            author_name=data["author_name"],
            category=data.get("category"),
            responses={question.pk: data[field_of(question)] for question in self.written()},
        )

    def written(self) -> list[Question]:
        """The questions that are answered in words."""
        return [one for one in self.questions if one.kind != Question.Kind.FILE]

    def uploads(self) -> list[tuple[Question, UploadedFile[bytes]]]:
        """The files that were sent as answers; the form must have been found valid."""
        asked = [one for one in self.questions if one.kind == Question.Kind.FILE]
        given = [(one, self.cleaned_data[field_of(one)]) for one in asked]
        return [(one, upload) for one, upload in given if upload]

    def show_present(self, files: Mapping[int, Attachment]) -> None:
        """Name at each question for a file the one that answers it now."""
        kept = _("Kept so far: %(name)s. A new file takes its place.")
        for question in self.questions:
            if question.pk in files:
                field = self[field_of(question)]
                field.help_text = f"{field.help_text} {kept % {'name': files[question.pk].name}}"

    def ask_for_files_again(self) -> None:
        """A browser sends a file once: say at each field that the one of the refused form must be chosen again."""
        for question in self.questions:
            name = field_of(question)
            if name in self.files and name not in self.errors:
                self.add_error(name, _("Choose this file again: nothing was saved yet."))

    def _add_categories(self) -> None:
        categories = Category.objects.filter(call=self.call).order_by("position")
        if categories.exists():
            self.fields["category"] = WantedCategory(
                categories, label=_("Category"), empty_label=_("Choose one")
            )

    def _insist_on_plain(self, name: str, value: str) -> None:
        try:
            plain(value)
        except forms.ValidationError as error:
            self.add_error(name, error)


class BehalfForm(forms.Form):
    """For whom staff enter an idea."""

    somebody = forms.CharField(
        label=_("Name of the person"),
        max_length=120,
        help_text=_("Shown with the idea. Write “a resident” if the person wants no name."),
        validators=[plain],
    )
    email = forms.EmailField(
        label=_("The person's e-mail address"),
        required=False,
        help_text=_("Never shown. The city's answer is sent there."),
    )

    def behalf(self) -> Behalf:
        return Behalf(self.cleaned_data["somebody"], self.cleaned_data["email"])


class LinkForm(forms.Form):
    """Where to send the link with which one writes without an account."""

    email = forms.EmailField(
        label=_("E-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("Never shown. We send you a link, and later the city's answer."),
    )


class FileForm(forms.Form):
    """A file that belongs to the idea."""

    file = UploadField()


class InviteForm(forms.Form):
    """Who is invited to write together."""

    email = forms.EmailField(
        label=_("E-mail address of the person"),
        help_text=_("They get a link with which to accept, and need an account to write."),
    )


def initial_of(entry: Entry) -> dict[str, Any]:
    """Give the form's values for an entry that exists."""
    values: dict[str, Any] = {
        name: getattr(entry, name)
        for name in ("key", "version", "title", "summary", "language", "author_name")
    }
    values["category"] = entry.category_id
    values["writer"] = uuid4()
    for question, text in queries.written_texts(entry).items():
        values[f"q_{question}"] = text
    return values


def initial_of_new(language: str) -> dict[str, Any]:
    return {"key": uuid4(), "writer": uuid4(), "language": language}


def _answer_field(question: Question) -> forms.Field:
    shared: dict[str, Any] = {
        "label": str(in_language(question, "label")),
        "help_text": str(in_language(question, "hint")),
        "required": question.is_required,
    }
    if question.kind == Question.Kind.FILE:
        shared["help_text"] = _with_limits(question, shared["help_text"])
        return AnswerFileField(question, **shared)
    if question.kind == Question.Kind.CHOICE:
        return WantedChoice(choices=_choices(question), **shared)
    if question.kind in NUMBERS:
        shared["help_text"] = _with_limits(question, shared["help_text"])
        return WantedText(
            max_length=30, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **shared
        )
    is_long = question.kind == Question.Kind.LONG
    widget = forms.Textarea(attrs={"rows": 5}) if is_long else forms.TextInput()
    return WantedText(max_length=question.max_length, widget=widget, **shared)


def _with_limits(question: Question, hint: str) -> str:
    """The hint, the unit and the limits of a number, so that nobody must guess them."""
    unit = {
        Question.Kind.MONEY: _("In euros.") if question.currency == "EUR" else question.currency,
        Question.Kind.MONTHS: _("In whole months."),
    }.get(Question.Kind(question.kind), "")
    between = limits(question)
    return " ".join(str(part) for part in (hint, unit, between and f"{capfirst(between)}.") if part)


def _choices(question: Question) -> list[tuple[str, Any]]:
    """Choices are kept as the call wrote them and shown in the reader's language, when both have as many lines."""
    written = queries.choices_of(question.choices)
    shown = queries.choices_of(str(in_language(question, "choices")))
    labels = shown if len(shown) == len(written) else written
    return [("", _("Choose one")), *zip(written, labels, strict=True)]
