"""What the jury said, by e-mail to authors without an account: the page that says it wants an account."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from vuoksi.base.notices.links import Correspondent
from vuoksi.base.notices.queries import letters_page, stop_headers
from vuoksi.base.people import post
from vuoksi.base.texts.queries import in_language
from vuoksi.loop.calls.models import Entry
from vuoksi.loop.juries.queries import Said


def judged(entry: Entry, said: list[Said], to: Correspondent) -> None:
    """Send the averages and the reviewers' words, without their names. Raises NotSent."""
    spoken = dict(settings.LANGUAGES)
    code = to.language if to.language in spoken else settings.LANGUAGE_CODE
    with translation.override(code):
        parts = [_words(one) for one in said]
        stop = letters_page(entry)
        text = "\n\n".join(
            [
                _("A jury has judged your idea “%(title)s”. It says:") % {"title": entry.title},
                *parts,
                f"{settings.SITE_URL}{entry.get_absolute_url()}",
                _("We write to you at every further step. Stop these letters:") + f"\n{stop}",
            ]
        )
        subject = _("What the jury said of your idea “%(title)s”") % {"title": entry.title}
        message = EmailMessage(
            " ".join(subject.split()), text, to=[to.email], headers=stop_headers(stop)
        )
        post.send(message)


def _words(one: Said) -> str:
    points = [
        _("%(criterion)s: %(mean)s of %(most)s")
        % {
            "criterion": in_language(criterion, "label"),
            "mean": number_format(round(mean, 1)),
            "most": most,
        }
        for criterion, mean, most in one.points
    ]
    return "\n".join(
        [
            str(in_language(one.panel, "title")),
            *points,
            *(f"– {row.to_author}" for row in one.words),
        ]
    )
