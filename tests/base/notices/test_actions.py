from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.contenttypes.models import ContentType

from tests.factories.notices import NoticeFactory
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import UserFactory
from tests.factories.places import FinnishPlaceFactory
from tests.factories.talk import CommentFactory, FollowFactory, SupportFactory
from vuoksi.base.audit.models import AuditEntry
from vuoksi.base.notices import actions, kinds, links
from vuoksi.base.notices.models import Notice, Preference
from vuoksi.base.notices.queries import unread_count, ways_of

AT = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
DAY = date(2026, 5, 4)
pytestmark = pytest.mark.django_db


def ref(thing):
    return [ContentType.objects.get_for_model(thing).pk, str(thing.pk)]


def test_everyone_upstream_is_told_with_what_ties_them_and_the_chain(opened):
    owner = OrganisationFactory()
    place = FinnishPlaceFactory(name="Kera", owner=owner)
    author = UserFactory(name="Author of Kera")
    supporter = SupportFactory(thing=owner).user
    commenter = CommentFactory(thing=place).author

    told = actions.tell_upstream(kind=opened, thing=place, by=None, at=AT, note="Come!")

    assert told == 3
    assert {n.user: (n.tie, n.because, n.chain) for n in Notice.objects.all()} == {
        author: ("wrote", place, [ref(place)]),
        commenter: ("comment", place, [ref(place)]),
        supporter: ("support", owner, [ref(owner), ref(place)]),
    }
    assert AuditEntry.objects.get().details == {"told": 3}


def test_each_is_told_once_by_the_nearest_and_strongest_tie(opened):
    owner = OrganisationFactory()
    place = FinnishPlaceFactory(name="Kera", owner=owner)
    author = UserFactory(name="Author of Kera")
    for factory, thing in [(SupportFactory, owner), (FollowFactory, place)]:
        factory(thing=thing, user=author)

    actions.tell_upstream(kind=opened, thing=place, by=None, at=AT)

    assert [(n.user, n.tie, n.because) for n in Notice.objects.all()] == [(author, "wrote", place)]


def test_who_did_it_who_is_gone_and_who_wants_silence_are_not_told(opened):
    place = FinnishPlaceFactory(name="Kera")
    doer = FollowFactory(thing=place).user
    silent = FollowFactory(thing=place).user
    FollowFactory(thing=place, user__is_active=False)
    UserFactory(name="Author of Kera", is_active=False)
    actions.set_preference(user=silent, kind=opened.key, way="nothing", at=AT)

    assert actions.tell_upstream(kind=opened, thing=place, by=doer, at=AT) == 0


def test_upstream_is_walked_once_even_in_a_circle(monkeypatch):
    owner = OrganisationFactory()
    place = FinnishPlaceFactory(owner=owner)
    monkeypatch.setitem(links._upstream, type(owner), [lambda _owner: [place]])

    assert links.everything_upstream(place) == [place, owner]


def test_a_kind_stands_once(opened):
    with pytest.raises(ValueError, match="stands twice"):
        kinds.kind(opened.key, "x", "y")


def test_reading_one_and_all():
    user, place = UserFactory(), FinnishPlaceFactory()
    first, *_rest = NoticeFactory.create_batch(3, user=user, thing=place)
    NoticeFactory(thing=place)
    assert unread_count(user) == 3

    actions.mark_read(user=user, notice=first, at=AT)
    assert unread_count(user) == 2

    actions.mark_read(user=user, at=AT)
    actions.mark_read(user=user, at=AT)
    assert unread_count(user) == 0
    assert Notice.objects.filter(read_at=None).count() == 1
    assert AuditEntry.objects.count() == 2


def test_only_what_changes_is_kept_of_settings():
    user = UserFactory()
    ways = {"talk.comment_answered": "digest", "talk.comment_written": "app"}

    actions.set_preferences(user=user, ways=ways, at=AT)
    actions.set_preferences(user=user, ways=ways, at=AT)

    assert ways_of(user) == {"talk.comment_written": "app"}
    assert AuditEntry.objects.count() == 1
    actions.set_preferences(user=user, ways={"talk.comment_written": "digest"}, at=AT)
    assert ways_of(user) == {"talk.comment_written": "digest"}
    assert Preference.objects.count() == 1


def test_a_digest_is_claimed_by_one_sender_and_again_when_that_one_has_died():
    user = UserFactory()
    notice = NoticeFactory(user=user, thing=FinnishPlaceFactory())
    later = AT + actions.CLAIM_HOLDS

    assert actions.claim_digest(user=user, day=DAY, at=AT) == [notice]
    assert actions.claim_digest(user=user, day=DAY, at=later - timedelta(seconds=1)) is None
    assert actions.claim_digest(user=user, day=DAY, at=later) == [notice]


def test_a_sent_digest_is_never_claimed_again():
    user = UserFactory()
    notice = NoticeFactory(user=user, thing=FinnishPlaceFactory())
    actions.claim_digest(user=user, day=DAY, at=AT)

    actions.settle_digest(user=user, day=DAY, notices=[notice], at=AT)

    notice.refresh_from_db()
    assert notice.mailed_at == AT
    assert actions.claim_digest(user=user, day=DAY, at=AT + timedelta(hours=5)) is None


def test_a_comment_on_what_was_deleted_tells_nobody():
    place = FinnishPlaceFactory()
    comment = CommentFactory(thing=place)
    place.delete()
    comment.refresh_from_db()

    assert actions.tell_of_comment(comment=comment, at=AT) == 0
