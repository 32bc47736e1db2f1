"""How ideas and calls hang together with the rest: what they come from, who reads, discusses and translates them."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from vuoksi.base.files.access import readable
from vuoksi.base.moderation.registry import Part, moderated
from vuoksi.base.notices.links import (
    Correspondent,
    authors_of,
    correspondent_of,
    upstream_of,
)
from vuoksi.base.people.models import User
from vuoksi.base.people.queries import person_by_email
from vuoksi.base.people.rules import Person
from vuoksi.base.talk.about import About, discussable, to_follow
from vuoksi.base.texts.queries import attach, in_language
from vuoksi.base.texts.registry import translatable
from vuoksi.loop.calls import letters, queries, rules
from vuoksi.loop.calls.models import Answer, Call, Entry, Response, Share
from vuoksi.strategy.downstream import Line, downstream_of
from vuoksi.strategy.models import Goal


@upstream_of(Entry)
def call_of(entry: Entry) -> Iterable[Model]:
    return [entry.call]


@upstream_of(Call)
def goal_of(call: Call) -> Iterable[Model]:
    return [call.goal] if call.goal is not None else []


@authors_of(Entry)
def authors(entry: Entry) -> Iterable[User]:
    return queries.authors_of(entry)


@correspondent_of(Entry)
def author_by_letter(entry: Entry) -> Correspondent | None:
    """The author of an idea that was sent without an account; whoever has made one since hears as others do."""
    is_without = entry.author_id is None and bool(entry.author_email)
    if not is_without or entry.state not in rules.SENT_ENTRIES:
        return None
    if person_by_email(entry.author_email) is not None:
        return None
    return Correspondent(entry.author_email, entry.language)


@discussable(Entry)
def about_entry(entry: Entry) -> About:
    """Ideas are discussed by everybody with an account. The city's answer is given on its own page, with an outcome."""
    held = rules.Held(entry)
    return About(
        url=entry.get_absolute_url(),
        may_read=lambda user: rules.may_read_public_entry(user, held),
        may_comment=lambda user: rules.may_comment(user, held),
        may_support=lambda user: rules.may_support(user, held),
    )


@discussable(Call)
def about_call(call: Call) -> About:
    return to_follow(call.get_absolute_url(), lambda user: call.state in rules.PUBLIC_CALLS)


def parts_of(entry: Entry) -> list[Part]:
    """All that an author wrote in an idea, with the name that it is shown under."""
    own = [Part(entry, field) for field in ("title", "summary", "author_name")]
    answers = entry.responses.select_related("question").order_by("question__position")
    return [*own, *(Part(row, "text") for row in answers)]


def addresses_of(entry: Entry) -> list[tuple[str, str]]:
    """The address that an idea came from, unless its owner has an account by now."""
    if entry.author_id is not None or not entry.author_email or queries.authors_of(entry):
        return []
    return [(entry.author_email, entry.language)]


def shown(entry: Entry, at: datetime) -> None:
    if addresses_of(entry):
        transaction.on_commit(partial(letters.received, entry), robust=True)


moderated(
    Entry,
    _("idea"),
    parts=parts_of,
    url=Entry.get_absolute_url,
    may_read=lambda user, entry: rules.may_read_public_entry(user, rules.Held(entry)),
    authors=queries.authors_of,
    addresses=addresses_of,
    sent_by=queries.entries_sent_by,
    sent_at="submitted_at",
    when_shown=shown,
)


@readable(Entry)
def may_read_files(user: Person, entry: Entry) -> bool:
    return rules.may_read_files(user, rules.Held(entry))


@translatable(Entry)
def may_read_entry(user: Person, entry: Entry) -> bool:
    return rules.may_read_entry(user, rules.Held(entry))


@translatable(Response)
def may_read_response(user: Person, response: Response) -> bool:
    return rules.may_read_entry(user, rules.Held(response.entry))


@translatable(Answer)
def may_read_answer(user: Person, answer: Answer) -> bool:
    return rules.may_read_entry(user, rules.Held(answer.entry))


@translatable(Share)
def may_read_share(user: Person, share: Share) -> bool:
    return rules.may_read_entry(user, rules.Held(share.entry))


@translatable(Call)
def may_read_call(user: Person, call: Call) -> bool:
    return rules.may_read_call(user, call)


@downstream_of(Goal, label=_("Calls"), order=10)
def calls_for(goal: Goal, user: Person) -> Iterable[Line]:
    rows = queries.public_calls(user).filter(goal=goal).order_by("-published_at", "pk")
    return [
        Line(in_language(call, "title").text, call.get_absolute_url(), call.get_state_display())
        for call in attach(rows)
    ]
