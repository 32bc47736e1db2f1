"""Put one person and one attached file into a city, by the actions that do so. The bytes come by standard input."""

import sys
from uuid import uuid4

import django


def main() -> None:
    django.setup()
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.utils import timezone

    from vuoksi.base.files.actions import attach_file
    from vuoksi.base.people.actions import create_person

    now = timezone.now()
    person = create_person(
        email=f"{uuid4().hex}@city.example", name="Aino", password=None, language="fi", at=now
    )
    upload = SimpleUploadedFile("plan.pdf", sys.stdin.buffer.read(), "application/pdf")
    attach_file(thing=person, upload=upload, by=person, at=now)


if __name__ == "__main__":
    main()
