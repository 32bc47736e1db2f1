from vuoksi.base.people.rules import Person
from vuoksi.base.talk import rules
from vuoksi.base.talk.models import Comment
from vuoksi.base.texts.registry import translatable


@translatable(Comment)
def may_read_comment(user: Person, comment: Comment) -> bool:
    """A hidden comment is read by those who hide and show comments."""
    if comment.hidden_at is not None and not rules.may_hide_comment(user, comment):
        return False
    return rules.may_read(user, comment.thing)
