"""Why an action on a recruitment, a consent or a survey was refused. The doors turn these into words."""

from collections.abc import Mapping


class NotNow(Exception):
    """The recruitment is not open, or its last day is over."""


class NotTakingPart(Exception):
    """The person has withdrawn, or did not answer in time: nothing can be agreed to any more."""


class OwnGuardian(Exception):
    """Somebody who is under age named themselves as guardian."""


class JoinedAlready(Exception):
    """The person takes part already, or waits for a place."""


class ConsentChanged(Exception):
    """What the person agrees to is not what is in force now."""


class LinkExpired(Exception):
    """The link was used up, or its time is over."""


class Unready(Exception):
    """Something is missing or too late; `code` says what: a key of `words.UNREADY`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class CapacityInUse(Exception):
    """Places that are held cannot be taken away."""


class Frozen(Exception):
    """What is published or open cannot be changed; a new version is written."""


class Unanswered(Exception):
    """Answers cannot stand; `faults` maps the key of an item to a stable code."""

    def __init__(self, faults: Mapping[int, str]) -> None:
        super().__init__(f"{len(faults)} answers")
        self.faults = dict(faults)
