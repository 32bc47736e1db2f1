"""Why a panel or a review cannot do what was asked."""

from django.utils.translation import gettext_lazy as _

IN_CONFLICT = _(
    "You cannot judge this idea: you belong to the organisation of one of its authors, or wrote an idea together."
    " Somebody else will judge it."
)


class PanelNotReady(Exception):
    """`missing` names what the panel lacks before it can open: criteria, jurors, entries."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


class ReviewIncomplete(Exception):
    """`criteria` have no score, or none on their scale."""

    def __init__(self, criteria: list[int]) -> None:
        super().__init__(str(criteria))
        self.criteria = criteria


class OrderIncomplete(Exception):
    """A jury's order must give every finalist one place and every place one finalist."""


class NothingToRank(Exception):
    """Fewer than two reviews, or no order, have been sent."""


class RulesFrozen(Exception):
    """The panel is open: a change needs a reason."""


class RankingOutdated(Exception):
    """Scores came, or rules changed, after the ranking was computed."""


class StillUsed(Exception):
    """The juror has sent reviews, so the seat stays."""
