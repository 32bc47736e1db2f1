from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories.calls import DraftFactory, EntryFactory, QuestionFactory
from tests.factories.moderation import AT, CaseFactory, DecidedCaseFactory, ReportFactory
from tests.factories.people import UserFactory, person_with
from tests.factories.places import FinnishPlaceFactory
from tests.factories.talk import CommentFactory, FollowFactory
from vuoksi.base.audit.models import AuditEntry
from vuoksi.base.files.actions import attach_file
from vuoksi.base.files.models import Attachment
from vuoksi.base.moderation import actions, letters, queries
from vuoksi.base.moderation.actions import Ruling
from vuoksi.base.moderation.models import Appeal, Case, Outcome, Report
from vuoksi.base.moderation.refusals import NotThisOutcome, TooLate, TooManyReports
from vuoksi.base.moderation.rules import Seat
from vuoksi.base.notices.kinds import in_words
from vuoksi.base.notices.models import Notice, Preference
from vuoksi.base.people.models import Role
from vuoksi.base.people.rules import NotAllowed
from vuoksi.base.texts.models import Translation
from vuoksi.lib.transitions import NotPossible
from vuoksi.loop.calls.actions import submit_entry
from vuoksi.loop.calls.models import Entry, Response

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=5)


def comment_by(author=None, **more):
    return CommentFactory(thing=FinnishPlaceFactory(), author=author or UserFactory(), **more)


def report(thing, by=None, **more):
    person = by or UserFactory()
    said = {"reason": "spam", "note": "", "language": "en", "at": AT, **more}
    return actions.report(thing=thing, by=person, who=queries.who_is(person), **said)


def ruling(outcome="hide", reason="spam", words="Please sell elsewhere."):
    return Ruling(Outcome(outcome), reason, words, "en")


def told(user):
    return [said.text for said in in_words(Notice.objects.filter(user=user).order_by("pk"))]


def test_reports_of_one_thing_are_one_case():
    comment = comment_by()

    first, second = report(comment), report(comment, reason="insult")

    assert (first[1], second[1]) == (True, True)
    assert Case.objects.get().reports.count() == 2


def test_a_second_report_by_the_same_person_is_the_first():
    comment, person = comment_by(), UserFactory()

    first, again = report(comment, person), report(comment, person, reason="insult")

    assert again == (first[0], False)
    assert list(Report.objects.values_list("reason", flat=True)) == ["spam"]


def test_too_many_reports_in_an_hour_are_refused(settings):
    settings.MODERATION_REPORTS_AN_HOUR = 2
    person = UserFactory()
    for _ in range(2):
        report(comment_by(), person)

    with pytest.raises(TooManyReports) as refusal:
        report(comment_by(), person)
    assert refusal.value.limit == 2
    assert Case.objects.count() == 2
    assert report(comment_by(), person, at=AT + timedelta(hours=1))[1]


def test_what_cannot_be_read_cannot_be_reported():
    with pytest.raises(NotAllowed):
        report(CommentFactory(thing=FinnishPlaceFactory(slug="secret")))


def test_a_hidden_comment_keeps_its_place_and_each_side_hears_in_their_own_language():
    comment = comment_by(UserFactory(language="fi"))
    reporter = UserFactory(language="en")
    case = report(comment, reporter)[0].case

    decision = actions.decide(case=case, ruling=ruling(), by=person_with(Role.MODERATOR), at=LATER)

    comment.refresh_from_db()
    case.refresh_from_db()
    assert (comment.visibility, comment.hidden_at, comment.hidden_reason) == (
        "hidden",
        LATER,
        "spam",
    )
    assert (case.state, case.decided_at) == ("decided", LATER)
    assert decision.appeal_until == LATER + timedelta(days=14)
    assert told(reporter) == [
        f"Thank you for your report of a text (comment, case {case.pk}): it is hidden. "
        "Reason: Advertising or spam."
    ]
    (to_author,) = Notice.objects.filter(user=comment.author)
    assert (to_author.kind, to_author.thing) == ("moderation.text_decided", case)
    assert AuditEntry.objects.filter(verb="moderation.decide").count() == 1


def test_a_decision_on_ones_own_text_is_told_whatever_one_chose():
    comment = comment_by()
    Preference.objects.create(
        user=comment.author, kind="moderation.text_decided", way=Preference.Way.NOTHING
    )

    actions.decide(
        case=CaseFactory(thing=comment), ruling=ruling(), by=person_with(Role.MODERATOR), at=LATER
    )

    assert len(told(comment.author)) == 1


def test_a_case_is_decided_once():
    case = CaseFactory(thing=comment_by())
    actions.decide(case=case, ruling=ruling(), by=person_with(Role.MODERATOR), at=LATER)

    with pytest.raises(NotPossible):
        actions.decide(
            case=case, ruling=ruling("keep", "fine"), by=person_with(Role.MODERATOR), at=LATER
        )
    assert case.decisions.count() == 1


def test_nobody_decides_on_ones_own_text_or_report():
    author, reporter = person_with(Role.MODERATOR), person_with(Role.COORDINATOR)
    case = report(comment_by(author), reporter)[0].case

    for person in (author, reporter):
        with pytest.raises(NotAllowed):
            actions.decide(case=case, ruling=ruling(), by=person, at=LATER)


@pytest.mark.parametrize(
    ("outcome", "reason"), [("keep", "spam"), ("hide", "fine"), ("remove", "spam"), ("hide", "x")]
)
def test_an_outcome_that_does_not_fit_its_rule_is_refused(outcome, reason):
    case = CaseFactory(thing=comment_by())

    with pytest.raises(NotThisOutcome):
        actions.decide(
            case=case, ruling=ruling(outcome, reason), by=person_with(Role.MODERATOR), at=LATER
        )


def test_what_is_removed_is_erased_everywhere():
    author = UserFactory()
    entry = EntryFactory(author=author, author_name="Villain", title="His address", summary="is…")
    question = QuestionFactory(call=entry.call)
    Response.objects.create(entry=entry, question=question, language="en", text="Street 1")
    Translation.objects.create(
        thing=entry, field="summary", language="fi", text="on…", state="human",
        source_digest="", edited_at=AT,
    )  # fmt: skip
    upload = SimpleUploadedFile("map.txt", b"His house", "text/plain")
    attach_file(thing=entry, upload=upload, by=author, at=AT)

    actions.decide(
        case=CaseFactory(thing=entry),
        ruling=ruling("remove", "personal"),
        by=person_with(Role.MODERATOR),
        at=LATER,
    )

    entry.refresh_from_db()
    assert (entry.visibility, entry.title, entry.summary, entry.author_name) == (
        "removed", "", "", "",
    )  # fmt: skip
    assert [row.text for row in entry.responses.all()] == [""]
    assert (Translation.objects.count(), Attachment.objects.count()) == (0, 0)


def test_an_appeal_is_decided_by_another_and_restores():
    comment = comment_by()
    first, second = person_with(Role.MODERATOR), person_with(Role.COORDINATOR)
    reporter = UserFactory()
    case = report(comment, reporter)[0].case
    actions.decide(case=case, ruling=ruling(), by=first, at=LATER)
    case.refresh_from_db()

    appeal = actions.appeal(
        seat=Seat(case), text="I sell nothing", language="en", by=comment.author, who="me", at=LATER
    )
    case.refresh_from_db()
    with pytest.raises(NotAllowed):
        actions.settle(case=case, ruling=ruling("keep", "fine"), by=first, at=LATER)
    actions.settle(case=case, ruling=ruling("keep", "fine"), by=second, at=LATER)

    comment.refresh_from_db()
    case.refresh_from_db()
    assert (appeal.side, case.state) == ("author", "settled")
    assert (comment.visibility, comment.hidden_at, comment.hidden_reason) == ("shown", None, "")
    assert [len(told(person)) for person in (comment.author, reporter)] == [2, 2]
    log = queries.decided_cases().get()
    assert (log.outcome, log.appeal_outcome) == ("hide", "keep")


def test_each_side_appeals_once():
    comment, reporter = comment_by(), UserFactory()
    case = DecidedCaseFactory(thing=comment)
    ReportFactory(case=case, reporter=reporter)
    said = {"text": "No", "language": "en", "at": LATER}
    for person in (comment.author, comment.author, reporter):
        actions.appeal(seat=Seat(case), by=person, who=str(person.pk), **said)

    assert sorted(Appeal.objects.values_list("side", flat=True)) == ["author", "reporter"]


def test_after_the_set_time_nobody_appeals():
    comment = comment_by()
    case = DecidedCaseFactory(thing=comment)
    said = {"text": "No", "language": "en", "by": comment.author, "who": "me"}

    with pytest.raises(TooLate):
        actions.appeal(seat=Seat(case), at=AT + timedelta(days=14, seconds=1), **said)
    actions.appeal(seat=Seat(case), at=AT + timedelta(days=14), **said)


def test_what_was_removed_cannot_be_shown_again_but_written_anew():
    comment = comment_by(text="", visibility="removed", hidden_at=AT, hidden_reason="personal")
    case = DecidedCaseFactory(
        thing=comment, state="appealed", appealed_at=AT, decision__reason="personal"
    )
    other = person_with(Role.MODERATOR)

    with pytest.raises(NotThisOutcome):
        actions.settle(case=case, ruling=ruling("keep", "fine"), by=other, at=LATER)
    actions.settle(case=case, ruling=ruling("mend", "personal"), by=other, at=LATER)

    comment.refresh_from_db()
    assert comment.visibility == "mend"


def test_a_mended_text_is_looked_at_again_before_it_shows():
    comment, moderator = comment_by(text="Buy my lamps"), person_with(Role.MODERATOR)
    case = CaseFactory(thing=comment)
    actions.decide(case=case, ruling=ruling("mend", "spam"), by=moderator, at=LATER)
    case = Case.objects.get()

    again = actions.mend(
        seat=Seat(case),
        texts={f"comment-{comment.pk}-text": "Lamps last"},
        by=comment.author,
        at=LATER,
    )

    comment.refresh_from_db()
    assert (comment.text, comment.visibility, again.origin) == ("Lamps last", "held", "mended")
    actions.decide(case=again, ruling=ruling("keep", "fine"), by=moderator, at=LATER)
    comment.refresh_from_db()
    assert comment.visibility == "shown"


def test_only_the_author_mends():
    comment = comment_by(visibility="mend", hidden_at=AT, hidden_reason="spam")
    case = DecidedCaseFactory(thing=comment, decision__outcome="mend")

    with pytest.raises(NotAllowed):
        actions.mend(seat=Seat(case), texts={}, by=UserFactory(), at=LATER)


def test_a_held_comment_is_told_of_when_it_is_shown():
    place, moderator = FinnishPlaceFactory(), person_with(Role.MODERATOR)
    follower = FollowFactory(thing=place).user
    comment = CommentFactory(thing=place, visibility="held")
    actions.hold_comment(comment=comment, why="links", at=AT)
    assert [len(told(person)) for person in (comment.author, follower)] == [1, 0]

    actions.decide(case=Case.objects.get(), ruling=ruling("keep", "fine"), by=moderator, at=LATER)

    assert [len(told(person)) for person in (comment.author, follower)] == [2, 1]


def test_an_idea_with_many_links_is_kept_and_held():
    links = " ".join(["https://example.org"] * 3)
    draft = DraftFactory(summary=f"Lamps {links}")

    submit_entry(entry=draft, version=draft.version, by=draft.author, at=AT)

    draft.refresh_from_db()
    assert (draft.state, draft.visibility) == ("submitted", "held")
    assert (Case.objects.get().origin, Case.objects.get().doubt) == ("held", "links")
    assert len(told(draft.author)) == 1


@pytest.mark.parametrize("links", [0, 1])
def test_a_first_idea_of_a_new_person_shows_unless_it_has_a_link(links):
    author = UserFactory(date_joined=AT - timedelta(hours=1))
    draft = DraftFactory(author=author, summary="Lamps " + "www.example.org " * links)

    submit_entry(entry=draft, version=draft.version, by=author, at=AT)

    draft.refresh_from_db()
    assert draft.visibility == ("held" if links else "shown")


def test_the_texts_of_a_day_are_counted_over_all_kinds(settings):
    settings.MODERATION_TEXTS_A_DAY = 2
    author = UserFactory()
    comment_by(author, written_at=AT - timedelta(hours=3))
    EntryFactory(author=author, submitted_at=AT - timedelta(hours=2))
    EntryFactory(author=author, submitted_at=AT - timedelta(days=2))

    assert queries.doubt(author=author, texts=["Hello"], at=AT) == "many"
    assert queries.doubt(author=UserFactory(), texts=["Hello"], at=AT) == ""
    assert queries.doubt(author=person_with(Role.STAFF), texts=["www.a " * 9], at=AT) == ""


def test_who_has_no_account_hears_by_e_mail_and_appeals_by_link(
    django_capture_on_commit_callbacks,
):
    entry = EntryFactory(author=None, author_email="mail@example.org", language="en")
    with django_capture_on_commit_callbacks(execute=True):
        row, _is_new = actions.report(
            thing=entry, by=AnonymousUser(), who="x", reason="spam", note="",
            language="en", at=AT, email="witness@example.org",
        )  # fmt: skip
        actions.decide(case=row.case, ruling=ruling(), by=person_with(Role.MODERATOR), at=LATER)

    letters_by_address = {letter.to[0]: letter.body for letter in mail.outbox}
    assert sorted(letters_by_address) == ["mail@example.org", "witness@example.org"]
    assert "witness" not in letters_by_address["mail@example.org"]
    tokens = [body.split("/link/")[1].split("/")[0] for body in letters_by_address.values()]
    seats = {(seat.report, seat.is_authors_link) for seat in map(letters.seat_of, tokens)}
    assert seats == {(row, False), (None, True)}
    author = Seat(Case.objects.get(), is_authors_link=True)
    appeal = actions.appeal(
        seat=author, text="No", language="en", by=AnonymousUser(), who="a", at=LATER
    )
    assert (appeal.side, appeal.person) == ("author", None)


@pytest.mark.parametrize("token", ["", "x", "a:b:c"])
def test_a_link_that_we_did_not_make_opens_nothing(token):
    assert letters.seat_of(token) is None


def test_a_case_that_waits_too_long_is_told_of_once(settings):
    moderator, coordinator = person_with(Role.MODERATOR), person_with(Role.COORDINATOR)
    UserFactory()
    CaseFactory(thing=comment_by())
    late = AT + timedelta(days=settings.MODERATION_CASE_DAYS)

    early = actions.warn_of_waiting(at=late - timedelta(seconds=1))
    counts = [actions.warn_of_waiting(at=late) for _ in range(2)]

    assert (early, counts) == (0, [1, 0])
    assert {n.user for n in Notice.objects.all()} == {moderator, coordinator}


def test_reports_of_long_decided_cases_are_forgotten_and_the_log_stays():
    comment = comment_by()
    case = DecidedCaseFactory(thing=comment)
    ReportFactory(case=case, email="", note="He lives at…")
    ReportFactory(case=CaseFactory(thing=comment_by()), note="Still open")

    counts = [actions.forget_reporters(days=180, at=AT + timedelta(days=d)) for d in (180, 181)]

    assert counts == [0, 1]
    assert sorted(Report.objects.values_list("note", flat=True)) == ["", "Still open"]
    assert queries.decided_cases().count() == 1


def test_a_hidden_idea_is_in_no_list():
    entry = EntryFactory()
    actions.decide(
        case=CaseFactory(thing=entry), ruling=ruling(), by=person_with(Role.MODERATOR), at=LATER
    )

    from vuoksi.loop.calls.queries import entries_of, entry_counts, public_entries

    assert list(public_entries()) == list(entries_of(entry.call)) == []
    assert entry_counts([entry.call]) == {entry.call_id: 0}
    assert Entry.objects.count() == 1
