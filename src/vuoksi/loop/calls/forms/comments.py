from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from vuoksi.loop.calls.forms.texts import LanguageField, LongTextField


class CommentForm(forms.Form):
    """Something to say about an idea; `key` makes a comment that is sent twice stand once."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    text = LongTextField(label=_("Your comment"), max_length=2000, rows=4)
    language = LanguageField()


def comment_initial() -> dict[str, Any]:
    return {"key": uuid4(), "language": get_language() or "en"}
