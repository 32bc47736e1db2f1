from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from hashlib import sha256
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet
from django.utils.timezone import make_aware

from vuoksi.base.people.models import User
from vuoksi.base.people.rules import Person, is_city_staff
from vuoksi.base.texts.queries import in_language
from vuoksi.loop.experiments.participants.engine import Asked, published_count
from vuoksi.loop.experiments.participants.models import (
    Invitation,
    Key,
    Participant,
    Question,
    Recruitment,
)
from vuoksi.loop.experiments.plans.models import Experiment
from vuoksi.loop.experiments.testbeds.rules import memberships_of

IN_TRIAL = ("joined", "completed", "no_show")
# Those who have left, by their own will or by not answering.
GONE = ("withdrawn", "lapsed")
# Those who have come and do not take part yet.
WITHOUT_A_PLACE = ("applied", "waiting", "offered")
# The states in which an experiment still takes people in.
TAKES_IN = frozenset({Experiment.State.DRAFT, Experiment.State.RUNNING})


def recruitment_page(slug: str) -> Recruitment | None:
    rows = Recruitment.objects.select_related("experiment__owner", "experiment__testbed")
    return rows.filter(experiment__slug=slug).first()


def public_recruitments(user: Person | None = None) -> QuerySet[Recruitment]:
    """What is or was open; the team sees what it prepares as well."""
    seen = ~Q(state=Recruitment.State.DRAFT)
    if user is not None and is_city_staff.test(user):
        seen |= Q(experiment__owner__in=memberships_of(user))
    return Recruitment.objects.filter(seen).select_related(
        "experiment__owner", "experiment__testbed"
    )


def is_open(recruitment: Recruitment, today: date) -> bool:
    """Whether somebody can join on the day: it is open, its last day is not over, and the experiment has not ended."""
    is_over = recruitment.closes_on is not None and recruitment.closes_on < today
    goes_on = recruitment.experiment.state in TAKES_IN
    return recruitment.state == Recruitment.State.OPEN and goes_on and not is_over


def over_recruitments(today: date) -> QuerySet[Recruitment]:
    """Those that are open in name alone: their last day is over, or the experiment has ended."""
    is_over = Q(closes_on__lt=today) | ~Q(experiment__state__in=TAKES_IN)
    rows = Recruitment.objects.filter(is_over, state=Recruitment.State.OPEN)
    return rows.select_related("experiment").order_by("pk")


def recruitment_of(experiment: Experiment) -> Recruitment | None:
    return Recruitment.objects.filter(experiment=experiment).first()


def questions_of(recruitment: Recruitment) -> QuerySet[Question]:
    return recruitment.questions.order_by("position")


def asked_of(questions: Iterable[Question]) -> list[Asked]:
    return [Asked(one.pk, frozenset(one.qualifying)) for one in questions]


def choices_in(question: Question) -> list[str]:
    """The answers in the reader's language; a translation with another number of lines is not used."""
    original = lines(question.choices)
    shown = lines(str(in_language(question, "choices")))
    return shown if len(shown) == len(original) else original


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def places_free(recruitment: Recruitment) -> int:
    """Places that go to whoever comes next; a waiting list comes first."""
    if recruitment.participants.filter(state=Participant.State.WAITING).exists():
        return 0
    return max(recruitment.capacity - recruitment.places.count(), 0)


def next_waiting(recruitment: Recruitment) -> Participant | None:
    waiting = recruitment.participants.filter(state=Participant.State.WAITING)
    return waiting.order_by("joined_at", "pk").first()


def overdue(at: datetime) -> QuerySet[Participant]:
    """Those who did not take an offered place in time, or whose guardian did not answer in time."""
    offered = Q(state=Participant.State.OFFERED, offer_ends_at__lte=at)
    asked = Q(state=Participant.State.APPLIED, key__guardian_expires_at__lte=at)
    rows = Participant.objects.filter(offered | asked)
    return rows.select_related("recruitment").order_by("pk")


def waited_for_in_vain() -> QuerySet[Recruitment]:
    """Recruitments of experiments that have ended, in which somebody still waits for a place."""
    waiting = Participant.objects.filter(state__in=WITHOUT_A_PLACE).values("recruitment")
    rows = Recruitment.objects.filter(pk__in=waiting).exclude(experiment__state__in=TAKES_IN)
    return rows.order_by("pk")


def without_a_place(recruitment: Recruitment) -> QuerySet[Participant]:
    """Those who have come and do not take part yet."""
    return recruitment.participants.filter(state__in=WITHOUT_A_PLACE).order_by("joined_at", "pk")


def has_left(participant: Participant) -> bool:
    """Whether they have withdrawn or let the time go by, as it stands now and not as it was read."""
    return Participant.objects.filter(pk=participant.pk, state__in=GONE).exists()


def free_number(recruitment: Recruitment) -> int | None:
    """The lowest number of a place that nobody holds."""
    taken = set(recruitment.places.values_list("number", flat=True))
    numbers = range(1, recruitment.capacity + 1)
    return next((number for number in numbers if number not in taken), None)


def counts_of(recruitment: Recruitment) -> dict[str, int]:
    """How many participants are in each state, every state named."""
    rows = recruitment.participants.order_by().values_list("state").annotate(n=Count("pk"))
    found = dict(rows)
    return {state: found.get(state, 0) for state in Participant.State.values}


def public_numbers(recruitment: Recruitment) -> dict[str, int | None]:
    """What everybody may know: places, and how many take part, if that is not fewer than five."""
    counts = counts_of(recruitment)
    taking_part = sum(counts[state] for state in IN_TRIAL)
    return {"capacity": recruitment.capacity, "taking_part": published_count(taking_part)}


def digest_of(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def invitation_by_digest(digest: str) -> Invitation | None:
    rows = Invitation.objects.select_related("recruitment__experiment")
    return rows.filter(digest=digest).first()


def links_sent_since(email: str, since: datetime) -> int:
    return Invitation.objects.filter(email=email, created_at__gt=since, invited_by=None).count()


def key_of_person(recruitment: Recruitment, email: str, user: User | None) -> Key | None:
    """The key of somebody who takes part or waits already; those who left may come again."""
    same = Q(email__iexact=email) | (Q(user=user) if user is not None else Q(pk=None))
    rows = Key.objects.filter(same, participant__recruitment=recruitment)
    return rows.exclude(participant__state__in=GONE).first()


def keys_of(user: User) -> QuerySet[Key]:
    """The keys of a person: by account, or by the same address without one; as a guardian too."""
    mine = Q(user=user) | Q(email__iexact=user.email) | Q(guardian_email__iexact=user.email)
    rows = Key.objects.filter(mine).select_related("participant__recruitment__experiment")
    return rows.order_by("pk")


def keys_about(user: User) -> QuerySet[Key]:
    """Those in which the person takes part themselves: by account, or by the same address without one."""
    return Key.objects.filter(Q(user=user) | Q(email__iexact=user.email)).order_by("pk")


def accounts_of(key: Key) -> QuerySet[User]:
    """The accounts whose copy of their data tells of this key: the person's and the guardian's."""
    same = Q(pk=key.user_id) | Q(email__iexact=key.email)
    if key.guardian_email:
        same |= Q(email__iexact=key.guardian_email)
    return User.objects.filter(same)


def codes_about(user: User) -> list[tuple[int, str]]:
    """The experiments (by key) and codes under which something may have been gathered about the person."""
    rows = keys_about(user).values_list("participant__recruitment__experiment", "participant__code")
    return list(rows)


def own_keys(user: User) -> QuerySet[Key]:
    """Those in which the person takes part themselves, with this account."""
    rows = Key.objects.filter(user=user).select_related("participant__recruitment__experiment")
    return rows.order_by("-participant__joined_at", "pk")


def key_by_digest(digest: str) -> Key | None:
    rows = Key.objects.select_related("participant__recruitment__experiment")
    return rows.filter(digest=digest).first()


def key_by_guardian(digest: str) -> Key | None:
    rows = Key.objects.select_related("participant__recruitment__experiment")
    return rows.filter(guardian_digest=digest).first() if digest else None


def participant_page(page: UUID) -> Participant | None:
    rows = Participant.objects.select_related("recruitment__experiment__owner", "key")
    return rows.filter(page=page).first()


def participant_in(
    recruitment: Recruitment, user: Person, pages: Iterable[str]
) -> Participant | None:
    """Who takes part or waits with this account, or whose own page is one of `pages`."""
    mine = Q(page__in=list(pages))
    if user.is_authenticated:
        mine |= Q(key__user=user.pk)
    rows = recruitment.participants.filter(mine, key__isnull=False).exclude(state__in=GONE)
    return rows.order_by("pk").first()


def participants_of(recruitment: Recruitment) -> QuerySet[Participant]:
    return recruitment.participants.order_by("joined_at", "pk")


def persons_of(recruitment: Recruitment) -> Sequence[Key]:
    rows = Key.objects.filter(participant__recruitment=recruitment).select_related("participant")
    return list(rows.order_by("participant__joined_at", "pk"))


def with_keys_or_answers() -> QuerySet[Recruitment]:
    """Recruitments that still keep who somebody is or what they answered, and do not run: ended, or never begun."""
    rows = Recruitment.objects.filter(
        Q(participants__key__isnull=False) | Q(surveys__responses__isnull=False)
    ).exclude(experiment__state=Experiment.State.RUNNING)
    return rows.select_related("experiment").distinct().order_by("pk")


def over_since(recruitment: Recruitment) -> datetime:
    """When the experiment ended; of one that has not begun, the last sign that it would.

    Such a sign is a day of its plan or of its recruitment that was to come, or that somebody joined.
    """
    experiment = recruitment.experiment
    if experiment.ended_at is not None:
        return experiment.ended_at
    days = (experiment.ends_on or experiment.starts_on, recruitment.closes_on)
    moved = recruitment.participants.aggregate(newest=Max("changed_at"))["newest"]
    planned = [make_aware(datetime.combine(day, time.min)) for day in days if day is not None]
    return max([*planned, *(sign for sign in (moved, recruitment.opened_at) if sign is not None)])
