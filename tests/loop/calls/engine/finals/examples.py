"""A vote whose Kemeny order is known."""

from vuoksi.loop.calls.engine.finals import Ballot, Problem

# The often printed example of choosing a capital for Tennessee: everybody wants it near. The order
# Nashville, Chattanooga, Knoxville, Memphis has the highest score, 393 agreements of 600
# (https://en.wikipedia.org/wiki/Kemeny_method).
TENNESSEE = Problem(
    finalists=("Memphis", "Nashville", "Chattanooga", "Knoxville"),
    ballots=tuple(
        Ballot(f"{order[0]} {number}", order)
        for order, voters in (
            (("Memphis", "Nashville", "Chattanooga", "Knoxville"), 42),
            (("Nashville", "Chattanooga", "Knoxville", "Memphis"), 26),
            (("Chattanooga", "Knoxville", "Nashville", "Memphis"), 15),
            (("Knoxville", "Chattanooga", "Nashville", "Memphis"), 17),
        )
        for number in range(voters)
    ),
    places=1,
)


def finals(*orders, places=1, finalists=None, **more):
    """A problem from words whose letters are finalists, best first."""
    return Problem(
        finalists=tuple(finalists or sorted(set("".join(orders)))),
        ballots=tuple(Ballot(f"m{at}", tuple(order)) for at, order in enumerate(orders)),
        places=places,
        **more,
    )
