"""Sending e-mail so that no address gets into a log.

What a mail server says of a failure names the recipient, and an error that nobody catches is logged with all it says.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.mail import EmailMessage


class NotSent(Exception):
    """An e-mail was not sent. It says the kind of the error and nothing of its words."""


@contextmanager
def no_address_told() -> Iterator[None]:
    """Turn whatever fails inside into NotSent."""
    try:
        yield
    except Exception as error:
        raise NotSent(type(error).__name__) from None


def send(letter: EmailMessage) -> None:
    """Raises NotSent."""
    with no_address_told():
        letter.send()
