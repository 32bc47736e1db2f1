from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Model, QuerySet

from vuoksi.base.people.models import User
from vuoksi.base.talk.models import AboutThing, Comment, Follow, Support


def comments_on(thing: Model, *, anchor: str | None = None) -> QuerySet[Comment]:
    """What was said about `thing`, oldest first; hidden comments stay, as a line that says why."""
    found = (
        Comment.objects.filter(**_about(thing))
        .select_related("author")
        .order_by("written_at", "pk")
    )
    return found if anchor is None else found.filter(anchor=anchor)


def supports_of(things: Iterable[Model]) -> dict[str, int]:
    """Number of supports by primary key (as text) of things of one kind, in one query."""
    return _counts(Support, things)


def comment_counts(things: Iterable[Model]) -> dict[str, int]:
    return _counts(Comment, things)


def does_support(user: User | AnonymousUser, thing: Model) -> bool:
    return user.is_authenticated and Support.objects.filter(user=user, **_about(thing)).exists()


def does_follow(user: User | AnonymousUser, thing: Model) -> bool:
    return user.is_authenticated and Follow.objects.filter(user=user, **_about(thing)).exists()


def people_behind(things: Iterable[Model]) -> QuerySet[User]:
    """Supporters, followers and commenters of things of any kinds."""
    ids: set[int] = set()
    for thing in things:
        about = _about(thing)
        ids.update(Support.objects.filter(**about).values_list("user_id", flat=True))
        ids.update(Follow.objects.filter(**about).values_list("user_id", flat=True))
        ids.update(Comment.objects.filter(**about).values_list("author_id", flat=True))
    return User.objects.filter(pk__in=ids, is_active=True)


def _about(thing: Model) -> dict[str, object]:
    return {"content_type": ContentType.objects.get_for_model(thing), "object_id": str(thing.pk)}


def _counts(model: type[AboutThing], things: Iterable[Model]) -> dict[str, int]:
    rows = list(things)
    if not rows:
        return {}
    kind = ContentType.objects.get_for_model(rows[0])
    found = model._default_manager.filter(
        content_type=kind, object_id__in=[str(row.pk) for row in rows]
    )
    return dict(found.values_list("object_id").annotate(n=Count("pk")))
