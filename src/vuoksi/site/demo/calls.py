"""The Mayor's Innovation Competition, the digital experiment call, and the demo's own calls with their ideas."""

from datetime import date
from uuid import NAMESPACE_URL, UUID, uuid5

from vuoksi.base.people.models import User
from vuoksi.loop.calls import actions
from vuoksi.loop.calls.engine import Window
from vuoksi.loop.calls.models import Call, Category, Entry
from vuoksi.site.demo.people import storyteller
from vuoksi.site.demo.strategy import City
from vuoksi.site.demo.words import add_translations, at_noon, slug_of
from vuoksi.site.demo_data import loop_shapes as shapes
from vuoksi.site.demo_data import read
from vuoksi.site.demo_data.shapes import Text

# What the data files call the phases, as the platform knows them.
PHASES = {
    "ideas": "entry",
    "together": "discussion",
    "review": "review",
    "decision": "decision",
    "answers": "decision",
}


def load(city: City) -> dict[str, Entry]:
    """Give the entries by their key."""
    entries: dict[str, Entry] = {}
    for row in read.calls():
        call = Call.objects.filter(slug=slug_of(row.key)[:60]).first()
        entries |= _entries(city, call, row) if call else _call(city, row)
    return entries


def _call(city: City, row: shapes.Call) -> dict[str, Entry]:
    begun = at_noon(row.opens or row.announced or date(row.year, 6, 1))
    call = actions.create_call(
        slug=slug_of(row.key)[:60],
        language=row.title.original,
        title=row.title.words[row.title.original],
        summary=row.summary.words[row.title.original],
        need=row.who_may_enter.words[row.title.original],
        entrants="anybody" if row.demo else "staff",
        goal=city.goals[row.goal],
        owner=city.organisations[row.organiser],
        windows=_windows(row),
        published_entry_count=row.entries_total,
        source=row.source,
        is_demo=row.demo,
        by=city.by,
        at=begun,
    )
    texts = {"title": row.title, "summary": row.summary, "need": row.who_may_enter}
    add_translations(call, texts, city.by, begun)
    _set_questions(city, call, row)
    _set_categories(city, call, row)
    if row.demo:
        actions.publish_call(call=call, by=city.by, at=begun)
    else:
        actions.record_past_call(call=call, by=city.by, at=begun)
    _winners(city, call, row)
    entries = _entries(city, call, row)
    if row.demo and row.status == "closed":
        actions.close_call(call=call, by=city.by, at=at_noon(row.closes or date(row.year, 12, 31)))
    return entries


def _windows(row: shapes.Call) -> list[Window]:
    if row.phases:
        return [
            Window(PHASES[phase.key], at_noon(phase.opens), at_noon(phase.closes))
            for phase in row.phases
        ]
    if row.opens and row.closes:
        return [Window("entry", at_noon(row.opens), at_noon(row.closes))]
    return []


def _set_questions(city: City, call: Call, row: shapes.Call) -> None:
    if not row.questions:
        return
    asked = [
        actions.Asking("long", question.text.words[call.language], is_required=question.required)
        for question in row.questions
    ]
    actions.set_questions(
        call=call,
        questions=asked,
        version=call.version,
        by=city.by,
        at=at_noon(date(row.year, 1, 1)),
    )
    for question, stored in zip(row.questions, call.questions.order_by("position"), strict=True):
        add_translations(stored, {"label": question.text}, city.by, at_noon(date(row.year, 1, 1)))


def _set_categories(city: City, call: Call, row: shapes.Call) -> None:
    if not row.categories:
        return
    named = [
        actions.Naming(category.key, category.title.words[call.language], category.entries)
        for category in row.categories
    ]
    at = at_noon(date(row.year, 1, 1))
    actions.set_categories(call=call, categories=named, version=call.version, by=city.by, at=at)
    for category, stored in zip(row.categories, call.categories.order_by("position"), strict=True):
        add_translations(stored, {"title": category.title}, city.by, at)


def _winners(city: City, call: Call, row: shapes.Call) -> None:
    at = at_noon(row.announced or row.closes or date(row.year, 12, 1))
    for winner in row.winners:
        entry = actions.record_past_entry(
            call=call,
            title=winner.name.words[winner.name.original],
            summary=winner.description.words[winner.name.original],
            language=winner.name.original,
            category=_category(call, winner.category),
            author_name=", ".join(city.organisations[key].name for key in winner.partners),
            award="Winner",
            source=winner.source,
            submitted_at=at_noon(row.closes or date(row.year, 6, 1)),
            by=city.by,
            at=at,
        )
        award = Text({"en": "Winner", "fi": "Voittaja", "sv": "Vinnare"})
        if winner.name.original == "en":
            add_translations(entry, {"award": award}, city.by, at)
        add_translations(entry, {"title": winner.name, "summary": winner.description}, city.by, at)


def _category(call: Call, key: str) -> Category | None:
    return call.categories.filter(slug=key).first()


def _entries(city: City, call: Call, row: shapes.Call) -> dict[str, Entry]:
    return {entry.key: _entry(city, call, entry) for entry in row.entries}


def _entry(city: City, call: Call, row: shapes.Entry) -> Entry:
    key = uuid5(NAMESPACE_URL, f"demo/{row.key}")
    known = Entry.objects.filter(key=key).first()
    if known is not None:
        return known
    at = at_noon(row.entered)
    entry = _sent(city, call, row, key)
    add_translations(entry, {"title": row.title, "summary": row.text}, city.by, at)
    for comment in row.comments:
        actions.comment_on_entry(
            entry=entry,
            text=comment.text,
            language=comment.language,
            key=uuid5(key, comment.text),
            by=storyteller(comment.author, comment.language),
            at=at_noon(comment.written),
        )
    for number in range(row.supports):
        actions.support_entry(entry=entry, by=storyteller(f"Neighbour {number + 1}"), at=at)
    _answer(city, entry, row)
    return entry


def _sent(city: City, call: Call, row: shapes.Entry, key: UUID) -> Entry:
    """Write the entry and send it, by its author or by staff for somebody."""
    at = at_noon(row.entered)
    text = actions.EntryText(
        language=row.language,
        title=row.title.words[row.language],
        summary=row.text.words[row.language],
        author_name=row.author,
        responses=_responses(call, row),
    )
    is_own = row.channel == "own_account"
    by: User = storyteller(row.author, row.language) if is_own else city.by
    behalf = None if is_own else actions.Behalf(row.author)
    entry = actions.save_entry(
        call=call,
        key=key,
        text=text,
        version=1,
        writer=key,
        by=by,
        at=at,
        behalf=behalf,
        is_demo=True,
    )
    actions.submit_entry(entry=entry, version=entry.version, by=by, at=at)
    return entry


def _responses(call: Call, row: shapes.Entry) -> dict[int, str]:
    """What the demo answers to each question that must be answered: its own first words."""
    words = row.text.words[row.language]
    return {question.pk: words for question in call.questions.filter(is_required=True)}


def _answer(city: City, entry: Entry, row: shapes.Entry) -> None:
    if row.answer is None:
        return
    at, text = at_noon(row.answer.answered), row.answer.text
    answer = actions.answer_entry(
        entry=entry,
        outcome=row.answer.outcome,
        text=text.words[text.original],
        language=text.original,
        version=entry.version,
        by=city.by,
        at=at,
    )
    add_translations(answer, {"text": text}, city.by, at)
