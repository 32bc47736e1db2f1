"""Whether a decision fits what the rule said that was fixed before the experiment began."""

from collections.abc import Mapping

# What the rule says, and the decisions that follow it. Where no rule spoke, no decision goes against one.
FITTING: Mapping[str, frozenset[str]] = {
    "scale": frozenset({"scale", "procure", "adapt"}),
    "stop": frozenset({"stop"}),
    "inconclusive": frozenset({"repeat", "adapt"}),
}


def goes_against(outcome: str, decision: str) -> bool:
    """Whether a decision of the kind `decision` goes against the rule's `outcome`."""
    fitting = FITTING.get(outcome)
    return fitting is not None and decision not in fitting
