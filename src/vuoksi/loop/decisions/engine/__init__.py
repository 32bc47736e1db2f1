"""What decisions and the portfolio reckon with: whether a decision fits a rule, and shares with their interval."""

from vuoksi.loop.decisions.engine.rule import FITTING, goes_against
from vuoksi.loop.decisions.engine.share import FEW, Share, share

__all__ = ["FEW", "FITTING", "Share", "goes_against", "share"]
