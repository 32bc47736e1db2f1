"""Shares and labels of the portfolio in templates."""

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext

from vuoksi.loop.decisions.words import FINDING_TONES, Stage
from vuoksi.loop.experiments.analyses.models import Evidence

register = template.Library()


@register.filter
def percent(share: float | None) -> str:
    """A share in whole hundredths: few things do not bear decimals."""
    if share is None:
        return "–"
    return gettext("%(number)s %%") % {"number": number_format(round(100 * share), decimal_pos=0)}


@register.filter
def hundredths(share: float | None) -> str:
    """A share as a length for a drawing, with a point whatever the language."""
    return f"{100 * (share or 0):.1f}"


@register.filter
def width_from(high: float | None, low: float | None) -> str:
    return hundredths((high or 0) - (low or 0))


@register.filter
def stage_label(stage: str) -> str:
    return str(Stage(stage).label)


@register.filter
def finding_label(finding: str | None) -> str:
    return str(Evidence.Finding(finding).label) if finding else "–"


@register.filter
def finding_tone(finding: str) -> str:
    return FINDING_TONES.get(finding, "neutral")
