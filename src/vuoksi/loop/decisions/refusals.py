class NoEvidence(ValueError):
    """Scaling up, adapting or procuring needs at least one piece of published evidence of the experiment itself."""


class NeedsWhy(ValueError):
    """A decision against what the rule said must say why. `outcome` is what the rule said."""

    def __init__(self, outcome: str) -> None:
        super().__init__(outcome)
        self.outcome = outcome


class NotFinished(ValueError):
    """Only a decision that is in force is followed up."""


class NotYet(ValueError):
    """The day lies in the future: only what was decided or seen can be recorded."""
