from vuoksi.lib.tables import TableError


class Refused(Exception):
    """Values that cannot be taken; nothing was saved. The line of a fault is the value's place, from 0 in a batch."""

    def __init__(self, faults: list[TableError]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = faults
