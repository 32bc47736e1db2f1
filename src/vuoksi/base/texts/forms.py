"""Fields for what people write, and the form that puts a text into one more language."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import nh3
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from vuoksi.base.texts.models import Translation
from vuoksi.base.texts.queries import Seen, Work, one_newline, seal


def plain_text(text: str) -> None:
    """Refuse HTML; "a < b" and "I <3 trees" are plain text. Raises ValidationError."""
    if nh3.is_html(text):
        raise ValidationError(
            _("Write plain text: HTML such as <b> or <a href> is not accepted here."), code="html"
        )


class PlainTextField(forms.CharField):
    """A text from people: no HTML. Lines and paragraphs are kept."""

    default_validators = [plain_text]


class LanguageField(forms.ChoiceField):
    """The language that a text is written in; begins with the reader's own."""

    def __init__(self, **more: Any) -> None:
        more.setdefault("label", _("Language of the text"))
        more.setdefault("choices", settings.LANGUAGES)
        more.setdefault("initial", translation.get_language)
        super().__init__(**more)


@dataclass(frozen=True, slots=True)
class Row:
    """One text on the page: its source, what the other language has, and the fields to write in."""

    work: Work
    text: forms.BoundField
    state: forms.BoundField
    still_fits: forms.BoundField | None
    hidden: list[forms.BoundField]
    # What somebody else saved while this was being written; None when nobody did.
    meanwhile: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """One text that the writer changed, with what the writer had seen of it and of its source."""

    field: str
    text: str
    state: str
    seen: Seen


class TranslationForm(forms.Form):
    """For each text of a thing: the translation, its state, and what the writer saw when beginning."""

    def __init__(self, *args: Any, works: list[Work], language: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.works = works
        self.meanwhile: dict[str, str] = {}
        direction = "rtl" if translation.get_language_info(language)["bidi"] else "ltr"
        for work in works:
            self._add(work, {"lang": language, "dir": direction})

    def _add(self, work: Work, attributes: dict[str, str]) -> None:
        rows = 2 if work.is_short else 8
        text = PlainTextField(
            label=_("Translation"),
            required=False,
            initial=work.text,
            max_length=work.max_length,
            widget=forms.Textarea(attrs={**attributes, "rows": rows}),
        )
        state = forms.ChoiceField(
            label=_("State"),
            choices=Translation.State.choices,
            initial=work.state or Translation.State.HUMAN,
        )
        self.fields[f"{work.field}-text"] = text
        self.fields[f"{work.field}-state"] = state
        for name, initial in [("seal", work.seal), ("source", work.source_digest)]:
            self.fields[f"{work.field}-{name}"] = forms.CharField(
                initial=initial, required=False, max_length=64, widget=forms.HiddenInput
            )
        if work.is_behind:
            self.fields[f"{work.field}-still_fits"] = forms.BooleanField(
                label=_("The translation fits the original as it is now"), required=False
            )

    @property
    def rows(self) -> Iterator[Row]:
        for work in self.works:
            name = work.field
            yield Row(
                work=work,
                text=self[f"{name}-text"],
                state=self[f"{name}-state"],
                still_fits=self[f"{name}-still_fits"] if work.is_behind else None,
                hidden=[self[f"{name}-seal"], self[f"{name}-source"]],
                meanwhile=self.meanwhile.get(name),
            )

    def changes(self) -> list[Change]:
        """What the writer changed, or said to fit still. The rest is left as it stands."""
        return [change for work in self.works if (change := self._change(work)) is not None]

    def _change(self, work: Work) -> Change | None:
        data, name = self.cleaned_data, work.field
        text, state = one_newline(data[f"{name}-text"]), data[f"{name}-state"]
        seen = Seen(data[f"{name}-seal"], data[f"{name}-source"])
        is_untouched = seal(text, state) == seen.seal
        if is_untouched and not data.get(f"{name}-still_fits"):
            return None
        return Change(name, text, state, seen)

    def begin_again(self, works: list[Work]) -> None:
        """After a conflict: keep what was typed, show what the other saved, and go on from there."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        for work in works:
            typed = seal(data.get(f"{work.field}-text", ""), data.get(f"{work.field}-state", ""))
            if data.get(f"{work.field}-seal", "") not in {work.seal, typed}:
                self.meanwhile[work.field] = work.text
                data[f"{work.field}-seal"] = work.seal
            data[f"{work.field}-source"] = work.source_digest
        self.data = data
        self.works = works
