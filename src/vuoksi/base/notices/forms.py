from typing import Any

from django import forms

from vuoksi.base.notices.kinds import KINDS
from vuoksi.base.notices.models import Preference


class PreferencesForm(forms.Form):
    """One choice a kind of notice."""

    def __init__(self, *args: Any, ways: dict[str, str], **more: Any) -> None:
        super().__init__(*args, **more)
        for key, kind in KINDS.items():
            if kind.is_owed:
                continue
            self.fields[key] = forms.ChoiceField(
                label=str(kind.label),
                choices=Preference.Way.choices,
                initial=ways.get(key, Preference.Way.DIGEST),
            )
