"""Fields that several forms need: plain texts, and the language they are written in."""

import re
from typing import Any

from django import forms
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# What a browser would take for a tag: "<" followed at once by a letter, "/" or "!". "2 < 3" and "<3" are no tags.
_TAG = re.compile(r"<[A-Za-z/!][^<>]*>")


def plain(text: str) -> None:
    """Raise ValidationError when `text` holds HTML; texts here are plain."""
    found = _TAG.search(text)
    if found:
        raise ValidationError(
            _("Write plain text: “%(tag)s” looks like HTML, which is not shown here."),
            code="html",
            params={"tag": found.group()[:40]},
        )


def language_choices() -> list[tuple[Any, Any]]:
    """The site's own languages first, then all others by their own names."""
    own = [code for code, _name in settings.LANGUAGES]
    others = sorted(
        code for code in LANG_INFO if code not in own and "name_local" in LANG_INFO[code]
    )
    return [
        (_("Languages of this site"), [(code, own_name(code)) for code in own]),
        (_("Other languages"), [(code, own_name(code)) for code in others]),
    ]


def language_codes() -> frozenset[str]:
    return frozenset(code for code in LANG_INFO if "name_local" in LANG_INFO[code])


def own_name(code: str) -> str:
    """A language by its own name; one that nobody knows by its code."""
    return str(LANG_INFO.get(code, {}).get("name_local", code))


class PlainTextField(forms.CharField):
    """A short text without HTML."""

    default_validators = [plain]


class LongTextField(PlainTextField):
    """A text of several lines."""

    def __init__(self, *, rows: int = 5, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class LanguageField(forms.ChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Language of the text"))
        super().__init__(choices=language_choices, **kwargs)


class MomentField(forms.DateTimeField):
    """A day and time in the city's time zone, picked where the browser can."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, **kwargs)
        self.error_messages["invalid"] = _("Write a day and a time like 2026-05-31 16:00.")
