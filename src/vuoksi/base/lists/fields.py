"""Fields of forms that several apps use, and what can be the key of a row at all."""

from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model

Row = TypeVar("Row", bound=Model)
# No key of a row has more digits: a larger number fits no 64-bit column.
KEY_DIGITS = 18


def is_key(text: str) -> bool:
    """Whether what was sent can be the number of a row."""
    return text.isascii() and text.isdigit() and len(text) <= KEY_DIGITS


class SeveralField(forms.ModelMultipleChoiceField[Row]):
    """Several rows, by number. What cannot be a number of a row is no choice; databases refuse to look for it at all."""

    def clean(self, value: Any) -> Any:
        for key in value or ():
            if not is_key(str(key)):
                raise ValidationError(
                    self.error_messages["invalid_choice"],
                    code="invalid_choice",
                    params={"value": key},
                )
        return super().clean(value)
