from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from vuoksi.base.organisations.models import Organisation
from vuoksi.base.people.models import User
from vuoksi.base.people.queries import person_by_email

FIELDS = ("name", "kind", "website", "business_id", "source")


class OrganisationForm(forms.ModelForm[Organisation]):
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    # What stood there when the form was opened; somebody else may have saved meanwhile.
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    class Meta:
        model = Organisation
        fields = ("slug", *FIELDS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version
        if self.instance.pk:
            # The address is linked to from outside.
            del self.fields["slug"]

    def changes(self) -> dict[str, Any]:
        return {key: value for key, value in self.cleaned_data.items() if key != "version"}


class MemberForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"), help_text=_("Of a person who has an account here.")
    )
    title = forms.CharField(label=_("Title"), max_length=120, required=False)

    person: User

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        found = person_by_email(email)
        if found is None:
            raise ValidationError(_("Nobody has an account with this address."))
        self.person = found
        return email
