"""E-mails to those whom a decision concerns and who have no account. Sent once the transaction stands."""

from django.conf import settings
from django.core import signing
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from vuoksi.base.moderation.models import Case, Decision, Outcome, Report
from vuoksi.base.moderation.registry import kind_of
from vuoksi.base.moderation.rules import Seat
from vuoksi.base.moderation.words import DOUBTS, reason_label

SALT = "vuoksi.moderation.case"


def token_for(case: Case, report: Report | None = None) -> str:
    """Give the link's secret for the reporter, or without a report for the author. It names no address."""
    return signing.dumps([case.pk, report.pk if report is not None else 0], salt=SALT)


def seat_of(token: str) -> Seat | None:
    """Give the case and the side that a link stands for; None for one that we did not make."""
    try:
        case_key, report_key = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    case = Case.objects.filter(pk=case_key).first()
    if case is None:
        return None
    report = Report.objects.filter(pk=report_key, case=case).first() if report_key else None
    if report_key and report is None:
        return None
    return Seat(case, report, is_authors_link=not report_key)


def decided(decision: Decision, *, to: str, language: str, report: Report | None = None) -> None:
    with _language(language):
        kind = kind_of(decision.case.thing)
        _send(
            to,
            _("The moderators have decided"),
            _(
                "%(what)s, case %(number)s: %(outcome)s.\n\nReason: %(reason)s\n%(words)s\n\n"
                "Here you see all of it, and can appeal to another moderator:\n\n%(url)s"
            )
            % {
                "what": str(kind.label).capitalize() if kind is not None else "",
                "number": decision.case_id,
                "outcome": Outcome(decision.outcome).label,
                "reason": reason_label(decision.reason),
                "words": decision.words,
                "url": _address(token_for(decision.case, report)),
            },
        )


def held(case: Case, *, to: str, language: str) -> None:
    with _language(language):
        _send(
            to,
            _("Somebody looks at your text before it shows"),
            _(
                "Thank you! Your text is kept. Somebody looks at it before it shows: %(why)s\n\n"
                "You will hear from us. Here you see how far it is:\n\n%(url)s"
            )
            % {"why": DOUBTS.get(case.doubt, ""), "url": _address(token_for(case))},
        )


def _language(code: str) -> translation.override:
    """The interface language for a letter; a language that the site does not speak falls back to its own."""
    spoken = dict(settings.LANGUAGES)
    return translation.override(code if code in spoken else settings.LANGUAGE_CODE)


def _address(token: str) -> str:
    return f"{settings.SITE_URL}{reverse('moderation:by_link', args=[token])}"


def _send(to: str, subject: str, text: str) -> None:
    send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [to])
