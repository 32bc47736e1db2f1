from django.utils.translation import gettext_lazy as _

from vuoksi.base.people.rules import Person, is_city_staff, is_signed_in, permission, predicate
from vuoksi.indicators.models import Indicator


@predicate
def is_staff_made(user: Person, indicator: Indicator | None) -> bool:
    return indicator is None or not indicator.is_from_code


may_create_indicator, check_create_indicator = permission(
    "indicators.create_indicator",
    is_signed_in & is_city_staff,
    reason=_("Only city staff can create an indicator."),
)
may_edit_indicator, check_edit_indicator = permission(
    "indicators.edit_indicator",
    is_signed_in & is_city_staff & is_staff_made,
    reason=_(
        "Only city staff can edit an indicator, and not one that the platform measures itself."
    ),
)
may_publish, check_publish = permission(
    "indicators.publish",
    is_signed_in & is_city_staff & is_staff_made,
    reason=_("Only city staff can publish figures, and not for what the platform measures itself."),
)
