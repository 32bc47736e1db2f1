"""The daily e-mail: once a day to each person who has something new and wants it so."""

import logging
from datetime import date, datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import ngettext

from vuoksi.base.notices import actions, queries
from vuoksi.base.notices.kinds import Said, in_words
from vuoksi.base.notices.models import Notice
from vuoksi.base.people.models import User
from vuoksi.base.runs.ticks import every_tick

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


def _send(user: User, day: date, at: datetime) -> bool:
    notices = actions.claim_digest(user=user, day=day, at=at)
    if not notices:
        return False
    try:
        _letter(user, day, notices).send()
    except Exception:
        # One bad address must not keep the others from their post. No address in the log.
        logger.exception("the digest of %s to person %s was not sent", day, user.pk)
        return False
    actions.settle_digest(user=user, day=day, notices=notices, at=at)
    return True


def _letter(user: User, day: date, notices: list[Notice]) -> EmailMessage:
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
            "Message-ID": f"<digest-{day:%Y%m%d}-{user.pk}@{settings.SITE_URL.split('//')[-1]}>",
        },
    )


def _by_thing(said: list[Said]) -> list[list[Said]]:
    """Put what happened to one thing together, in the order of the first."""
    groups: dict[queries.Ref, list[Said]] = {}
    for one in said:
        key = (one.notice.content_type_id, one.notice.object_id)
        groups.setdefault(key, []).append(one)
    return list(groups.values())
