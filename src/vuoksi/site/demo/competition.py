"""Calls begun from the templates of their kinds: a competition with its panels and winners, a joint and a sealed call."""

import json
from datetime import date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from django.utils.translation import override

from vuoksi.base.organisations.actions import join
from vuoksi.base.people.actions import grant_role
from vuoksi.base.people.models import Role, User
from vuoksi.base.runs import actions as runs
from vuoksi.loop.calls import actions
from vuoksi.loop.calls.models import Call, Entry
from vuoksi.loop.juries import actions as juries
from vuoksi.loop.juries import queries as judged
from vuoksi.loop.juries.models import Panel, Review
from vuoksi.loop.juries.tasks import ranked
from vuoksi.site.demo.people import JOINED, storyteller
from vuoksi.site.demo.strategy import City
from vuoksi.site.demo.words import add_translations, at_noon, slug_of
from vuoksi.site.demo_data import competition_shapes as shapes
from vuoksi.site.demo_data import read
from vuoksi.site.demo_data.shapes import Text

# How lenient the experts of the demo are, in points: the ranking corrects for it.
LENIENCY = (1, 0, -1)
FINALISTS = 3


def owners() -> set[str]:
    """Keys of the units that own these calls."""
    rows = (*read.joint_calls(), *read.experiment_calls())
    return {row.organiser for row in rows} | {row.organiser for row in read.competitions()}


def load(city: City) -> None:
    """Tell each story once; what stands already stays as it is."""
    for competition in read.competitions():
        if not Call.objects.filter(slug=slug_of(competition.key)).exists():
            _compete(city, competition)
    for row in read.joint_calls():
        if not Call.objects.filter(slug=slug_of(row.key)).exists():
            _share(city, row)
    for row in read.experiment_calls():
        if not Call.objects.filter(slug=slug_of(row.key)).exists():
            _enter(city, _begun(city, row, "experiments"), row.entries)


def _begun(city: City, row: shapes.Call | shapes.Competition, kind: str) -> Call:
    """Start from the template, open to everybody with an account, and publish a week before sending opens."""
    at = at_noon(row.first_day - timedelta(days=7))
    partners = [city.organisations[key] for key in getattr(row, "partners", ())]
    call = actions.start_from_template(
        kind=kind,
        slug=slug_of(row.key),
        title=row.title.words["en"],
        language="en",
        first_day=row.first_day,
        goal=city.goals[row.goal],
        owner=city.organisations[row.organiser],
        partners=partners,
        is_demo=True,
        by=city.by,
        at=at,
    )
    add_translations(call, {"title": row.title}, city.by, at)
    open_to_all = Call.Entrants.SIGNED_IN
    actions.edit_call(call=call, version=call.version, entrants=open_to_all, by=city.by, at=at)
    actions.publish_call(call=call, by=city.by, at=at)
    return call


def _enter(city: City, call: Call, rows: tuple[shapes.Entry, ...]) -> dict[str, Entry]:
    actions.freeze_call(call=call, by=None, at=call.phases.get(kind="entry").opens_at)
    return {row.key: _sent(city, call, row) for row in rows}


def _sent(city: City, call: Call, row: shapes.Entry) -> Entry:
    at, author = at_noon(row.entered), storyteller(row.author, row.language)
    key = uuid5(NAMESPACE_URL, f"demo/{row.key}")
    questions = call.questions.order_by("position")
    choices = {q.pk: q.choices.splitlines()[-1] for q in questions if q.choices}
    text = actions.EntryText(
        language=row.language,
        title=row.title.words[row.language],
        summary=row.text.words[row.language],
        author_name=row.author,
        category=call.categories.filter(slug=row.category).first(),
        responses={
            question.pk: choices.get(question.pk, said)
            for question, said in zip(questions, row.responses, strict=False)
        },
    )
    entry = actions.save_entry(
        call=call, key=key, text=text, version=1, writer=key, by=author, at=at, is_demo=True
    )
    actions.submit_entry(entry=entry, version=entry.version, by=author, at=at)
    add_translations(entry, {"title": row.title, "summary": row.text}, author, at)
    return entry


def _ends(call: Call) -> datetime:
    return call.phases.get(kind="entry").closes_at


def _compete(city: City, row: shapes.Competition) -> None:
    """Entries, unsealing, experts, jury, winners and an answer to everybody."""
    call = _begun(city, row, "competition")
    entries = _enter(city, call, row.entries)
    actions.unseal_call(call=call, at=_ends(call))
    quality = {entries[one.key].pk: one.quality for one in row.entries}
    why = {entries[one.entry].pk: one.text for one in row.citations}
    for panel in judged.panels_of(call).filter(way=Panel.Way.SCORES):
        _score(city, panel, row, quality)
    for panel in judged.panels_of(call).filter(way=Panel.Way.RANKS):
        _rank(city, panel, row, quality, why)
    for entry in Entry.objects.filter(call=call).order_by("pk"):
        _answer(city, entry, row, is_winner=entry.pk in why)


def _score(city: City, panel: Panel, row: shapes.Competition, quality: dict[int, int]) -> None:
    at = _ends(panel.call) + timedelta(days=2)
    juries.edit_panel(panel=panel, version=panel.version, places=FINALISTS, by=city.by, at=at)
    seats = [
        juries.add_juror(panel=panel, user=storyteller(name), by=city.by, at=at)
        for name in row.experts
    ]
    juries.open_panel(panel=panel, by=city.by, at=at)
    pairs = [
        (seat.pk, entry)
        for seat in seats
        for entry in sorted(panel.entries.values_list("pk", flat=True))
    ]
    juries.ask_reviews(panel=panel, pairs=pairs, by=city.by, at=at)
    lenient = dict(zip((seat.pk for seat in seats), LENIENCY, strict=True))
    for review in judged.reviews_of(panel).order_by("pk"):
        _review(review, quality[review.entry_id] + lenient[review.juror_id], row)
    at = panel.due_at
    juries.lock_panel(panel=panel, by=city.by, at=at)
    _compute(city, panel, at)
    juries.conclude_panel(panel=panel, awards={}, by=city.by, at=at + timedelta(days=1))


def _review(review: Review, feeling: int, row: shapes.Competition) -> None:
    """An expert's points: what they feel of the entry, a point more or less from criterion to criterion."""
    criteria = judged.criteria_of(review.juror.panel)
    points = {
        one.pk: max(1, min(5, feeling + (review.entry_id + place + review.juror_id) % 2))
        for place, one in enumerate(criteria)
    }
    language = review.entry.language
    juries.send_review(
        review=review,
        scores=points,
        to_author=row.to_author.words[language],
        to_jury="",
        version=review.version,
        by=review.juror.user,
        at=review.asked_at + timedelta(days=10),
    )


def _rank(
    city: City,
    panel: Panel,
    row: shapes.Competition,
    quality: dict[int, int],
    why: dict[int, Text],
) -> None:
    before = judged.earlier_panel(panel)
    ranking = judged.newest_ranking(before) if before is not None else None
    assert ranking is not None
    best = [
        int(one["entry"][1:]) for one in ranking.result["standings"] if one["rank"] <= FINALISTS
    ]
    at = ranking.at + timedelta(days=3)
    juries.choose_finalists(
        panel=panel, entries=Entry.objects.filter(pk__in=best), by=city.by, at=at
    )
    people = [storyteller(name) for name in row.jury]
    for person in people:
        juries.add_juror(panel=panel, user=person, by=city.by, at=at)
    juries.open_panel(panel=panel, by=city.by, at=at)
    order = sorted(best, key=lambda key: -quality[key])
    # One member of the jury sees the first two the other way round.
    orders = [order] * (len(people) - 1) + [[order[1], order[0], *order[2:]]]
    for person, one in zip(people, orders, strict=True):
        juries.place_finalists(panel=panel, order=one, by=person, at=at + timedelta(days=7))
    juries.lock_panel(panel=panel, by=city.by, at=panel.due_at)
    _compute(city, panel, panel.due_at)
    winners = list(Entry.objects.filter(pk__in=best).filter(pk__in=why))
    juries.conclude_panel(
        panel=panel,
        awards={entry: row.award.words[entry.language] for entry in winners},
        citations={entry: why[entry.pk].words[entry.language] for entry in winners},
        by=city.by,
        at=panel.due_at + timedelta(days=1),
    )
    for entry in winners:
        entry.refresh_from_db()
        _translate_award(city, entry, row, why[entry.pk])


def _translate_award(city: City, entry: Entry, row: shapes.Competition, why: Text) -> None:
    at = at_noon(date(2026, 9, 1))
    add_translations(entry, {"award": row.award, "citation": why}, city.by, at)


def _never(work_done: float = 0) -> bool:
    return False


def _silent(share: float, message: str = "") -> None:
    """Nobody watches."""


def _compute(city: City, panel: Panel, at: datetime) -> None:
    """Let the engine rank at once: the demo waits for no worker."""
    digest, problem = judged.judged_digest(panel), judged.problem_of(panel)
    asked = {"panel": panel.pk, "digest": digest, "problem": problem}
    run = runs.start(kind="juries.rank", problem=asked, owner=city.by, at=at)
    runs.begin(run=run.pk, at=at)
    with override("en"):
        result = ranked(panel, json.dumps(problem), _never, _silent)
    juries.keep_ranking(panel=panel, run=run, result=result, digest=digest, at=at)
    runs.finish(run=run, result=result, was_cancelled=False, at=at)


def _answer(city: City, entry: Entry, row: shapes.Competition, *, is_winner: bool) -> None:
    text, at = row.accepted if is_winner else row.refused, at_noon(date(2026, 9, 1))
    answer = actions.answer_entry(
        entry=entry,
        outcome="accepted" if is_winner else "refused",
        text=text.words["en"],
        language="en",
        version=entry.version,
        by=city.by,
        at=at,
    )
    add_translations(answer, {"text": text}, city.by, at)


def _share(city: City, row: shapes.Call) -> None:
    """Each city decides its own share; what all have decided is answered."""
    call = _begun(city, row, "joint")
    at = _ends(call) + timedelta(days=20)
    for one in row.entries:
        entry = _sent(city, call, one)
        for share in one.shares:
            actions.decide_share(
                entry=entry,
                city=city.organisations[share.city],
                language=one.language,
                by=_speaker(city, share.city),
                at=at,
                outcome=share.outcome,
                amount_eur=share.amount,
                text=share.text,
            )
        if one.answer is not None:
            answer = actions.answer_entry(
                entry=entry,
                outcome=one.outcome,
                text=one.answer.words["en"],
                language="en",
                version=entry.version,
                by=city.by,
                at=at + timedelta(days=21),
            )
            add_translations(answer, {"text": one.answer}, city.by, at)


def _speaker(city: City, key: str) -> User:
    """Somebody who decides for a city in the demo."""
    person = storyteller(f"{city.organisations[key].name} Demo")
    grant_role(user=person, role=Role.REVIEWER, by=None, at=JOINED)
    join(organisation=city.organisations[key], user=person, by=None, at=JOINED)
    return person
