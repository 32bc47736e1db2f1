"""Many act in the same moment, over real connections: the end of judging, and of sending, comes before or after each."""

from datetime import timedelta

import pytest

from tests.factories.at_once import ASKERS, all_at_once
from tests.factories.calls import NOW, CallFactory, DraftFactory, EntryFactory
from tests.factories.panels import CriterionFactory, JurorFactory, PanelFactory, ReviewFactory
from tests.factories.people import person_with
from vuoksi.base.audit.actions import EditedMeanwhile
from vuoksi.base.audit.models import AuditEntry
from vuoksi.base.people.models import Role
from vuoksi.base.people.rules import NotAllowed
from vuoksi.loop.calls import actions as calls
from vuoksi.loop.calls.models import Call, Entry
from vuoksi.loop.juries import actions
from vuoksi.loop.juries.models import Panel, Review, Score

pytestmark = pytest.mark.django_db(transaction=True)


def test_no_review_arrives_after_the_lock():
    coordinator = person_with(Role.COORDINATOR)
    panel = PanelFactory(state="open")
    criterion = CriterionFactory(panel=panel)
    entry = EntryFactory(call=panel.call)
    panel.entries.add(entry)
    seats = JurorFactory.create_batch(ASKERS - 1, panel=panel)
    keys = [ReviewFactory(juror=seat, entry=entry).pk for seat in seats]
    # Read before anything happens, as by pages that are open.
    rows = Review.objects.select_related("juror__panel", "juror__user", "entry")
    reviews = [rows.get(pk=key) for key in keys]

    def act(n):
        if n == ASKERS - 1:
            return actions.lock_panel(panel=Panel.objects.get(pk=panel.pk), by=coordinator, at=NOW)
        try:
            actions.send_review(
                review=reviews[n], scores={criterion.pk: 3}, to_author="", to_jury="", version=1,
                by=reviews[n].juror.user, at=NOW,
            )  # fmt: skip
        except NotAllowed:
            return "refused"
        return "sent"

    answers = all_at_once(act)
    sent = answers.count("sent")
    assert answers.count("refused") == ASKERS - 1 - sent
    assert Review.objects.filter(state="sent").count() == Score.objects.count() == sent
    verbs = list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == [*["juries.send_review"] * sent, "juries.lock_panel"]


def test_a_review_that_is_sent_twice_at_once_is_one():
    panel = PanelFactory(state="open")
    criterion = CriterionFactory(panel=panel)
    review = ReviewFactory(juror=JurorFactory(panel=panel))
    rows = Review.objects.select_related("juror__panel", "juror__user", "entry")
    stale = [rows.get(pk=review.pk) for _n in range(ASKERS)]

    def send(n):
        try:
            actions.send_review(
                review=stale[n], scores={criterion.pk: n % 5 + 1}, to_author="", to_jury="",
                version=1, by=stale[n].juror.user, at=NOW,
            )  # fmt: skip
        except EditedMeanwhile:
            return "told"
        return n

    answers = all_at_once(send)
    (winner,) = [answer for answer in answers if answer != "told"]
    assert [score.value for score in Score.objects.all()] == [winner % 5 + 1]


def test_no_idea_of_the_last_moment_stays_sealed():
    call = CallFactory(is_sealed=True)
    drafts = DraftFactory.create_batch(ASKERS - 1, call=call)
    closes = call.phases.get().closes_at
    stale = [Entry.objects.select_related("call", "author").get(pk=row.pk) for row in drafts]

    def act(n):
        if n == ASKERS - 1:
            return calls.unseal_call(call=Call.objects.get(pk=call.pk), at=closes)
        just_before = closes - timedelta(microseconds=1)
        calls.submit_entry(entry=stale[n], version=1, by=stale[n].author, at=just_before)
        return None

    all_at_once(act)
    assert set(Entry.objects.values_list("state", flat=True)) == {"submitted"}
    assert Entry.objects.count() == ASKERS - 1
