"""The kinds of notice, and what a notice says.

Each app registers its own kinds in its `kinds.py`, beside its actions: a key and the sentence that people read.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import get_language_info, gettext
from django.utils.translation import gettext_lazy as _

from vuoksi.base.notices import queries
from vuoksi.base.notices.models import News, Notice
from vuoksi.base.texts.models import Visibility
from vuoksi.base.texts.queries import Rendered, in_language, text_fields

# A comment has no title; its beginning stands for it.
LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Kind:
    """`sentence` may hold `%(thing)s` and `%(because)s`; `label` stands in the settings.

    `outcomes` are the sentences of a notice whose details name an `outcome`. What `is_owed` to a person (a decision
    about their own text) is told whatever they chose. News that `is_gathered` are not told again while the last about
    the same thing waits to be read or mailed: it says all that the next would say.
    """

    key: str
    label: "str | Promise"
    sentence: "str | Promise"
    is_owed: bool = False
    is_gathered: bool = False
    outcomes: Mapping[str, "str | Promise"] = field(default_factory=dict, hash=False)


KINDS: dict[str, Kind] = {}


def kind(
    key: str,
    label: "str | Promise",
    sentence: "str | Promise",
    *,
    is_owed: bool = False,
    is_gathered: bool = False,
    outcomes: Mapping[str, "str | Promise"] | None = None,
) -> Kind:
    if key in KINDS:
        raise ValueError(f"the notice kind {key!r} stands twice")
    KINDS[key] = Kind(key, label, sentence, is_owed, is_gathered, outcomes or {})
    return KINDS[key]


COMMENT_ANSWERED = kind(
    "talk.comment_answered",
    _("Somebody replies to my comment"),
    _("There is a reply to your comment on “%(thing)s”."),
)
COMMENT_WRITTEN = kind(
    "talk.comment_written",
    _("Somebody comments on what I wrote or follow"),
    _("There is a new comment on “%(thing)s”."),
)
OTHER = Kind("", _("Other news"), _("There is news about “%(thing)s”."))


@dataclass(frozen=True, slots=True)
class Said:
    """A notice or letter in words, in the active language. `chain` names the things from the person's own to this one."""

    notice: News
    thing: Rendered
    because: Rendered | None
    chain: tuple[Rendered, ...]
    # Further things that the sentence names, by detail.
    named: Mapping[str, Rendered]

    @property
    def text(self) -> str:
        """The sentence as plain text, for e-mail."""
        return str(_sentence_of(self.notice)) % self._values(str)

    @property
    def html(self) -> SafeString:
        """The sentence for a page; each name in its own language and direction."""
        sentence = conditional_escape(str(_sentence_of(self.notice)))
        return SafeString(sentence % self._values(_marked))

    @property
    def reason(self) -> str:
        """Why the person is told, in a sentence; empty when it is about themselves."""
        if self.because is None or not self.notice.tie:
            return ""
        return str(_REASONS[self.notice.tie]) % {"thing": self.because.text}

    @property
    def steps(self) -> list[SafeString]:
        return [_marked(name) for name in self.chain]

    def _values(self, show: Any) -> Mapping[str, Any]:
        escape = conditional_escape if show is _marked else str
        details = {key: escape(value) for key, value in self.notice.details.items()}
        named = {key: show(name) for key, name in self.named.items()}
        because = self.because or self.thing
        return _Known({**details, **named, "thing": show(self.thing), "because": show(because)})


class _Known(dict[str, Any]):
    """A sentence that was changed after its notice was written finds a dash, not an error."""

    def __missing__(self, key: str) -> str:
        return "–"


_REASONS: dict[str, Any] = {
    Notice.Tie.WROTE: _("You are told because you wrote “%(thing)s”."),
    Notice.Tie.SUPPORT: _("You are told because you support “%(thing)s”."),
    Notice.Tie.FOLLOW: _("You are told because you follow “%(thing)s”."),
    Notice.Tie.COMMENT: _("You are told because you commented on “%(thing)s”."),
}


def in_words(notices: Iterable[News]) -> list[Said]:
    """Put notices in words, all names of all of them in a few queries."""
    rows = list(notices)
    found = queries.things(ref for row in rows for ref in queries.refs_of(row))
    return [_said(row, found) for row in rows]


def tellings_in_words(thing: Model) -> list[tuple[Any, "str | Promise", int]]:
    """Each time that people were told of `thing`: when, what, and how many (letters are counted apart)."""
    return [
        (row.at, _telling(row.verb), row.details.get("told", row.details.get("letters", 0)))
        for row in queries.tellings_of(thing)
    ]


def _telling(verb: str) -> "str | Promise":
    if verb == "notices.write_letters":
        return _("Letters to those without an account")
    found = KINDS.get(verb.removeprefix("notices."), OTHER)
    return found.label


def name_of(thing: Model | None) -> Rendered:
    """Give what people call a thing: its first text, else what it says of itself."""
    if thing is None:
        gone = gettext("something that is no longer here")
        return Rendered(gone, "", "")
    if getattr(thing, "visibility", Visibility.SHOWN) != Visibility.SHOWN:
        return Rendered(gettext("a text that is not shown"), "", "")
    fields = text_fields(thing)
    if not fields:
        return Rendered(str(thing), "", "")
    name = in_language(thing, fields[0])
    return replace(name, text=Truncator(name.text).chars(LONGEST_NAME))


def _said(notice: News, found: Mapping[queries.Ref, Model]) -> Said:
    because = None
    if notice.because_type_id is not None:
        because = name_of(found.get((notice.because_type_id, notice.because_id)))
    return Said(
        notice=notice,
        thing=name_of(found.get((notice.content_type_id, notice.object_id))),
        because=because,
        chain=tuple(name_of(found.get((int(kind), str(key)))) for kind, key in notice.chain),
        named={detail: name_of(found.get(ref)) for detail, ref in queries.named_in(notice).items()},
    )


def _kind_of(notice: News) -> Kind:
    return KINDS.get(notice.kind, OTHER)


def _sentence_of(notice: News) -> "str | Promise":
    kind = _kind_of(notice)
    return kind.outcomes.get(notice.details.get("outcome", ""), kind.sentence)


def _marked(name: Rendered) -> SafeString:
    if name.is_translated:
        return format_html("<bdi>{}</bdi>", name.text)
    direction = "rtl" if get_language_info(name.language)["bidi"] else "ltr"
    return format_html('<bdi lang="{}" dir="{}">{}</bdi>', name.language, direction, name.text)
