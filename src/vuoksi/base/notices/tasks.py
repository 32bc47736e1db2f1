"""E-mail: at once, once a day or once a week, as each person wants it; letters at once to those without an account."""

import logging
from datetime import date, datetime

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.mail import EmailMessage
from django.db.models import Model
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext, ngettext

from vuoksi.base.notices import actions, queries
from vuoksi.base.notices.kinds import Said, in_words, name_of
from vuoksi.base.notices.links import Correspondent, reachable
from vuoksi.base.notices.models import Letter, Notice
from vuoksi.base.people import post
from vuoksi.base.people.models import User
from vuoksi.base.runs.ticks import every_tick
from vuoksi.base.talk.about import about

logger = logging.getLogger(__name__)

# Local time from which the day's digest goes out.
DIGEST_HOUR = 7


@every_tick
def send_digests(at: datetime) -> int:
    """Send what is due at `at`; give the number of e-mails. What fails is tried again at a later tick."""
    here = timezone.localtime(at)
    if here.hour < DIGEST_HOUR:
        return 0
    people = queries.people_to_mail(at, here.date())
    return sum(_send(user, here.date(), at) for user in people)


@every_tick
def send_letters(at: datetime) -> int:
    """Send the letters that wait; give the number of e-mails. News about one thing of one's own go in one e-mail."""
    groups: dict[queries.Ref, list[Letter]] = {}
    for letter in actions.claim_letters(at=at):
        ref = (letter.because_type_id or 0, letter.because_id)
        groups.setdefault(ref, []).append(letter)
    return sum(_write(letters, at) for letters in groups.values())


@every_tick
def send_at_once(at: datetime) -> int:
    """Send what people want to hear at once; give the number of e-mails. News that wait together go in one."""
    groups: dict[int, list[Notice]] = {}
    for notice in actions.claim_at_once(at=at):
        groups.setdefault(notice.user_id, []).append(notice)
    return sum(_send_now(notices, at) for notices in groups.values())


def _send_now(notices: list[Notice], at: datetime) -> bool:
    user = notices[0].user
    try:
        post.send(_letter(user, f"news-{notices[0].pk}", notices))
    except post.NotSent:
        logger.exception("news to person %s were not sent", user.pk)
        return False
    actions.settle_at_once(user=user, notices=notices, at=at)
    return True


def _write(letters: list[Letter], at: datetime) -> bool:
    mine = letters[0].because
    reader = reachable(mine) if isinstance(mine, Model) else None
    if reader is None or not isinstance(mine, Model):
        actions.settle_letters(letters=letters, is_sent=False, at=at)
        return False
    try:
        post.send(_news_letter(reader, mine, letters))
    except post.NotSent:
        logger.exception("a letter about %s %s was not sent", mine._meta.label, mine.pk)
        return False
    actions.settle_letters(letters=letters, is_sent=True, at=at)
    return True


def _news_letter(reader: Correspondent, mine: Model, letters: list[Letter]) -> EmailMessage:
    spoken = reader.language if reader.language in dict(settings.LANGUAGES) else None
    stop_url = queries.letters_page(mine)
    with translation.override(spoken or settings.LANGUAGE_CODE):
        said = in_words(letters)
        name = " ".join(name_of(mine).text.split())
        subject = gettext("News about “%(name)s”") % {"name": name}
        addresses = [_public_address(letter.thing, mine) for letter in letters]
        news = list(zip(said, addresses, strict=True))
        context = {"name": name, "news": news, "stop_url": stop_url}
        body = render_to_string("notices/letter.txt", context)
    return EmailMessage(
        subject=f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}{subject}",
        body=body,
        to=[reader.email],
        headers={**queries.stop_headers(stop_url), "Auto-Submitted": "auto-generated"},
    )


def _public_address(thing: object, mine: Model) -> str:
    """The page of what happened; while only the city sees it, the page of the reader's own thing."""
    found = about(thing) if isinstance(thing, Model) else None
    is_hidden = found is not None and not found.may_read(AnonymousUser())
    shown = mine if is_hidden or not hasattr(thing, "get_absolute_url") else thing
    return f"{settings.SITE_URL}{shown.get_absolute_url()}"


def _send(user: User, day: date, at: datetime) -> bool:
    notices = actions.claim_digest(user=user, day=day, at=at)
    if not notices:
        return False
    try:
        post.send(_letter(user, f"digest-{day:%Y%m%d}-{user.pk}", notices))
    except post.NotSent:
        # One bad address must not keep the others from their post.
        logger.exception("the digest of %s to person %s was not sent", day, user.pk)
        return False
    actions.settle_digest(user=user, day=day, notices=notices, at=at)
    return True


def _letter(user: User, key: str, notices: list[Notice]) -> EmailMessage:
    with translation.override(user.language):
        said = in_words(notices)
        count = len(said)
        subject = ngettext("%(count)s piece of news", "%(count)s pieces of news", count)
        body = render_to_string(
            "notices/digest.txt",
            {
                "name": user.name,
                "city": settings.CITY_NAME,
                "groups": _by_thing(said),
                "site": settings.SITE_URL,
                "settings_url": settings.SITE_URL + reverse("notices:settings"),
            },
        )
        title = f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}{subject % {'count': count}}"
    return EmailMessage(
        subject=title,
        body=body,
        to=[user.email],
        headers={
            "Auto-Submitted": "auto-generated",
            # The same digest sent twice after a crash is known as the same letter.
            "Message-ID": f"<{key}@{settings.SITE_URL.split('//')[-1]}>",
        },
    )


def _by_thing(said: list[Said]) -> list[list[Said]]:
    """Put what happened to one thing together, in the order of the first."""
    groups: dict[queries.Ref, list[Said]] = {}
    for one in said:
        key = (one.notice.content_type_id, one.notice.object_id)
        groups.setdefault(key, []).append(one)
    return list(groups.values())
