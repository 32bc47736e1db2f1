import pytest

from vuoksi.lib.transitions import Machine, NotPossible, Transition, mermaid

OPEN = Transition("open", frozenset({"draft"}), "running")
CLOSE = Transition("close", frozenset({"running", "draft"}), "closed")
CALL = Machine("call", "draft", (OPEN, CLOSE))


def test_a_step_leads_to_its_target():
    assert CALL.target("draft", "open") == "running"
    assert CALL.target("draft", "close") == "closed"


def test_possible_steps_stand_in_the_order_of_the_table():
    assert CALL.possible("draft") == ("open", "close")
    assert CALL.possible("running") == ("close",)
    assert CALL.possible("closed") == ()


def test_all_states_are_known():
    assert set(CALL.states) == {"draft", "running", "closed"}


@pytest.mark.parametrize(
    ("state", "name"), [("closed", "open"), ("draft", "reopen"), ("nowhere", "open")]
)
def test_a_step_that_does_not_leave_the_state_is_refused_with_what_was_asked(state, name):
    with pytest.raises(NotPossible) as caught:
        CALL.target(state, name)
    assert caught.value.machine == "call"
    assert caught.value.state == state
    assert name in str(caught.value)
    assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize(
    "transitions",
    [
        (OPEN, Transition("reopen", frozenset({"archived"}), "running")),
        (OPEN, Transition("open", frozenset({"draft"}), "closed")),
        (Transition("close", frozenset({"running"}), "closed"),),
    ],
    ids=["unreachable state", "a step twice", "initial state unknown to the table"],
)
def test_a_wrong_table_is_refused_when_it_is_made(transitions):
    with pytest.raises(ValueError, match="call"):
        Machine("call", "draft", transitions)


def test_the_diagram_shows_every_step_once():
    assert mermaid(CALL).splitlines()[:5] == [
        "stateDiagram-v2",
        "    [*] --> draft",
        "    draft --> running: open",
        "    draft --> closed: close",
        "    running --> closed: close",
    ]
