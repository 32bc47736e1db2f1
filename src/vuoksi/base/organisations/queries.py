from django.db.models import Count, QuerySet

from vuoksi.base.organisations.models import Membership, Organisation
from vuoksi.base.people.models import User


def organisations() -> QuerySet[Organisation]:
    return Organisation.objects.annotate(members=Count("memberships")).order_by("name")


def organisations_of(user: User) -> QuerySet[Organisation]:
    return Organisation.objects.filter(memberships__user=user).order_by("name")


def memberships_in(organisation: Organisation) -> QuerySet[Membership]:
    return organisation.memberships.select_related("user").order_by("user__name", "pk")
