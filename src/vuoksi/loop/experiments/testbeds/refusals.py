"""Why an action on a booking, an agreement or a checklist was refused. The doors turn these into messages at the field."""

from collections.abc import Mapping, Sequence

from vuoksi.loop.experiments.testbeds.engine import Offer


class BookingRefused(Exception):
    """The wish cannot be meant so; `mistakes` maps `first`, `last` or `units` to a stable code of the engine."""

    def __init__(self, mistakes: Mapping[str, str]) -> None:
        super().__init__(", ".join(f"{what}: {code}" for what, code in mistakes.items()))
        self.mistakes = dict(mistakes)


class Taken(Exception):
    """Somebody else has the units. `free` are the units that are left in that time, `offers` what is free near by."""

    def __init__(self, free: int, offers: Sequence[Offer]) -> None:
        super().__init__(f"only {free} units are free")
        self.free = free
        self.offers = tuple(offers)


class CapacityInUse(Exception):
    """Units or opening times that are booked cannot be taken away."""


class TextChanged(Exception):
    """What the person signs is not what stands there."""


class Incomplete(Exception):
    """A checklist or agreement lacks something; `faults` maps a field or question to a stable code."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(", ".join(f"{what}: {code}" for what, code in faults.items()))
        self.faults = dict(faults)
