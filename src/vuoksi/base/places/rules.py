from django.utils.translation import gettext_lazy as _

from vuoksi.base.people.rules import is_steering, permission

may_keep_places, check_keep_places = permission(
    "places.keep_places",
    is_steering,
    reason=_("Only coordinators can change places."),
)
