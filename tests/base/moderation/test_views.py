from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.utils import timezone

from tests.factories.calls import EntryFactory
from tests.factories.moderation import AT, CaseFactory, DecidedCaseFactory, ReportFactory
from tests.factories.people import UserFactory, person_with
from tests.factories.places import FinnishPlaceFactory
from tests.factories.talk import CommentFactory
from vuoksi.base.moderation import actions, letters
from vuoksi.base.moderation.models import Appeal, Case, Outcome, Report
from vuoksi.base.people.models import Role

BACKEND = "django.contrib.auth.backends.ModelBackend"
pytestmark = pytest.mark.django_db


def a_comment(**more):
    return CommentFactory(thing=FinnishPlaceFactory(), **more)


def address(thing):
    return f"/moderation/report/{thing._meta.label_lower}/{thing.pk}/"


def ruling(**more):
    return {"outcome": "hide", "reason": "spam", "words": "", "language": "en", **more}


def decided_now(**more):
    case = DecidedCaseFactory(thing=a_comment(), **more)
    case.decisions.update(appeal_until=timezone.now() + timedelta(days=1))
    return case


def test_anybody_reports_without_an_account(client):
    comment = a_comment()
    assert comment.text in client.get(address(comment)).content.decode()

    answer = client.post(
        address(comment), {"reason": "spam", "note": "Lamps", "email": "me@example.org"}
    )

    row = Report.objects.get()
    assert (row.reason, row.note, row.email, row.reporter) == (
        "spam",
        "Lamps",
        "me@example.org",
        None,
    )
    assert answer.url.endswith(f"#comment-{comment.pk}")
    assert "example.org" not in row.who


def test_the_same_browser_reports_once(client):
    comment = a_comment()
    for _ in range(2):
        client.post(address(comment), {"reason": "spam"})

    assert Report.objects.count() == 1


def test_two_browsers_are_two_reporters(client):
    comment = a_comment()
    for browser in ("Firefox", "Lynx"):
        client.post(address(comment), {"reason": "spam"}, headers={"User-Agent": browser})

    assert (Report.objects.count(), Case.objects.count()) == (2, 1)


def test_other_needs_words_and_nothing_is_lost(client):
    page = client.post(address(a_comment()), {"reason": "other", "email": "me@example.org"})

    assert page.status_code == 422
    assert "Say in a few words what is wrong." in page.content.decode()
    assert "me@example.org" in page.content.decode()


def test_too_many_reports_are_told_and_nothing_is_lost(client, settings):
    settings.MODERATION_REPORTS_AN_HOUR = 1
    client.post(address(a_comment()), {"reason": "spam"})

    page = client.post(address(a_comment()), {"reason": "other", "note": "Rude words"})

    assert page.status_code == 422
    assert "You have reported 1 texts within an hour." in page.content.decode()
    assert "Rude words</textarea>" in page.content.decode()


@pytest.mark.parametrize("path", ["people.user/1", "talk.comment/0", "nothing/1", "a.b/1"])
def test_what_nobody_moderates_cannot_be_reported(client, path):
    assert client.get(f"/moderation/report/{path}/").status_code == 404


def test_what_is_hidden_cannot_be_reported(client):
    comment = a_comment(visibility="hidden", hidden_at=AT, hidden_reason="spam")

    assert client.get(address(comment)).status_code == 404


@pytest.mark.parametrize("role", [None, Role.STAFF, Role.REVIEWER])
def test_others_see_no_queue_and_no_case(client_as, role):
    client = client_as(*([role] if role else []))
    case = CaseFactory(thing=a_comment())

    assert client.get("/moderation/cases/").status_code == 403
    assert client.get(f"/moderation/cases/{case.pk}/").status_code == 404
    assert client.post(f"/moderation/cases/{case.pk}/", ruling()).status_code == 404
    assert client.get(f"/moderation/look/talk.comment/{case.object_id}/").status_code == 403


def test_a_moderator_decides_and_comes_back_to_the_queue(client_as):
    client = client_as(Role.MODERATOR)
    case = ReportFactory(case=CaseFactory(thing=a_comment()), note="Sells lamps").case
    page = client.get(f"/moderation/cases/{case.pk}/").content.decode()
    assert "Sells lamps" in page
    assert case.thing.text in page

    answer = client.post(f"/moderation/cases/{case.pk}/", ruling())

    assert answer.url == "/moderation/cases/"
    case.thing.refresh_from_db()
    assert case.thing.visibility == "hidden"
    again = client.post(f"/moderation/cases/{case.pk}/", ruling(), follow=True)
    assert again.redirect_chain == [(case.get_absolute_url(), 302)]
    assert "has decided meanwhile" not in again.text


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"outcome": "keep"}, "What breaks no rule is shown, and only that."),
        ({"outcome": "remove"}, "For this reason a text is hidden."),
        ({"outcome": "mend"}, "Say what its author should change."),
    ],
)
def test_what_does_not_fit_is_told_at_the_field(client_as, wrong, words):
    client = client_as(Role.MODERATOR)
    case = CaseFactory(thing=a_comment())

    page = client.post(f"/moderation/cases/{case.pk}/", ruling(**wrong))

    assert (page.status_code, words in page.content.decode()) == (422, True)
    case.refresh_from_db()
    assert case.state == "open"


def test_who_decides_too_late_reads_what_they_wrote(client_as):
    case = CaseFactory(thing=a_comment())
    ReportFactory(case=case)
    late = client_as(Role.MODERATOR)
    other = person_with(Role.MODERATOR)
    hide = actions.Ruling(Outcome.HIDE, "spam", "", "en")
    actions.decide(case=case, ruling=hide, by=other, at=AT)

    answer = late.post(case.get_absolute_url(), ruling(words="Off topic here"), follow=True)

    assert answer.redirect_chain == [(case.get_absolute_url(), 302)]
    assert "has decided meanwhile. You wrote: Off topic here" in answer.text
    assert case.decisions.count() == 1


def test_a_moderator_opens_a_case_on_what_they_saw(client_as):
    client, comment = client_as(Role.MODERATOR), a_comment()
    path = f"/moderation/look/talk.comment/{comment.pk}/"
    assert comment.text in client.get(path).content.decode()

    first, second = client.post(path), client.post(path)

    assert first.url == second.url == Case.objects.get().get_absolute_url()
    assert Case.objects.get().origin == "moderator"


def test_an_author_reads_the_decision_and_appeals(client):
    case = decided_now(decision__words="Please sell elsewhere.")
    ReportFactory(case=case, note="Secret words")
    client.force_login(case.thing.author, backend=BACKEND)
    page = client.get(case.get_absolute_url()).content.decode()
    assert "Please sell elsewhere." in page
    assert "Secret words" not in page

    assert client.post(f"{case.get_absolute_url()}appeal/", {"text": ""}).status_code == 422
    client.post(f"{case.get_absolute_url()}appeal/", {"text": "I sell nothing", "language": "en"})

    assert [(a.side, a.text) for a in Appeal.objects.all()] == [("author", "I sell nothing")]


def test_a_late_appeal_is_told_and_kept_on_the_page(client):
    case = DecidedCaseFactory(thing=a_comment())
    client.force_login(case.thing.author, backend=BACKEND)

    page = client.post(f"{case.get_absolute_url()}appeal/", {"text": "No!", "language": "en"})

    assert page.status_code == 422
    assert "The time to appeal is over." in page.content.decode()
    assert "No!</textarea>" in page.content.decode()
    assert "Appeal</a>" not in client.get(case.get_absolute_url()).content.decode()


def test_a_link_from_a_letter_opens_one_case_for_one_side(client):
    case = decided_now()
    row = ReportFactory(case=case, reporter=None, email="witness@example.org")
    other = decided_now()

    answer = client.get(f"/moderation/link/{letters.token_for(case, row)}/")

    assert answer.url == case.get_absolute_url()
    assert client.get(case.get_absolute_url()).status_code == 200
    assert client.get(other.get_absolute_url()).status_code == 404
    client.post(f"{case.get_absolute_url()}appeal/", {"text": "Look again", "language": "en"})
    assert [(a.side, a.person) for a in Appeal.objects.all()] == [("reporter", None)]
    assert client.get("/moderation/link/wrong/").status_code == 404


def test_an_author_mends_without_an_account(client):
    entry = EntryFactory(
        author=None, author_email="a@example.org", title="Buy lamps",
        visibility="mend", hidden_at=AT, hidden_reason="spam",
    )  # fmt: skip
    case = DecidedCaseFactory(thing=entry, decision__outcome="mend", decision__words="No selling")
    client.get(f"/moderation/link/{letters.token_for(case)}/")
    page = client.get(f"{case.get_absolute_url()}mend/").content.decode()
    assert "No selling" in page

    names = {f"entry-{entry.pk}-title": "Lamps last", f"entry-{entry.pk}-summary": "They do."}
    client.post(f"{case.get_absolute_url()}mend/", names)

    entry.refresh_from_db()
    assert (entry.title, entry.visibility) == ("Lamps last", "held")


@pytest.mark.parametrize("form", ["", "?format=csv", "?format=json"])
def test_the_log_names_nobody(client, form):
    moderator = person_with(Role.MODERATOR)
    comment = a_comment(text="Buy lamps", author=UserFactory(name="Author Name"))
    case = DecidedCaseFactory(thing=comment, decision__by=moderator, decision__words="Dear Author")
    ReportFactory(case=case, note="By Author Name")

    body = client.get(f"/moderation/{form}").getvalue().decode()

    assert "Advertising or spam" in body
    for secret in ("Author Name", moderator.name, "Buy lamps", "Dear Author"):
        assert secret not in body


def test_the_log_is_a_feed(client):
    DecidedCaseFactory(thing=a_comment(text="Buy lamps"))

    body = client.get("/moderation/feed/").content.decode()

    assert "comment: it is hidden" in body
    assert "Buy lamps" not in body


def test_the_rules_say_the_limits_that_the_program_obeys(client, settings):
    settings.MODERATION_APPEAL_DAYS = 17

    assert "within 17 days" in client.get("/moderation/rules/").content.decode()


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("path", ["/moderation/cases/", "/moderation/"])
def test_lists_take_the_same_queries_whatever_their_length(
    client_as, django_assert_num_queries, path, number
):
    client = client_as(Role.MODERATOR) if "cases" in path else client_as()
    for _ in range(number):
        ReportFactory(case=CaseFactory(thing=a_comment()))
        DecidedCaseFactory(thing=a_comment())
    client.get(path)

    with django_assert_num_queries(6):
        client.get(path)


def test_a_hidden_idea_says_so_in_its_place(client):
    entry = EntryFactory(title="Villain", visibility="hidden", hidden_at=AT, hidden_reason="insult")

    page = client.get(entry.get_absolute_url())

    assert page.status_code == 410
    assert (
        "Hidden by the moderators on 4 May 2026: <bdi>Insulting or hateful</bdi>"
        in page.content.decode()
    )
    assert "Villain" not in page.content.decode()
    held = EntryFactory(visibility="held")
    assert client.get(held.get_absolute_url()).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_reports_at_once_are_one_case():
    comment = a_comment()
    people = UserFactory.create_batch(2)
    barrier, wrong = Barrier(2), []

    def send(person):
        try:
            barrier.wait()
            actions.report(
                thing=type(comment).objects.get(pk=comment.pk), by=person, who=str(person.pk),
                reason="spam", note="", language="en", at=AT,
            )  # fmt: skip
        except Exception as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [Thread(target=send, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert wrong == []
    assert (Case.objects.count(), Report.objects.count()) == (1, 2)


@pytest.mark.django_db(transaction=True)
def test_one_person_reporting_twice_at_once_is_one_report():
    comment = a_comment()
    barrier, wrong = Barrier(2), []

    def send():
        try:
            barrier.wait()
            actions.report(
                thing=type(comment).objects.get(pk=comment.pk), by=AnonymousUser(), who="me",
                reason="spam", note="", language="en", at=AT,
            )  # fmt: skip
        except Exception as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert wrong == []
    assert Report.objects.count() == 1
