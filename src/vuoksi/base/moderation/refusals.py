"""Why moderation does not take what was sent."""

from datetime import datetime


class TooManyReports(Exception):
    """So many reports came from one person within an hour that a pause is asked for."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"more than {limit} reports in an hour")
        self.limit = limit


class TooLate(Exception):
    """The time to appeal is over."""

    def __init__(self, until: datetime) -> None:
        super().__init__(f"the time to appeal ended at {until:%Y-%m-%d %H:%M}")
        self.until = until


class NotThisOutcome(ValueError):
    """The reason and the outcome do not fit together; the form keeps people from it."""
