"""`vuoksi administrator EMAIL --name NAME`: the first account of an installation, or one more administrator."""

import getpass
import secrets
import sys
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.utils import timezone

from vuoksi.base.people import actions
from vuoksi.base.people.models import Role, User
from vuoksi.base.people.queries import person_by_email


class Command(BaseCommand):
    help = "Make an administrator. The password is asked for, or made and shown once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the address to sign in with")
        parser.add_argument("--name", required=True, help="the name that others see")
        parser.add_argument(
            "--language",
            default=settings.LANGUAGE_CODE,
            choices=[code for code, _name in settings.LANGUAGES],
            help="the language of the pages",
        )
        parser.add_argument("--generate", action="store_true", help="make a password and show it")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(f"{email} is not an e-mail address") from error
        at = timezone.now()
        user = person_by_email(email) or self._new(email, options)
        actions.grant_role(user=user, role=Role.ADMINISTRATOR, by=None, at=at)
        self.stdout.write(f"{user.email} is an administrator.")

    def _new(self, email: str, options: dict[str, Any]) -> User:
        password = self._password(generate=options["generate"])
        return actions.create_person(
            email=email,
            name=options["name"],
            password=password,
            language=options["language"],
            at=timezone.now(),
        )

    def _password(self, *, generate: bool) -> str:
        if generate or not sys.stdin.isatty():
            password = secrets.token_urlsafe(15)
            self.stdout.write(f"The password, shown this once: {password}")
            return password
        password = getpass.getpass("Password: ")
        try:
            validate_password(password)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        if getpass.getpass("Once more: ") != password:
            raise CommandError("The two passwords differ.")
        return password
