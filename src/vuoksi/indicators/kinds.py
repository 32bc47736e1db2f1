"""What those who follow an indicator are told of its figures."""

from django.utils.translation import gettext_lazy as _

from vuoksi.base.notices.kinds import kind

INDICATOR_EDITED = kind(
    "indicators.indicator_edited",
    _("The words or facts of an indicator that I follow change"),
    _("The words or facts of “%(thing)s” have changed."),
    is_gathered=True,
)
FIGURES_PUBLISHED = kind(
    "indicators.figures_published",
    _("New figures of an indicator that I follow"),
    _("There are new figures: “%(thing)s”."),
    is_gathered=True,
)
FIGURES_CORRECTED = kind(
    "indicators.figures_corrected",
    _("Figures of an indicator that I follow are corrected"),
    _("Figures that were published are corrected: “%(thing)s”."),
    is_gathered=True,
)
