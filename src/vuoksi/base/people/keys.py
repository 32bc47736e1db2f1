"""The forms of passkeys and security keys, in words that a resident knows.

A module of its own: allauth's forms import ours while they are made, so ours cannot import these.
"""

from typing import Any

from allauth.mfa.webauthn import forms as allauth
from django import forms
from django.utils.translation import gettext_lazy as _

NAME = _("Name of the key")


class AddKeyForm(allauth.AddWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = NAME
        self.fields["passwordless"] = forms.BooleanField(
            label=_("A passkey: it signs me in without a password"),
            required=False,
            initial=True,
            help_text=_(
                "Your device asks for a finger, your face or a PIN. Without this the key is asked for after the password."
            ),
        )


class RenameKeyForm(allauth.EditWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = NAME
