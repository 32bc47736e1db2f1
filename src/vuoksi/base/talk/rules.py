from django.utils.translation import gettext_lazy as _

from vuoksi.base.people.rules import is_signed_in, is_steering, permission

may_comment, check_comment = permission(
    "talk.comment", is_signed_in, reason=_("Sign in to write a comment.")
)
may_support, check_support = permission(
    "talk.support", is_signed_in, reason=_("Sign in to support this.")
)
may_follow, check_follow = permission(
    "talk.follow", is_signed_in, reason=_("Sign in to follow this.")
)
may_hide_comment, check_hide_comment = permission(
    "talk.hide_comment", is_steering, reason=_("Only a coordinator can hide a comment.")
)
