"""How allauth makes and signs in people: by our actions, in their language."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language, override

from vuoksi.base.people.actions import sign_up
from vuoksi.base.people.models import User
from vuoksi.base.people.queries import person_by_email


def speak(response: HttpResponse, language: str) -> None:
    """Show the pages that follow in `language`."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=365 * 24 * 3600,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def address_behind_proxy(request: HttpRequest) -> str:
    """Tell axes from where somebody signs in: the last address is the one that our own proxy wrote."""
    forwarded: str = request.META.get("HTTP_X_FORWARDED_FOR", "")
    return forwarded.rpartition(",")[2].strip() or request.META["REMOTE_ADDR"]


def typed_name(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """Tell axes who tried to sign in: allauth and the admin name the field differently."""
    known = credentials or request.POST
    named = (known.get(key) for key in ("email", "username", "login"))
    return str(next((name for name in named if name), "")).casefold()


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        super().save_user(request, user, form, commit=False)
        user.name = form.cleaned_data["name"]
        user.language = form.cleaned_data["language"]
        if commit:
            sign_up(user=user, at=timezone.now())  # noqa: TID251 - allauth calls this: it is the door
        return user

    def post_login(self, request: HttpRequest, user: User, **more: Any) -> HttpResponse:
        """Greet a person in their own language: the next page speaks it, whatever the page to sign in spoke."""
        with override(user.language):
            response: HttpResponse = super().post_login(request, user, **more)
        speak(response, user.language)
        return response

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write to a person in their own language; to others in that of the page they were on."""
        person = context.get("user") or person_by_email(email)
        with override(person.language if person else get_language()):
            super().send_mail(template_prefix, email, context)


class SocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth has no types
    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> User:
        user: User = super().populate_user(request, sociallogin, data)
        names = [data.get("first_name"), data.get("last_name")]
        user.name = data.get("name") or " ".join(name for name in names if name)
        user.name = user.name or user.email.partition("@")[0]
        user.language = get_language() or settings.LANGUAGE_CODE
        return user
