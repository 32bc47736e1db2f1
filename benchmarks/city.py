"""A city of any size for benchmarks: one call, its ideas with supports, one experiment. Written in bulk, not by actions."""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.contrib.contenttypes.models import ContentType

from vuoksi.base.people.models import User
from vuoksi.base.talk.models import Support
from vuoksi.loop.calls.models import Call, Entry, Phase
from vuoksi.loop.experiments.plans.models import Experiment

START = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
PEOPLE = 50
Texts = tuple[str, str, str]


def plain(n: int) -> Texts:
    """Title, text and language of an idea that need say nothing."""
    return f"Idea number {n}", "A paragraph of plain words. " * 10, "en"


def build(entries: int, texts: Callable[[int], Texts] = plain) -> None:
    """Write a city with this many ideas, whose words are those of `texts`."""
    people = User.objects.bulk_create(
        User(email=f"p{n}@example.org", name=f"Person {n}", date_joined=START)
        for n in range(PEOPLE)
    )
    call = Call.objects.create(
        slug="bench",
        language="en",
        title="Call",
        summary="Call",
        entrants="anybody",
        state="published",
        published_at=START,
    )
    Phase.objects.create(
        call=call, kind="entry", opens_at=START, closes_at=START + timedelta(days=3650)
    )
    rows = Entry.objects.bulk_create(
        (_entry(call, n, people[n % PEOPLE], texts(n)) for n in range(entries)), batch_size=500
    )
    _support(rows, people)
    experiment = Experiment.objects.create(
        slug="bench",
        language="en",
        title="Experiment",
        summary="s",
        state="running",
        frozen_digest="0" * 64,
        frozen_text="{}",
        frozen_at=START,
        created_at=START,
    )
    experiment.entries.add(rows[0])


def _entry(call: Call, n: int, author: User, texts: Texts) -> Entry:
    at = START + timedelta(minutes=n)
    title, summary, language = texts
    return Entry(
        call=call,
        language=language,
        title=title,
        summary=summary,
        author=author,
        state=("submitted", "accepted", "refused")[n % 3],
        key=uuid.uuid4(),
        created_at=at,
        edited_at=at,
        submitted_at=at,
    )


def _support(rows: list[Entry], people: list[User]) -> None:
    kind = ContentType.objects.get_for_model(Entry)
    Support.objects.bulk_create(
        (
            Support(content_type=kind, object_id=str(row.pk), user=people[k], at=START)
            for n, row in enumerate(rows)
            for k in range(n % 4)
        ),
        batch_size=500,
    )
