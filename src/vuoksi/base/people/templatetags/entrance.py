"""How the pages of allauth speak: in the words of our own forms, in sentence case, and without placeholders.

A placeholder goes as soon as somebody types, and repeats the label until then.
"""

import re

from django import template
from django.forms import BaseForm
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

register = template.Library()

WORDS = {
    "login": _("E-mail address"),
    "email": _("E-mail address"),
    "password": _("Password"),
    "password1": _("Password"),
    "password2": _("Password, once more"),
    "oldpassword": _("Password until now"),
    "remember": _("Keep me signed in on this device"),
    "code": _("Code"),
}
NEW = {"password1": _("New password"), "password2": _("New password, once more")}
# A word that follows another and is no name or abbreviation: only English titles have capitals there.
CAPITAL = re.compile(r"(?<=\S[ -])[A-Z](?=[a-z]+\b)")


@register.filter
def plainly(form: BaseForm | None) -> BaseForm | None:
    """Give the form of allauth its labels."""
    if form is None:
        return None
    words = {**WORDS, **NEW} if "oldpassword" in form.fields else WORDS
    for name, field in form.fields.items():
        field.label = words.get(name, field.label)
        field.widget.attrs.pop("placeholder", None)
    return form


@register.filter(is_safe=True)
def sentence(text: str) -> str:
    """Give a heading or a button the capitals of a sentence."""
    if get_language() != "en":
        return text
    return CAPITAL.sub(lambda capital: capital.group().lower(), text)
