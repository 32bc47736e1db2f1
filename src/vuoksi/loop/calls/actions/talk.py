"""What people say and do about an idea: the rules and notices of ideas around the writes of `talk`."""

from datetime import datetime
from uuid import UUID

from vuoksi.base.audit.actions import action
from vuoksi.base.notices.actions import tell
from vuoksi.base.people.models import User
from vuoksi.base.talk import actions as talk
from vuoksi.base.talk.models import Comment
from vuoksi.loop.calls import kinds, queries, rules
from vuoksi.loop.calls.models import Entry


@action
def comment_on_entry(
    *, entry: Entry, text: str, language: str, key: UUID, by: User, at: datetime
) -> Comment:
    """Comment on an idea and tell its authors."""
    rules.check_comment(by, rules.Held(entry))
    is_new = not Comment.objects.filter(key=key).exists()
    comment = talk.write_comment(
        thing=entry, author=by, text=text, language=language, key=key, at=at
    )
    if is_new:
        authors = {*queries.authors_of(entry)} - {by}
        tell(people=authors, kind=kinds.ENTRY_COMMENTED, thing=entry, by=by, at=at)
    return comment


@action
def support_entry(*, entry: Entry, by: User, at: datetime) -> None:
    rules.check_comment(by, rules.Held(entry))
    talk.support(thing=entry, user=by, at=at)


@action
def follow_entry(*, entry: Entry, by: User, at: datetime) -> None:
    rules.check_comment(by, rules.Held(entry))
    talk.follow(thing=entry, user=by, at=at)
