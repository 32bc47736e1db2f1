"""E-mails of calls. Written in the reader's language; sent by actions once their transaction stands."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from vuoksi.base.notices.queries import letters_page, stop_headers
from vuoksi.base.people import post
from vuoksi.base.texts.queries import in_language
from vuoksi.loop.calls.models import Answer, CoAuthor, Entry, EntryLink


def entry_link(link: EntryLink, token: str) -> None:
    """Send the link with which an entry is written without an account."""
    with _language(link.language):
        call = str(in_language(link.call, "title"))
        _send(
            link.email,
            _("Your link to write an idea: %(call)s") % {"call": call},
            _(
                "With this link you can write an idea for the call “%(call)s”, leave it and come back to it:\n\n"
                "%(url)s\n\n"
                "The link works until %(date)s and only for this. Whoever has it can change your idea, so keep it to "
                "yourself. If you did not ask for it, you need not do anything."
            )
            % {
                "call": call,
                "url": _address(reverse("calls:open_link", args=[token])),
                "date": _day(link),
            },
        )


def invitation(co_author: CoAuthor, token: str, inviter: str, language: str) -> None:
    """Ask a person to write an entry together."""
    with _language(language):
        title = co_author.entry.title or _("without a title yet")
        _send(
            co_author.email,
            _("%(name)s invites you to write an idea together") % {"name": inviter},
            _(
                "%(name)s invites you to write the idea “%(title)s” together. Read more and accept here:\n\n%(url)s\n\n"
                "The invitation works until %(date)s. If you do not want to take part, you need not do anything."
            )
            % {
                "name": inviter,
                "title": title,
                "url": _address(reverse("calls:invitation", args=[token])),
                "date": _day(co_author),
            },
        )


def received(entry: Entry) -> None:
    """Tell an author without an account that the idea has arrived."""
    with _language(entry.language):
        _send(
            entry.author_email,
            _("We have received your idea “%(title)s”") % {"title": entry.title},
            _received(entry) % {"title": entry.title, "url": _address(entry.get_absolute_url())},
            letters_page(entry),
        )


def _received(entry: Entry) -> str:
    if entry.state == Entry.State.SEALED:
        return _(
            "Thank you! Your idea “%(title)s” is sealed: nobody but its authors reads it until the time for sending "
            "is over. You find it here:\n\n%(url)s"
        )
    return _(
        "Thank you! Your idea “%(title)s” is now public, and the city will answer it. You find it here:\n\n%(url)s"
    )


def answered(entry: Entry, answer: Answer) -> None:
    """Send the official answer to an author without an account."""
    with _language(entry.language):
        _send(
            entry.author_email,
            _("The city has answered your idea “%(title)s”") % {"title": entry.title},
            _("Your idea “%(title)s”: %(outcome)s.\n\n%(text)s\n\n%(url)s")
            % {
                "title": entry.title,
                "outcome": answer.get_outcome_display(),
                "text": answer.text,
                "url": _address(entry.get_absolute_url()),
            },
            letters_page(entry),
        )


def _language(code: str) -> translation.override:
    """The interface language for a letter; a language that the site does not speak falls back to its own."""
    spoken = dict(settings.LANGUAGES)
    return translation.override(code if code in spoken else settings.LANGUAGE_CODE)


def _day(row: EntryLink | CoAuthor) -> str:
    return date_format(localtime(row.expires_at), "DATE_FORMAT")


def _address(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def _send(to: str, subject: str, text: str, stop_url: str = "") -> None:
    """Raises NotSent."""
    headers = {}
    if stop_url:
        text += (
            "\n\n"
            + _("We write to you at every further step. Stop these letters:")
            + f"\n{stop_url}"
        )
        headers = stop_headers(stop_url)
    # A title of several lines must not become a header of its own.
    post.send(EmailMessage(" ".join(subject.split()), text, to=[to], headers=headers))
