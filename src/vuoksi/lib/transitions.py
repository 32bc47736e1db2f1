"""States and the transitions between them, as one table a thing.

The table is the only source: actions ask it what may happen, the documents draw their diagrams from it.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Transition:
    """`name` leads from each of `sources` to `target`."""

    name: str
    sources: frozenset[str]
    target: str


class NotPossible(ValueError):
    """The transition does not leave the present state."""

    def __init__(self, machine: str, state: str, transition: str) -> None:
        super().__init__(f"{machine}: {transition!r} is not possible in the state {state!r}")
        self.machine = machine
        self.state = state
        self.transition = transition


@dataclass(frozen=True, slots=True)
class Machine:
    """The states of one kind of thing.

    Raises ValueError when a state cannot be reached or a transition stands there twice.
    """

    name: str
    initial: str
    transitions: tuple[Transition, ...]

    def __post_init__(self) -> None:
        pairs = [(source, t.name) for t in self.transitions for source in t.sources]
        twice = sorted({pair for pair in pairs if pairs.count(pair) > 1})
        if twice:
            raise ValueError(f"{self.name}: stands twice: {twice}")
        stray = sorted(self.states - self._reachable())
        if stray:
            raise ValueError(f"{self.name}: cannot be reached: {stray}")

    @property
    def states(self) -> frozenset[str]:
        ends = {t.target for t in self.transitions}
        return frozenset({self.initial} | ends | {s for t in self.transitions for s in t.sources})

    def possible(self, state: str) -> tuple[str, ...]:
        """Names of the transitions that leave `state`, in the table's order."""
        return tuple(t.name for t in self.transitions if state in t.sources)

    def target(self, state: str, name: str) -> str:
        """Where `name` leads from `state`; raises NotPossible."""
        for transition in self.transitions:
            if transition.name == name and state in transition.sources:
                return transition.target
        raise NotPossible(self.name, state, name)

    def _reachable(self) -> frozenset[str]:
        reached = {self.initial}
        while True:
            further = {t.target for t in self.transitions if t.sources & reached} - reached
            if not further:
                return frozenset(reached)
            reached |= further


def mermaid(machine: Machine) -> str:
    """Draw the table as a Mermaid state diagram."""
    lines = ["stateDiagram-v2", f"    [*] --> {machine.initial}"]
    for transition in machine.transitions:
        lines += [
            f"    {source} --> {transition.target}: {transition.name}"
            for source in sorted(transition.sources)
        ]
    return "\n".join(lines)
