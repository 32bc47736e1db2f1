from vuoksi.base.people.rules import Person
from vuoksi.base.talk import rules
from vuoksi.base.talk.models import Comment
from vuoksi.base.texts.models import Visibility
from vuoksi.base.texts.registry import translatable


@translatable(Comment)
def may_read_comment(user: Person, comment: Comment) -> bool:
    """A comment that is not shown is read by its author and by moderators."""
    if comment.visibility != Visibility.SHOWN and not rules.may_read_hidden(user, comment):
        return False
    return rules.may_read(user, comment.thing)
