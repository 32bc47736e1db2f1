from django.utils.translation import gettext_lazy as _

from vuoksi.base.files import access
from vuoksi.base.files.models import Attachment
from vuoksi.base.people.rules import Person, permission, predicate

MOST_BYTES = 10 * 1024 * 1024
MOST_FILES = 5


@predicate
def may_read_its_thing(user: Person, attachment: Attachment) -> bool:
    # A file whose thing is gone is read by nobody.
    return attachment.thing is not None and access.is_readable(user, attachment.thing)


may_read_file, check_read_file = permission(
    "files.read", may_read_its_thing, reason=_("Only those who may read this can open its files.")
)
