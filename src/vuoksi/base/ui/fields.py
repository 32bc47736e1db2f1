"""What a form says beside the names of its fields."""

from collections.abc import Iterable

from django import forms
from django.utils.functional import Promise


def mark_needed(form: forms.BaseForm, names: Iterable[str], words: "str | Promise") -> None:
    """Say beside the fields `names` that a later step needs them, in `words`; a draft may still lack them."""
    for name in names:
        if name in form.fields:
            form.fields[name].needed_words = words  # type: ignore[attr-defined]  # read by ui/optional.html
