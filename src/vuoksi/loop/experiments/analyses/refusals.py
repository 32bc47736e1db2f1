class NotEnough(Exception):
    """The measurements cannot be analysed yet; `code` is one of the engine's `ProblemError`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Outdated(Exception):
    """Measurements came after the analysis: compute it again first."""


class Interim(Exception):
    """The analysis was made while the experiment was running; evidence rests on one made after its end."""


class NoLook(Exception):
    """The design or the plan allows no look on the way; `code` is ``design`` or ``planned``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class BadList(Exception):
    """Units that cannot be divided.

    `code` is one of the engine's `ProblemError`, or ``no_group``, ``no_start``, ``nothing_known``, ``reason`` (groups
    that stand are made again without saying why).
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
