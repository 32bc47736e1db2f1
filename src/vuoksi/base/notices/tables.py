from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from vuoksi.base.lists.tables import Choices, Column, Filter, Table
from vuoksi.base.notices.kinds import KINDS, Said, in_words
from vuoksi.base.notices.models import Notice


def _read_choices() -> Choices:
    return [("unread", _("unread")), ("read", _("read"))]


def _by_reading(rows: QuerySet[Notice], value: str) -> QuerySet[Notice]:
    return rows.filter(read_at__isnull=value == "unread")


def _kind_choices() -> Choices:
    return [(key, kind.label) for key, kind in KINDS.items()]


def _by_kind(rows: QuerySet[Notice], value: str) -> QuerySet[Notice]:
    return rows.filter(kind=value)


def _text(said: Said) -> str:
    return said.text


def _reason(said: Said) -> str:
    return said.reason


NOTICES = Table(
    "notices",
    _("Notices"),
    columns=(
        Column("at", _("When"), lambda said: said.notice.at, sort="at"),
        Column("text", _("What"), _text),
        Column("reason", _("Why"), _reason),
    ),
    filters=(
        Filter("reading", _("Read or not"), _read_choices, _by_reading),
        Filter("kind", _("Kind"), _kind_choices, _by_kind),
    ),
    prepare=in_words,
)
