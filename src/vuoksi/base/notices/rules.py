from django.utils.translation import gettext_lazy as _

from vuoksi.base.people.rules import is_city_staff, is_steering, permission

may_read_told, check_read_told = permission(
    "notices.read_told",
    is_steering,
    reason=_("Only a coordinator can see who was told."),
)
may_read_waiting, check_read_waiting = permission(
    "notices.read_waiting",
    is_city_staff,
    reason=_("Only city staff can see what waits for an answer."),
)
