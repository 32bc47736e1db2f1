from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from vuoksi.base.people.models import Role, User
from vuoksi.base.people.registry import SCOPES


class ProfileForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        help_text=_("Shown beside what you write."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=settings.LANGUAGES,
        help_text=_("Your pages and the e-mail to you come in this language."),
    )


class SignUpForm(ProfileForm):
    """What allauth's own form asks besides e-mail and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = get_language()

    def signup(self, request: HttpRequest, user: User) -> None:
        """Do nothing: allauth asks for this method, our adapter has kept the answers."""


class TokenForm(forms.Form):
    name = forms.CharField(
        label=_("Name"), max_length=80, help_text=_("What will use it: “pool counter”, say.")
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"),
        choices=lambda: list(SCOPES.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    days = forms.TypedChoiceField(
        label=_("How long it works"),
        choices=[(30, _("30 days")), (90, _("90 days")), (365, _("one year"))],
        coerce=int,
        initial=90,
    )

    def lifetime(self) -> timedelta:
        return timedelta(days=self.cleaned_data["days"])


class RoleForm(forms.Form):
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[(role.value, role.label) for role in Role if role is not Role.RESIDENT],
    )

    def wanted(self) -> Role:
        return Role(self.cleaned_data["role"])
