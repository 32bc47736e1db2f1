"""Put a call and a signed-in resident into the database, and print what a browser needs to write to it."""

import json
import sys
from datetime import timedelta

import django


def seed() -> None:
    django.setup()
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.utils import timezone

    from tests.factories.calls import CallFactory, EntryFactory, PhaseFactory
    from tests.factories.people import UserFactory

    now = timezone.now()
    call = CallFactory(slug="warm", entry_phase=None)
    PhaseFactory(call=call, opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=1))
    resident = UserFactory()
    session = SessionStore()
    session[SESSION_KEY] = str(resident.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = resident.get_session_auth_hash()
    session.save()
    ideas = [EntryFactory(call=call).pk for _ in range(5)]
    json.dump({"session": session.session_key, "ideas": ideas}, sys.stdout)


def count() -> None:
    """Print how often each thing stands."""
    django.setup()
    from vuoksi.base.audit.models import AuditEntry
    from vuoksi.base.notices.models import Notice
    from vuoksi.base.talk.models import Comment, Support
    from vuoksi.loop.calls.models import Entry

    verbs = ("calls.submit_entry", "talk.support", "talk.write_comment")
    json.dump(
        {
            "entries": sorted(Entry.objects.filter(title="Twice").values_list("state", flat=True)),
            "supports": Support.objects.count(),
            "comments": Comment.objects.count(),
            "told": Notice.objects.filter(kind="talk.comment_written").count(),
            **{verb: AuditEntry.objects.filter(verb=verb).count() for verb in verbs},
        },
        sys.stdout,
    )


if __name__ == "__main__":
    {"seed": seed, "count": count}[sys.argv[1]]()
