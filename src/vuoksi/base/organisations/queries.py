from django.db.models import Count, QuerySet

from vuoksi.base.organisations.models import Organisation
from vuoksi.base.people.models import User


def organisations() -> QuerySet[Organisation]:
    return Organisation.objects.annotate(members=Count("memberships")).order_by("name")


def organisations_of(user: User) -> QuerySet[Organisation]:
    return Organisation.objects.filter(memberships__user=user).order_by("name")
