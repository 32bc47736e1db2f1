"""What people say and do about an idea, with the rules of ideas. The pages use the common doors of `talk`."""

from datetime import datetime
from uuid import UUID

from vuoksi.base.audit.actions import action
from vuoksi.base.people.models import User
from vuoksi.base.talk import actions as talk
from vuoksi.base.talk.models import Comment
from vuoksi.loop.calls import rules
from vuoksi.loop.calls.models import Entry


@action
def comment_on_entry(
    *, entry: Entry, text: str, language: str, key: UUID, by: User, at: datetime
) -> Comment:
    """Comment on an idea; its authors and those who follow it are told."""
    rules.check_comment(by, rules.Held(entry))
    return talk.join_discussion(
        thing=entry, author=by, text=text, language=language, key=key, at=at
    )


@action
def support_entry(*, entry: Entry, by: User, at: datetime) -> None:
    rules.check_comment(by, rules.Held(entry))
    rules.check_support(by, rules.Held(entry))
    talk.support(thing=entry, user=by, at=at)
