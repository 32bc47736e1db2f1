from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.core import signing
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localtime

from vuoksi.base.audit.models import AuditEntry
from vuoksi.base.notices.models import Digest, Letter, News, Notice, Preference, Silence, WeeklyDay
from vuoksi.base.people.models import User
from vuoksi.base.talk.models import Follow
from vuoksi.base.texts.queries import attach, text_fields

Ref = tuple[int, str]
# Under this key a detail of a notice keeps a thing that its sentence names.
NAMED = "named"

# A notice that was not mailed within this time is old news; it stays on the site.
MAIL_WITHIN = timedelta(days=7)
# The weekly e-mail may be a few hours later than a week after the last.
WEEKLY_WITHIN = timedelta(days=8)
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
    refs += [(int(kind), str(key)) for kind, key in notice.chain]
    return refs + list(named_in(notice).values())


def named_in(notice: News) -> dict[str, Ref]:
    """The things that the details of a notice name, by detail."""
    return {
        name: (int(detail[NAMED][0]), str(detail[NAMED][1]))
        for name, detail in notice.details.items()
        if isinstance(detail, dict) and NAMED in detail
    }


def things(refs: Iterable[Ref]) -> dict[Ref, Model]:
    """Give the things by their kind and key, with their texts and what their addresses name (`ADDRESS_OF`).

    As many queries a kind, whatever the number of things. What was deleted is missing.
    """
    keys: dict[int, set[str]] = defaultdict(set)
    for kind, key in refs:
        keys[kind].add(key)
    found: dict[Ref, Model] = {}
    for kind, wanted in keys.items():
        model = ContentType.objects.get_for_id(kind).model_class()
        # The table of a kind that the platform no longer knows stays behind without a model.
        if model is None:
            continue
        needed = getattr(model, "ADDRESS_OF", ())
        rows = list(model._default_manager.filter(pk__in=wanted).prefetch_related(*needed))
        if rows and text_fields(rows[0]):
            attach(rows)
        found.update({(kind, str(row.pk)): row for row in rows})
    return found


def weekday_of(user: User) -> int:
    """The day of the week (Monday: 0) on which a person gets the weekly e-mail."""
    found = WeeklyDay.objects.filter(user=user).first()
    return WeeklyDay.Day.MONDAY if found is None else found.weekday


def to_mail_at_once(at: datetime) -> QuerySet[Notice]:
    """Notices that their readers want by e-mail as soon as they are written."""
    wanted = Preference.objects.filter(
        user=OuterRef("user"), kind=OuterRef("kind"), way=Preference.Way.AT_ONCE
    )
    return _unmailed(at, MAIL_WITHIN).filter(Exists(wanted)).order_by("at", "pk")


def told_about(thing: Model) -> QuerySet[Notice]:
    """Who was told what of `thing` and when, newest first."""
    return Notice.objects.filter(**_about(thing)).select_related("user").order_by("-at", "-pk")


def letters_about(thing: Model) -> QuerySet[Letter]:
    """What went to people without an account."""
    return Letter.objects.filter(**_about(thing)).order_by("-at", "-pk")


def tellings_of(thing: Model) -> list[AuditEntry]:
    """Each time that people were told of `thing`, from the audit trail: it stays when people and notices are gone."""
    rows = AuditEntry.objects.filter(verb__startswith="notices.", **_about(thing))
    return [row for row in rows.order_by("-at", "-pk") if {"told", "letters"} & row.details.keys()]


def waits_to_tell(thing: Model, kind: str, at: datetime) -> QuerySet[Notice]:
    """Notices of this kind about `thing` that nobody has read, and that a letter may still bring."""
    return _unmailed(at, MAIL_WITHIN).filter(kind=kind, **_about(thing))


def follows_of(user: User) -> list[tuple[Follow, Model | None]]:
    """What a person follows, newest first, each with the thing if it is still there."""
    rows = list(Follow.objects.filter(user=user).order_by("-at", "-pk"))
    found = things((row.content_type_id, row.object_id) for row in rows)
    return [(row, found.get((row.content_type_id, row.object_id))) for row in rows]


def _to_mail(at: datetime) -> QuerySet[Notice]:
    """What goes into the digest of the day: daily kinds, and weekly ones for those whose day it is."""
    ways = Preference.objects.filter(user=OuterRef("user"), kind=OuterRef("kind"))
    weekly = Exists(ways.filter(way=Preference.Way.WEEKLY))
    other = Exists(ways.exclude(way__in=[Preference.Way.DIGEST, Preference.Way.WEEKLY]))
    weekday = localtime(at).weekday()
    chosen = WeeklyDay.objects.filter(user=OuterRef("user"))
    is_the_day = Q(Exists(chosen.filter(weekday=weekday)))
    if weekday == WeeklyDay.Day.MONDAY:
        is_the_day |= Q(~Exists(chosen))
    daily = ~Q(weekly) & Q(at__gt=at - MAIL_WITHIN)
    return _unmailed(at, WEEKLY_WITHIN).filter(~other, daily | Q(weekly & is_the_day))


def _unmailed(at: datetime, within: timedelta) -> QuerySet[Notice]:
    return Notice.objects.filter(mailed_at=None, read_at=None, at__gt=at - within, at__lte=at)
