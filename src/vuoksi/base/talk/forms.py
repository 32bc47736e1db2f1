from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from vuoksi.base.texts.forms import LanguageField, PlainTextField


class CommentForm(forms.Form):
    """`may_answer` adds the box that makes the comment the official answer."""

    text = PlainTextField(
        label=_("Comment"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"})
    )
    language = LanguageField()
    is_official = forms.BooleanField(
        label=_("This is the official answer"),
        required=False,
        help_text=_("It is marked as the answer of the city."),
    )
    anchor = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    # Sent twice, the comment stands once.
    key = forms.UUIDField(initial=uuid4, widget=forms.HiddenInput)

    def __init__(self, *args: Any, may_answer: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        if not may_answer:
            del self.fields["is_official"]
