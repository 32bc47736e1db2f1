from datetime import datetime
from functools import partial

from django.db import transaction

from vuoksi.base.audit.actions import action, nothing_to_do, record, save_if_unchanged
from vuoksi.base.notices.actions import tell
from vuoksi.base.notices.links import reachable
from vuoksi.base.people.models import User
from vuoksi.base.talk.queries import people_behind
from vuoksi.loop.calls import kinds, letters, queries, rules
from vuoksi.loop.calls.models import ENTRY_STATES, Answer, Entry

_TRANSITIONS = {Answer.Outcome.ACCEPTED: "accept", Answer.Outcome.REFUSED: "refuse"}


@action
def answer_entry(
    *,
    entry: Entry,
    outcome: str,
    text: str,
    language: str,
    version: int,
    by: User,
    at: datetime,
    award: str | None = None,
) -> Answer:
    """Give the city's official answer; a later one replaces it, and the earlier stays readable.

    `award` is a prize or place in the words of the jury; None leaves it as it is. Raises EditedMeanwhile.
    """
    rules.check_answer(by, rules.Held(entry))
    wanted = Answer.Outcome(outcome)
    earlier = queries.current_answer(entry)
    prize = entry.award if award is None else award
    if earlier is not None and _says_the_same(earlier, wanted, text, language, entry, prize):
        nothing_to_do()
        return earlier
    state = entry.state
    if earlier is None or earlier.outcome != wanted:
        state = ENTRY_STATES.target(entry.state, _TRANSITIONS[wanted])
    save_if_unchanged(entry, version=version, state=state, award=prize)
    answer = _replace(earlier, entry, wanted, text, language, by, at)
    record(actor=by, verb="calls.answer_entry", thing=entry, at=at, outcome=wanted.value)
    _tell(entry, answer, by, at)
    return answer


@action
def give_award(
    *, entry: Entry, award: str, by: User, at: datetime, citation: str | None = None
) -> None:
    """Give an entry a prize or place in the words of the jury; `citation` says why, None leaves it as it is."""
    rules.check_award(by, rules.Held(entry))
    why = entry.citation if citation is None else citation
    if (entry.award, entry.citation) == (award, why):
        return nothing_to_do()
    save_if_unchanged(entry, version=entry.version, award=award, citation=why)
    record(actor=by, verb="calls.give_award", thing=entry, at=at)


def _says_the_same(
    earlier: Answer, outcome: str, text: str, language: str, entry: Entry, award: str
) -> bool:
    said = (earlier.outcome, earlier.text, earlier.language, entry.award)
    return said == (outcome, text, language, award)


def _replace(
    earlier: Answer | None,
    entry: Entry,
    outcome: Answer.Outcome,
    text: str,
    language: str,
    by: User,
    at: datetime,
) -> Answer:
    if earlier is not None:
        earlier.is_current = False
        earlier.save(update_fields=["is_current"])
    return Answer.objects.create(
        entry=entry,
        outcome=outcome,
        text=text,
        language=language,
        organisation=entry.call.owner,
        by=by,
        at=at,
    )


def _tell(entry: Entry, answer: Answer, by: User, at: datetime) -> None:
    """Tell the authors and all who stand behind the entry; an author without an account by e-mail."""
    people = {*queries.authors_of(entry), *people_behind([entry])} - {by}
    tell(people=people, kind=kinds.ENTRY_ANSWERED, thing=entry, by=by, at=at)
    if reachable(entry) is not None:
        transaction.on_commit(partial(letters.answered, entry, answer), robust=True)
