"""E-mails of participants, in the language of each. They go once the transaction stands.

A letter that cannot be sent stops nothing: somebody who withdraws has withdrawn, whatever the mail server says.
"""

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from vuoksi.base.people import post
from vuoksi.base.texts.queries import in_language
from vuoksi.loop.experiments.participants.models import (
    Invitation,
    Key,
    Participant,
    Recruitment,
    Survey,
)


def join_link(invitation: Invitation, token: str) -> None:
    """The link with which somebody joins without an account."""
    with _language(invitation.language):
        words = {
            "title": _title(invitation.recruitment),
            "url": _address("participants:open_invitation", token),
            "date": _day(invitation.expires_at),
        }
        if invitation.invited_by is None:
            subject = _("Your link to take part: %(title)s") % words
            text = _(
                "With this link you read what you agree to, and join “%(title)s”:\n\n%(url)s\n\n"
                "It works until %(date)s and once. If you did not ask for it, you need not do anything."
            )
        else:
            subject = _("You are invited to take part: %(title)s") % words
            text = _(
                "You are invited to take part in “%(title)s”. Read what it is and decide here:\n\n%(url)s\n\n"
                "The invitation works until %(date)s. If you do not want to take part, you need not do anything."
            )
        _send(invitation.email, subject, text % words)


def welcome(key: Key, token: str) -> None:
    """What was agreed, and the link to one's own page."""
    participant = key.participant
    with _language(key.language):
        words = {
            "title": _title(participant.recruitment),
            "state": _STANDS[Participant.State(participant.state)](),
            "url": _address("participants:open_own", token),
            "date": _day(key.link_expires_at),
        }
        text = _(
            "“%(title)s”: %(state)s\n\nThis is your own page. There you answer surveys, read what you agreed to, and "
            "withdraw whenever you like, without saying why:\n\n%(url)s\n\n"
            "The link works until %(date)s; the page sends you a new one. Keep it to yourself."
        )
        _send_to(key, _("Your page: %(title)s") % words, text % words)


def ask_guardian(key: Key, token: str) -> None:
    with _language(key.language):
        assert key.guardian_expires_at is not None  # it was set with the link
        words = {
            "title": _title(key.participant.recruitment),
            "name": key.guardian_name,
            "url": _address("participants:open_guardian", token),
            "date": _day(key.guardian_expires_at),
        }
        text = _(
            "%(name)s, a young person in your care wants to take part in “%(title)s” and named you as guardian. "
            "Nothing is gathered before you agree. Read it and answer here:\n\n%(url)s\n\n"
            "The link works until %(date)s. With it you can also withdraw your consent later. If this is not meant for "
            "you, you need not do anything."
        )
        _send_to_guardian(key, _("Your consent is asked: %(title)s") % words, text % words)


def offered(key: Key, token: str, days: int) -> None:
    with _language(key.language):
        words = {
            "title": _title(key.participant.recruitment),
            "url": _address("participants:open_own", token),
            "days": days,
        }
        text = _(
            "A place in “%(title)s” has become free, and you are next. It is held for you for %(days)s days. Take it or "
            "give it to the next here:\n\n%(url)s"
        )
        _send_to(key, _("A place is free: %(title)s") % words, text % words)


def lapsed(key: Key) -> None:
    with _language(key.language):
        words = {"title": _title(key.participant.recruitment)}
        text = _(
            "The time to answer for “%(title)s” is over, and the place goes to the next. You may join the list again "
            "on its page. What we know of you is forgotten within 30 days."
        )
        _send_to(key, _("The time to answer is over: %(title)s") % words, text % words)


def over(key: Key) -> None:
    """To one who waited when the experiment ended."""
    with _language(key.language):
        words = {"title": _title(key.participant.recruitment)}
        text = _(
            "“%(title)s” has ended, and no place became free for you. Thank you for your wish to take part! What we know "
            "of you is forgotten within 30 days."
        )
        _send_to(key, _("It has ended: %(title)s") % words, text % words)


def never_began(key: Key) -> None:
    """To one who joined an experiment that has not begun in the time for which it may keep who they are."""
    with _language(key.language):
        words = {"title": _title(key.participant.recruitment)}
        text = _(
            "“%(title)s”, which you joined, has not begun in the time for which we may keep your data, so we have "
            "forgotten them, with your address. Thank you for your wish to take part! If it begins after all, you are "
            "welcome to join anew."
        )
        _send_to(key, _("It has not begun: %(title)s") % words, text % words)


def consent_changed(key: Key, token: str) -> None:
    with _language(key.language):
        words = {
            "title": _title(key.participant.recruitment),
            "url": _address("participants:open_own", token),
        }
        text = _(
            "What you agreed to in “%(title)s” has changed. Nothing new is gathered about you until you agree to it. "
            "Read it, and say whether you go on:\n\n%(url)s"
        )
        _send_to(key, _("Please read and agree anew: %(title)s") % words, text % words)


def survey_waits(key: Key, survey: Survey, token: str, *, is_reminder: bool) -> None:
    with _language(key.language):
        words = {
            "title": str(in_language(survey, "title")),
            "experiment": _title(key.participant.recruitment),
            "url": _address("participants:open_own", token),
        }
        subject = _("Reminder: %(title)s") if is_reminder else _("A survey for you: %(title)s")
        text = _(
            "“%(experiment)s” has questions for you: %(title)s. Your answers are saved while you write, so you can stop "
            "and go on later:\n\n%(url)s\n\nYou may leave out what you do not want to answer, and withdraw whenever you like."
        )
        _send_to(key, subject % words, text % words)


def own_link(key: Key, token: str) -> None:
    with _language(key.language):
        words = {
            "title": _title(key.participant.recruitment),
            "url": _address("participants:open_own", token),
            "date": _day(key.link_expires_at),
        }
        text = _("Your own page of “%(title)s”:\n\n%(url)s\n\nThe link works until %(date)s.")
        _send_to(key, _("Your link: %(title)s") % words, text % words)


def withdrawn(key: Key, *, is_erased: bool) -> None:
    """The confirmation, and the last letter; to the guardian too. What it needs is read before the key goes."""
    with _language(key.language):
        words = {"title": _title(key.participant.recruitment), "code": key.participant.code}
        promise = (
            _("What was gathered about you is erased.")
            if is_erased
            else _(
                "What was gathered is kept, as you agreed, and nobody can tell any more whose it is."
            )
        )
        text = _(
            "You have withdrawn from “%(title)s”. %(promise)s Your e-mail address is forgotten here with this letter. "
            "That the code %(code)s has withdrawn stays on record, so that nothing is gathered under it again."
        ) % {**words, "promise": promise}
        subject = _("You have withdrawn: %(title)s") % words
        _send_to(key, subject, text)
        _send_to_guardian(key, subject, text)


_STANDS = {
    Participant.State.JOINED: lambda: _("You take part. Thank you!"),
    Participant.State.WAITING: lambda: _(
        "All places are taken. You are on the waiting list, and we write when one becomes free."
    ),
    Participant.State.APPLIED: lambda: _(
        "We have asked your guardian. You can begin when they have agreed."
    ),
}


def _title(recruitment: Recruitment) -> str:
    return str(in_language(recruitment, "title"))


def _language(code: str) -> translation.override:
    """The interface language for a letter; a language that the site does not speak falls back to its own."""
    spoken = dict(settings.LANGUAGES)
    return translation.override(code if code in spoken else settings.LANGUAGE_CODE)


def _day(moment: object) -> str:
    return date_format(localtime(moment), "DATE_FORMAT")  # type: ignore[arg-type]  # a datetime field


def _address(name: str, token: str) -> str:
    return settings.SITE_URL + reverse(name, args=[token])


def _send_to(key: Key, subject: str, text: str) -> None:
    """To the participant; the invented people of a demonstration get no letters."""
    if not key.participant.is_demo:
        _send(key.email, subject, text)


def _send_to_guardian(key: Key, subject: str, text: str) -> None:
    if key.guardian_email and not key.participant.is_demo:
        _send(key.guardian_email, subject, text)


def _send(to: str, subject: str, text: str) -> None:
    # A title of several lines must not become a header of its own.
    letter = EmailMessage(" ".join(subject.split()), text, to=[to])

    def deliver() -> None:
        post.send(letter)

    transaction.on_commit(deliver, robust=True)
