"""E-mails about erasure, in the person's language; sent once the transaction stands."""

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from vuoksi.base.privacy.models import Erasure


def asked(erasure: Erasure) -> None:
    """Say that the account will be erased, and how to stop it: somebody else may have asked."""
    user = erasure.user
    with translation.override(user.language):
        send_mail(
            _("Your account will be erased"),
            _(
                "You have asked us to erase your account. We do it on %(day)s. Until then you can stop it: sign in and "
                "open this page.\n\n%(url)s\n\nIf you did not ask for it, stop it and change your password."
            )
            % {
                "day": date_format(localtime(erasure.due_at), "DATE_FORMAT"),
                "url": settings.SITE_URL + reverse("privacy:erasure"),
            },
            settings.DEFAULT_FROM_EMAIL,
            [user.email],
        )


def done(address: str, language: str) -> None:
    """Say, as the last thing, that the account is gone."""
    with translation.override(language):
        send_mail(
            _("Your account is erased"),
            _("Your account is erased. This was the last e-mail to this address."),
            settings.DEFAULT_FROM_EMAIL,
            [address],
        )
