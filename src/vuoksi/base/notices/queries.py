from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, Model, OuterRef, QuerySet

from vuoksi.base.notices.models import Digest, Notice, Preference
from vuoksi.base.people.models import User
from vuoksi.base.texts.queries import attach, text_fields

Ref = tuple[int, str]

# A notice that was not mailed within this time is old news; it stays on the site.
MAIL_WITHIN = timedelta(days=7)


def unread_count(user: User | AnonymousUser) -> int:
    return Notice.objects.filter(user=user, read_at=None).count() if user.is_authenticated else 0


def notices_of(user: User) -> QuerySet[Notice]:
    """All notices of a person, newest first."""
    return Notice.objects.filter(user=user).order_by("-at", "-pk")


def ways_of(user: User) -> dict[str, str]:
    """How a person wants to hear of each kind, where they have said so."""
    return dict(Preference.objects.filter(user=user).values_list("kind", "way"))


def to_mail(user: User, at: datetime) -> QuerySet[Notice]:
    """What the next digest tells: unread, not mailed, of a kind that the person wants by e-mail."""
    return _to_mail(at).filter(user=user).order_by("at", "pk")


def people_to_mail(at: datetime, day: date) -> QuerySet[User]:
    """People who have something to be mailed and got no digest on `day`."""
    sent = Digest.objects.filter(user=OuterRef("pk"), day=day, sent_at__isnull=False)
    waiting = _to_mail(at).filter(user=OuterRef("pk"))
    people = User.objects.filter(is_active=True).exclude(email="")
    return people.filter(~Exists(sent), Exists(waiting)).order_by("pk")


def refs_of(notice: Notice) -> list[Ref]:
    """Every thing that a notice names."""
    refs = [(notice.content_type_id, notice.object_id)]
    if notice.because_type_id is not None:
        refs.append((notice.because_type_id, notice.because_id))
    return refs + [(int(kind), str(key)) for kind, key in notice.chain]


def things(refs: Iterable[Ref]) -> dict[Ref, Model]:
    """Give the things by their kind and key, with their texts; two queries a kind. What was deleted is missing."""
    keys: dict[int, set[str]] = defaultdict(set)
    for kind, key in refs:
        keys[kind].add(key)
    found: dict[Ref, Model] = {}
    for kind, wanted in keys.items():
        model = ContentType.objects.get_for_id(kind).model_class()
        # The table of a kind that the platform no longer knows stays behind without a model.
        if model is None:
            continue
        rows = list(model._default_manager.filter(pk__in=wanted))
        if rows and text_fields(rows[0]):
            attach(rows)
        found.update({(kind, str(row.pk)): row for row in rows})
    return found


def _to_mail(at: datetime) -> QuerySet[Notice]:
    unwanted = Preference.objects.filter(user=OuterRef("user"), kind=OuterRef("kind")).exclude(
        way=Preference.Way.DIGEST
    )
    return Notice.objects.filter(
        ~Exists(unwanted), mailed_at=None, read_at=None, at__gt=at - MAIL_WITHIN, at__lte=at
    )
