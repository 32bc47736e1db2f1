"""Comments that somebody reported: what a moderator decided and why, an appeal decided by another, a text that was mended."""

from uuid import NAMESPACE_URL, uuid5

from vuoksi.base.moderation import actions, queries
from vuoksi.base.moderation.models import Case, Outcome
from vuoksi.base.moderation.registry import KINDS
from vuoksi.base.moderation.rules import Seat
from vuoksi.base.people.actions import grant_role
from vuoksi.base.people.models import Role, User
from vuoksi.base.talk.models import Comment
from vuoksi.loop.calls.actions import comment_on_entry
from vuoksi.loop.calls.models import Entry
from vuoksi.site.demo.people import JOINED, storyteller
from vuoksi.site.demo.words import at_noon
from vuoksi.site.demo_data import moderation_shapes as shapes
from vuoksi.site.demo_data import read


def load(entries: dict[str, Entry]) -> None:
    """Tell each story once; what stands already stays as it is."""
    for row in read.moderation_cases():
        key = uuid5(NAMESPACE_URL, f"demo/moderation/{row.key}")
        if Comment.objects.filter(key=key).exists():
            continue
        author = storyteller(row.author, row.language)
        comment = comment_on_entry(
            entry=entries[row.entry],
            text=row.text,
            language=row.language,
            key=key,
            by=author,
            at=at_noon(row.written),
        )
        _tell(row, comment, author)


def _tell(row: shapes.Case, comment: Comment, author: User) -> None:
    case = _reported(row.report, comment)
    _decide(case, row.ruling)
    if row.appeal is not None:
        _appeal(case, row.appeal, author, row.language)
    if row.mending is not None:
        _mend(case, row.mending, comment, author)


def _reported(row: shapes.Report, comment: Comment) -> Case:
    reporter = storyteller(row.by, row.language)
    report, _is_new = actions.report(
        thing=comment,
        reason=row.reason,
        note=row.note,
        by=reporter,
        who=queries.who_is(reporter),
        language=row.language,
        is_demo=True,
        at=at_noon(row.day),
    )
    return report.case


def _decide(case: Case, row: shapes.Ruling) -> None:
    actions.decide(case=case, ruling=_ruling(row), by=_moderator(row), at=at_noon(row.day))


def _appeal(case: Case, row: shapes.Appeal, author: User, language: str) -> None:
    actions.appeal(
        seat=Seat(case),
        text=row.text,
        language=language,
        by=author,
        who=queries.who_is(author),
        at=at_noon(row.day),
    )
    by, at = _moderator(row.ruling), at_noon(row.ruling.day)
    actions.settle(case=case, ruling=_ruling(row.ruling), by=by, at=at)


def _mend(case: Case, row: shapes.Mending, comment: Comment, author: User) -> None:
    (part,) = KINDS[Comment].parts(comment)
    held = actions.mend(seat=Seat(case), texts={part.key: row.text}, by=author, at=at_noon(row.day))
    _decide(held, row.ruling)


def _ruling(row: shapes.Ruling) -> actions.Ruling:
    return actions.Ruling(Outcome(row.outcome), row.reason, row.words, row.language)


def _moderator(row: shapes.Ruling) -> User:
    person = storyteller(row.by, row.language)
    grant_role(user=person, role=Role.MODERATOR, by=None, at=JOINED)
    return person
