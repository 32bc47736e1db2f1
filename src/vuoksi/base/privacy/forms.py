from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from vuoksi.base.people.models import User

# Who has no password here has just come in through another service.
JUST_NOW = timedelta(minutes=10)


class ErasureForm(forms.Form):
    """Asks for the password of whoever has one; others must have signed in a moment before `at`."""

    texts = forms.ChoiceField(
        label=_("What I wrote in public"),
        choices=[
            ("keep", _("Keep it, without my name. Others can go on reading and answering.")),
            ("remove", _("Remove it. A line in its place says that it was removed.")),
        ],
        initial="keep",
        widget=forms.RadioSelect,
    )
    password = forms.CharField(
        label=_("Password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text=_("So that we know it is you."),
    )

    def __init__(
        self, *args: Any, request: HttpRequest, user: User, at: datetime, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self._request, self._user, self._at = request, user, at
        if not user.has_usable_password():
            del self.fields["password"]

    def clean_password(self) -> str:
        """Counted as a sign-in, so that nobody guesses it here."""
        password: str = self.cleaned_data["password"]
        if authenticate(self._request, username=self._user.email, password=password) is None:
            raise forms.ValidationError(_("This is not your password."))
        return password

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        last = self._user.last_login
        if "password" not in self.fields and (last is None or self._at - last > JUST_NOW):
            words = _("Sign out, sign in again and come back, so that we know it is you.")
            raise forms.ValidationError(words)
        return data

    def keeps_texts(self) -> bool:
        return bool(self.cleaned_data["texts"] == "keep")
