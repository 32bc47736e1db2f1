class NotEnough(Exception):
    """The measurements cannot be analysed yet; `code` is one of the engine's `ProblemError`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Outdated(Exception):
    """Measurements came after the analysis: compute it again first."""


class Interim(Exception):
    """The analysis was made while the experiment was running; evidence rests on one made after its end."""
