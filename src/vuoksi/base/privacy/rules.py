from django.utils.translation import gettext_lazy as _

from vuoksi.base.people.models import Role, RoleGrant
from vuoksi.base.people.rules import (
    Person,
    is_administrator,
    is_signed_in,
    permission,
    predicate,
)
from vuoksi.base.privacy.models import Erasure, Export


@predicate
def is_about_them(user: Person, row: Export | Erasure) -> bool:
    return user.is_authenticated and row.user_id == user.pk


@predicate
def leaves_an_administrator(user: Person) -> bool:
    others = RoleGrant.objects.filter(role=Role.ADMINISTRATOR, user__is_active=True)
    return not is_administrator.test(user) or others.exclude(user=user.pk).exists()


@predicate
def waits(user: Person, erasure: Erasure) -> bool:
    return erasure.cancelled_at is None and erasure.done_at is None


may_export, check_export = permission(
    "privacy.export", is_signed_in, reason=_("Sign in to get a copy of your data.")
)
may_download, check_download = permission(
    "privacy.download", is_about_them, reason=_("Only the person it is about can open this file.")
)
may_ask_erasure, check_ask_erasure = permission(
    "privacy.ask_erasure",
    is_signed_in & leaves_an_administrator,
    reason=_("You are the only administrator. Make somebody else administrator first."),
)
may_cancel_erasure, check_cancel_erasure = permission(
    "privacy.cancel_erasure",
    is_about_them & waits,
    reason=_("There is no erasure of yours that waits."),
)
