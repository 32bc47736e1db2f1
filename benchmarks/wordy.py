"""A city whose ideas say something: words drawn as in a language, a few very often and most seldom."""

import random
import statistics
import time
from functools import cache

import city
import postgresql
from django.utils import timezone

from vuoksi.loop.calls import actions, queries
from vuoksi.loop.calls.models import Entry

SYLLABLES = [
    "ka",
    "lo",
    "mi",
    "ter",
    "sun",
    "vei",
    "rak",
    "pol",
    "ky",
    "nen",
    "sta",
    "lin",
    "gor",
    "del",
]
LANGUAGES = ("fi", "sv", "en")
WORDS, IN_TITLE, IN_TEXT = 6_000, 6, 60
WARM = 10


def measure(ideas: int, asked: int) -> None:
    """Print a line: seconds to keep all words, again, after ten changes; milliseconds of a question."""
    chance = random.Random(1)
    city.build(
        ideas,
        lambda _n: (_text(chance, IN_TITLE), _text(chance, IN_TEXT), chance.choice(LANGUAGES)),
    )
    postgresql.analyse()
    first, again = _kept(), _kept()
    for row in Entry.objects.order_by("pk")[:10]:
        Entry.objects.filter(pk=row.pk).update(summary=_text(chance, IN_TEXT))
    ten = _kept()
    times = sorted([_asked(chance, n) for n in range(asked + WARM)][WARM:])
    p50, p95 = statistics.median(times), times[int(len(times) * 0.95)]
    print(f"{ideas:7,} {first:8.2f} {again:8.2f} {ten:8.2f} {p50:8.1f} {p95:8.1f}", flush=True)


def _kept() -> float:
    start = time.perf_counter()
    actions.refresh_compared(at=timezone.now())
    return time.perf_counter() - start


def _asked(chance: random.Random, number: int) -> float:
    draft = queries.Draft(_text(chance, IN_TITLE), _text(chance, IN_TEXT), LANGUAGES[number % 3])
    start = time.perf_counter()
    queries.similar_to(draft)
    return (time.perf_counter() - start) * 1000


def _text(chance: random.Random, words: int) -> str:
    """Words by their rank, each as likely as Zipf's law has it."""
    return " ".join(_word(int(WORDS ** chance.random())) for _ in range(words))


@cache
def _word(rank: int) -> str:
    own = random.Random(rank)
    return "".join(own.choice(SYLLABLES) for _ in range(own.randint(2, 4)))
