"""Why an action on a call or an entry was refused. The doors turn these into messages at the right field."""

from collections.abc import Iterable

from vuoksi.loop.calls.engine import Fault
from vuoksi.loop.calls.models import Call, Question


class CallClosed(Exception):
    """The call takes no entries now. What was written stays as a draft."""

    def __init__(self, call: Call) -> None:
        super().__init__(f"{call.slug} takes no entries now")
        self.call = call


class NotReady(Exception):
    """The call lacks something without which it cannot be published; `missing` are field names."""

    def __init__(self, call: Call, missing: Iterable[str]) -> None:
        self.missing = sorted(missing)
        super().__init__(f"{call.slug} lacks {', '.join(self.missing)}")


class Incomplete(Exception):
    """The entry lacks an answer, or has a wrong one; `wrong` maps a field (`title`, `q_7`) to what is wrong."""

    def __init__(self, wrong: dict[str, str]) -> None:
        super().__init__(", ".join(f"{field}: {what}" for field, what in wrong.items()))
        self.wrong = wrong


class PhasesRefused(Exception):
    """The phases do not fit together."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = list(faults)
        super().__init__(", ".join(f"{f.kind} {f.mistake} ({f.other})" for f in self.faults))


class RulesStand(Exception):
    """Sending has opened, so the rules stand. `why` says what is wrong with the change:

    `reason`: it gives none; `sealed`: a promise of sealing is neither given nor taken back later; `unsealed`: entries
    have been opened, so sending cannot open again.
    """

    def __init__(self, call: Call, why: str) -> None:
        super().__init__(f"the rules of {call.slug} stand ({why})")
        self.call, self.why = call, why


class InUse(Exception):
    """A question with answers, or a category with entries, cannot be taken away."""

    def __init__(self, thing: object) -> None:
        super().__init__(f"{thing} is in use")
        self.thing = thing


class LinkExpired(Exception):
    """The link or invitation was right once and no longer is."""


def field_of(question: Question) -> str:
    return f"q_{question.pk}"
