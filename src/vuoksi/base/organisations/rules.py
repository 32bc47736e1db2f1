from django.utils.translation import gettext_lazy as _

from vuoksi.base.organisations.models import Membership, Organisation
from vuoksi.base.people.rules import Person, is_steering, permission, predicate


@predicate
def is_member(user: Person, organisation: Organisation) -> bool:
    return (
        user.is_authenticated
        and Membership.objects.filter(organisation=organisation, user=user).exists()
    )


may_keep_organisations, check_keep_organisations = permission(
    "organisations.keep_organisations",
    is_steering,
    reason=_("Only coordinators can change organisations and their members."),
)
may_read_members, check_read_members = permission(
    "organisations.read_members",
    is_steering | is_member,
    reason=_("Only an organisation's own people can see who its members are."),
)
