from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vuoksi.base.notices.kinds import KINDS
from vuoksi.base.notices.models import Preference, WeeklyDay


class PreferencesForm(forms.Form):
    """One choice a kind of notice."""

    def __init__(self, *args: Any, ways: dict[str, str], weekday: int = 0, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["weekday"] = forms.TypedChoiceField(
            label=_("Day of the weekly e-mail"),
            choices=WeeklyDay.Day.choices,
            coerce=int,
            required=False,
            empty_value=None,
            initial=weekday,
        )
        for key, kind in KINDS.items():
            if kind.is_owed:
                continue
            self.fields[key] = forms.ChoiceField(
                label=str(kind.label),
                choices=Preference.Way.choices,
                initial=ways.get(key, Preference.Way.DIGEST),
            )

    def ways(self) -> dict[str, str]:
        return {key: way for key, way in self.cleaned_data.items() if key in KINDS}
