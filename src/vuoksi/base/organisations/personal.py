"""What organisations keep about people."""

from django.utils.translation import gettext_lazy as _

from vuoksi.base.organisations import actions
from vuoksi.base.people.keeping import kept, on_erasure

kept(
    "organisations.Membership",
    _("Organisations that I act for"),
    fields=("user",),
    columns=("organisation__name", "title", "since"),
)
on_erasure(actions.forget_person)
