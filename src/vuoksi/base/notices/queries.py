from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.core import signing
from django.db.models import Exists, Model, OuterRef, QuerySet
from django.urls import reverse

from vuoksi.base.notices.models import Digest, Letter, News, Notice, Preference, Silence
from vuoksi.base.people.models import User
from vuoksi.base.texts.queries import attach, text_fields

Ref = tuple[int, str]

# A notice that was not mailed within this time is old news; it stays on the site.
MAIL_WITHIN = timedelta(days=7)
_LETTERS = signing.Signer(salt="vuoksi.base.notices.letters")


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


def is_silent(thing: Model) -> bool:
    return Silence.objects.filter(**_about(thing)).exists()


def letters_to_send(at: datetime) -> QuerySet[Letter]:
    """What is not settled yet and no old news, whether somebody is sending it now or not."""
    return Letter.objects.filter(settled_at=None, at__gt=at - MAIL_WITHIN, at__lte=at).order_by(
        "at", "pk"
    )


def letters_page(thing: Model) -> str:
    """The address of the page where letters about `thing` are stopped: it works for whoever has it."""
    token = _LETTERS.sign_object([thing._meta.label_lower, str(thing.pk)])
    return settings.SITE_URL + reverse("notices:letters", args=[token])


def stop_headers(stop_url: str) -> dict[str, str]:
    """What lets a mail program offer its own button to stop the letters (RFC 8058)."""
    return {
        "List-Unsubscribe": f"<{stop_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def thing_behind(token: str) -> Model | None:
    """Give the thing whose letters the page of this token is about."""
    try:
        label, key = _LETTERS.unsign_object(token)
    except signing.BadSignature:
        return None
    thing: Model | None = apps.get_model(label)._default_manager.filter(pk=key).first()
    return thing


def _about(thing: Model) -> dict[str, Any]:
    return {"content_type": ContentType.objects.get_for_model(thing), "object_id": str(thing.pk)}


def refs_of(notice: News) -> list[Ref]:
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
