"""What people are told about panels."""

from django.utils.translation import gettext_lazy as _

from vuoksi.base.notices.kinds import kind

REVIEWS_ASKED = kind(
    "juries.reviews_asked",
    _("I am asked to judge ideas"),
    _("You are asked to judge ideas: “%(thing)s”."),
)
REVIEWS_DUE = kind(
    "juries.reviews_due",
    _("Ideas still wait for my judgement"),
    _("Ideas still wait for your judgement: “%(thing)s”."),
)
RULES_CHANGED = kind(
    "juries.rules_changed",
    _("The rules of a panel that I am on change"),
    _("The rules of the panel “%(thing)s” have changed. Look at your reviews again."),
)
PANEL_REOPENED = kind(
    "juries.panel_reopened",
    _("A panel that I am on judges on after its scores were locked"),
    _("The panel “%(thing)s” judges on. Its page says why; look at your reviews again."),
)
REVIEW_DECLINED = kind(
    "juries.review_declined",
    _("A juror of a panel cannot judge an idea"),
    _("A juror of the panel “%(thing)s” cannot judge an idea. Ask another one."),
)
SET_ASIDE = kind(
    "juries.set_aside",
    _("A judgement of mine does not count, because of a conflict of interest"),
    _(
        "A conflict of interest has come up on the panel “%(thing)s”: your word on an idea does not count."
    ),
)
ENTRY_JUDGED = kind(
    "juries.entry_judged",
    _("The jury has judged an idea that I wrote, support or follow"),
    _("The jury has judged the idea “%(thing)s”."),
)
