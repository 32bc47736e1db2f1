import json
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from vuoksi.base.places.geojson import MOST_BYTES, Faulty, Feature, checked_geometry, features_in
from vuoksi.base.places.models import Place

FIELDS = ("kind", "language", "name", "summary", "offers", "owner", "is_schematic", "source")


class PlaceForm(forms.ModelForm[Place]):
    language = forms.ChoiceField(label=_("Language of the texts"), choices=settings.LANGUAGES)
    geometry = forms.CharField(
        label=_("Shape"),
        help_text=_("GeoJSON geometry in WGS 84, longitude first."),
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "dir": "ltr"}),
    )
    # What stood there when the form was opened; somebody else may have saved meanwhile.
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    class Meta:
        model = Place
        fields = ("slug", *FIELDS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version
        self.fields["owner"].required = False
        if self.instance.pk:
            # The address is linked to from outside.
            del self.fields["slug"]
            self.fields["geometry"].initial = json.dumps(self.instance.geometry)

    def clean_geometry(self) -> dict[str, Any]:
        try:
            return checked_geometry(json.loads(self.cleaned_data["geometry"]))
        except json.JSONDecodeError as error:
            raise ValidationError(
                _("Line %(line)d is not JSON."), params={"line": error.lineno}
            ) from error
        except (ValueError, RecursionError) as error:
            raise ValidationError(str(error)) from error

    def changes(self) -> dict[str, Any]:
        return {key: value for key, value in self.cleaned_data.items() if key != "version"}


class ImportForm(forms.Form):
    """First a file, which is shown back with what it would change; then the same text again to be saved."""

    language = forms.ChoiceField(label=_("Language of the names"), choices=settings.LANGUAGES)
    file = forms.FileField(label=_("GeoJSON file"), required=False)
    text = forms.CharField(widget=forms.HiddenInput, required=False, max_length=MOST_BYTES)

    features: list[Feature]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        upload = data.get("file")
        content = upload.read(MOST_BYTES + 1) if upload else (data.get("text") or "").encode()
        if not content:
            raise ValidationError({"file": _("Choose a file.")})
        try:
            self.features = features_in(content, set(Place.Kind.values))
        except Faulty as error:
            raise ValidationError({"file": [str(fault) for fault in error.faults[:50]]}) from error
        data["text"] = content.decode("utf-8-sig")
        return data
