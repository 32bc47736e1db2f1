from vuoksi.lib.tables import TableError


class Refused(Exception):
    """Values that cannot be taken; nothing was saved. The line of a fault is the value's place, from 0 in a batch."""

    def __init__(self, faults: list[TableError]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = faults


class Elsewhere(Exception):
    """What is to be linked is not there, or belongs to another experiment; which of the two is not told."""

    def __init__(self, name: str) -> None:
        super().__init__(f"there is no such {name} in this experiment")


class MeasuredAlready(Exception):
    """The unit is measured in another way already: by values that were sent in, or by another datastream."""

    def __init__(self, arm: str, unit_code: str) -> None:
        super().__init__(f"{unit_code} ({arm}) is measured in another way already")


class NotAgreed(Exception):
    """Nothing may be measured under this code: the participant has withdrawn, or has not agreed to what is in force."""

    def __init__(self, unit_code: str) -> None:
        super().__init__(f"{unit_code} has withdrawn or has not agreed")
