"""Writing an idea in the browser, without a script: accounts, links, drafts, conflicts, closed calls."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.factories.calls import (
    CallFactory,
    CategoryFactory,
    CoAuthorFactory,
    DraftFactory,
    EntryFactory,
    EntryLinkFactory,
    PhaseFactory,
    QuestionFactory,
)
from tests.factories.people import UserFactory, person_with
from vuoksi.base.files.actions import attach_file
from vuoksi.base.files.queries import attachments_of
from vuoksi.base.people.models import Role
from vuoksi.base.talk.queries import does_follow, does_support
from vuoksi.loop.calls import queries
from vuoksi.loop.calls.models import CoAuthor, Entry, EntryLink

pytestmark = pytest.mark.django_db


def open_call(**more):
    now = timezone.now()
    call = CallFactory(entry_phase=None, **more)
    PhaseFactory(call=call, opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=1))
    return call


def close(call):
    call.phases.update(closes_at=timezone.now() - timedelta(minutes=1))


def filled(page, **changes):
    """What the browser would send: the form of `page` with some fields changed."""
    form = page.context["form"]
    values = {field.html_name: field.value() for field in form}
    values = {name: "" if value is None else str(value) for name, value in values.items()}
    return {**values, **changes}


WORDS = {"title": "Lamps to borrow", "summary": "Lend lamps as books."}


def enter(client, call, do="send", **changes):
    address = f"/calls/{call.slug}/enter/"
    page = client.get(address)
    return client.post(address, filled(page, **{**WORDS, "do": do, **changes}))


def test_with_an_account_from_the_call_to_the_idea(client):
    call, author = open_call(), UserFactory()
    question = QuestionFactory(call=call, is_required=True)
    client.force_login(author)
    answer = enter(client, call, **{f"q_{question.pk}": "Night readers"})
    entry = Entry.objects.get()
    assert (answer.status_code, answer.url) == (302, entry.get_absolute_url())
    assert (entry.state, entry.author) == ("submitted", author)
    shown = client.get(answer.url).content.decode()
    assert "Night readers" in shown
    assert "Thank you!" in shown


def test_a_double_click_sends_one_idea(client):
    client.force_login(UserFactory())
    call = open_call()
    address = f"/calls/{call.slug}/enter/"
    values = filled(client.get(address), **WORDS, do="send")
    answers = [client.post(address, values) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0].url == answers[1].url
    assert Entry.objects.count() == 1


def test_a_draft_is_saved_and_gone_on_with(client):
    client.force_login(UserFactory())
    call = open_call()
    answer = enter(client, call, do="save", summary="")
    entry = Entry.objects.get()
    assert answer.url == f"/calls/{call.slug}/entries/{entry.pk}/edit/"
    page = client.get(answer.url)
    assert page.context["form"]["title"].value() == "Lamps to borrow"
    client.post(answer.url, filled(page, summary="Now with words", do="send"))
    entry.refresh_from_db()
    assert (entry.state, entry.summary) == ("submitted", "Now with words")


def test_the_page_saves_by_itself(client):
    client.force_login(UserFactory())
    call = open_call()
    address = f"/calls/{call.slug}/enter/"
    values = filled(client.get(address), title="L", do="autosave")
    first = client.post(address, values)
    second = client.post(address, {**values, "title": "Lamps"})
    entry = Entry.objects.get()
    assert (entry.title, entry.state, entry.version) == ("Lamps", "draft", 2)
    assert re.findall(r'name="version" value="(\d)"', first.content.decode()) == ["1"]
    assert re.findall(r'name="version" value="(\d)"', second.content.decode()) == ["2"]
    assert "Saved at" in second.content.decode()


def test_what_cannot_be_saved_by_itself_is_said_calmly(client):
    client.force_login(UserFactory())
    call = open_call()
    address = f"/calls/{call.slug}/enter/"
    values = filled(client.get(address), title="L" * 161, do="autosave")
    answer = client.post(address, values)
    assert answer.status_code == 200
    assert "Not saved yet." in answer.content.decode()
    assert Entry.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"title": ""}, "title", "Write something here: the call asks for it."),
        ({"summary": " "}, "summary", "Write something here: the call asks for it."),
        (
            {"summary": "Buy <b>lamps</b>"},
            "summary",
            "Write plain text: “<b>” looks like HTML, which is not shown here.",
        ),
        (
            {"title": "L" * 161},
            "title",
            "Ensure this value has at most 160 characters (it has 161).",
        ),
        (
            {"language": "tlh"},
            "language",
            "Select a valid choice. tlh is not one of the available choices.",
        ),
    ],
)
def test_a_mistake_is_said_at_its_field_and_the_text_stays(client, changes, field, words):
    client.force_login(UserFactory())
    page = enter(client, open_call(), **changes)
    assert page.status_code == 422
    assert page.context["form"].errors == {field: [words]}
    for name, value in {**WORDS, **changes}.items():
        assert page.context["form"][name].value() == value
    assert queries.public_entries().count() == 0


def test_answers_to_questions_are_checked_at_their_fields(client):
    client.force_login(UserFactory())
    call = open_call()
    CategoryFactory(call=call)
    number = QuestionFactory(call=call, kind="number")
    choice = QuestionFactory(call=call, kind="choice", choices="bus\ntram", is_required=True)
    page = enter(client, call, **{f"q_{number.pk}": "many", f"q_{choice.pk}": ""})
    assert page.context["form"].errors == {
        "category": ["Write something here: the call asks for it."],
        f"q_{number.pk}": ["Write a number, such as 12 or 3,5."],
        f"q_{choice.pk}": ["Write something here: the call asks for it."],
    }
    assert Entry.objects.get().state == "draft"


def test_a_call_that_closes_while_one_writes_keeps_the_draft(client):
    client.force_login(UserFactory())
    call = open_call()
    address = f"/calls/{call.slug}/enter/"
    values = filled(client.get(address), **WORDS, do="send")
    close(call)
    page = client.post(address, values)
    assert page.status_code == 409
    assert page.context["form"].non_field_errors() == [
        "This call takes no ideas now. Your text is kept as a draft and shown below."
    ]
    assert page.context["form"]["summary"].value() == "Lend lamps as books."
    entry = Entry.objects.get()
    assert (entry.state, entry.summary) == ("draft", "Lend lamps as books.")


def test_a_call_that_turns_to_others_while_one_writes_keeps_the_draft(client):
    client.force_login(UserFactory())
    call = open_call()
    call_page = f"/calls/{call.slug}/enter/"
    client.post(call_page, filled(client.get(call_page), **WORDS, do="save"))
    entry = Entry.objects.get()
    address = f"/calls/{call.slug}/entries/{entry.pk}/edit/"
    values = filled(client.get(address), do="send", summary="Lend lamps as books, and bulbs.")
    call.entrants = "companies"
    call.save()
    page = client.post(address, values)
    assert page.status_code == 403
    assert page.context["form"].non_field_errors() == [
        "This call is for others now: see “who may take part” on its page. Your idea is kept as a draft."
    ]
    entry.refresh_from_db()
    assert (entry.state, entry.summary) == ("draft", "Lend lamps as books, and bulbs.")


@pytest.mark.parametrize(("days", "words"), [(-3, "This call is closed"), (3, "not open yet")])
def test_a_call_that_is_not_open_says_when(client, days, words):
    client.force_login(UserFactory())
    call = CallFactory(entry_phase=None)
    start = timezone.now() + timedelta(days=days)
    PhaseFactory(call=call, opens_at=start, closes_at=start + timedelta(days=1))
    assert words in client.get(f"/calls/{call.slug}/enter/").content.decode()


def test_two_writers_see_both_texts(client):
    entry = DraftFactory(call=open_call())
    friend = UserFactory()
    CoAuthorFactory(entry=entry, user=friend, accepted_at=timezone.now())
    address = f"/calls/{entry.call.slug}/entries/{entry.pk}/edit/"
    client.force_login(friend)
    theirs = client.get(address)
    client.force_login(entry.author)
    mine = client.get(address)
    client.post(address, filled(mine, summary="By the author", do="save"))
    client.force_login(friend)
    conflict = client.post(address, filled(theirs, summary="By the friend", do="save"))
    assert conflict.status_code == 409
    assert "By the author" in conflict.content.decode()
    assert conflict.context["form"]["summary"].value() == "By the friend"
    client.post(address, filled(conflict, summary="By both", do="save"))
    entry.refresh_from_db()
    assert entry.summary == "By both"


def test_a_page_that_saves_by_itself_does_not_replace_anothers_text(client):
    entry = DraftFactory(call=open_call())
    client.force_login(entry.author)
    address = f"/calls/{entry.call.slug}/entries/{entry.pk}/edit/"
    values = filled(client.get(address), summary="Mine", do="autosave")
    Entry.objects.filter(pk=entry.pk).update(version=2, summary="Theirs", writer=uuid4())
    answer = client.post(address, values)
    assert "somebody else changed this idea" in answer.content.decode()
    assert Entry.objects.get().summary == "Theirs"


def test_somebody_signed_out_while_writing_loses_nothing(client):
    call, author = open_call(), UserFactory()
    client.force_login(author)
    address = f"/calls/{call.slug}/enter/"
    values = filled(client.get(address), **WORDS, do="send")
    client.logout()
    page = client.post(address, values)
    assert page.status_code == 403
    assert page.context["form"].non_field_errors() == [
        "Sign in, or ask for a link by e-mail, to write an idea."
    ]
    assert page.context["form"]["summary"].value() == "Lend lamps as books."


def test_a_person_who_may_not_enter_is_told_why(client):
    client.force_login(UserFactory())
    page = client.get(f"/calls/{open_call(entrants='staff').slug}/enter/")
    assert page.status_code == 403
    assert "This call is for others" in page.content.decode()


def ask(client, call, email):
    return client.post(f"/calls/{call.slug}/link/", {"email": email})


def link_in(letter):
    return re.search(r"http://localhost:8000(/calls/link/\S+)", letter.body).group(1)


def test_without_an_account_from_the_call_to_the_idea(client, django_capture_on_commit_callbacks):
    call = open_call()
    assert "Send me a link" in client.get(f"/calls/{call.slug}/enter/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        ask(client, call, "ann@example.org")
    answer = client.get(link_in(mail.outbox[0]))
    assert answer.url == f"/calls/{call.slug}/enter/"
    answer = enter(client, call, do="save", author_name="Ann")
    entry = Entry.objects.get()
    assert answer.url == f"/calls/{call.slug}/entries/{entry.pk}/edit/"
    assert client.get(f"/calls/{call.slug}/enter/").url == answer.url
    page = client.get(answer.url)
    answer = client.post(answer.url, filled(page, do="send"))
    entry.refresh_from_db()
    assert (entry.state, entry.author_email) == ("submitted", "ann@example.org")
    shown = client.get(answer.url).content.decode()
    assert "Ann" in shown
    assert "ann@example.org" not in shown
    answer = client.post(f"/calls/{call.slug}/entries/{entry.pk}/withdraw/")
    entry.refresh_from_db()
    assert entry.state == "withdrawn"


def test_asking_for_a_link_tells_nothing_about_the_address(client):
    call = open_call()
    UserFactory(email="known@example.org")
    DraftFactory(call=call, author=None, author_email="known@example.org")
    answers = {ask(client, call, email).content for email in ("known@example.org", "x@example.org")}
    too_many = [ask(client, call, "known@example.org").content for _ in range(5)]
    strip = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"')
    assert len({strip.sub(b"", answer) for answer in [*answers, *too_many]}) == 1
    assert EntryLink.objects.filter(email="known@example.org").count() == 3


def test_a_wrong_address_is_said_at_its_field(client):
    page = ask(client, open_call(), "ann at home")
    assert page.status_code == 422
    assert page.context["form"].errors == {"email": ["Enter a valid email address."]}
    assert page.context["form"]["email"].value() == "ann at home"


def test_an_expired_link_gives_the_way_to_a_new_one(client, django_capture_on_commit_callbacks):
    link = EntryLinkFactory(token="old", expires_at=timezone.now() - timedelta(days=1))
    page = client.get("/calls/link/old/")
    assert page.status_code == 410
    assert "This link has expired" in page.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/calls/link/old/renew/")
    assert mail.outbox[0].to == [link.email]
    assert client.get(link_in(mail.outbox[0])).status_code == 302


def test_an_unknown_link_says_so(client):
    page = client.get("/calls/link/nonsense/")
    assert page.status_code == 404
    assert "This link does not work" in page.content.decode()
    assert client.post("/calls/link/nonsense/renew/").url == "/calls/"


def test_a_link_that_expires_while_one_writes_loses_no_text(client):
    call = open_call()
    EntryLinkFactory(call=call, token="t", expires_at=timezone.now() + timedelta(days=1))
    client.get("/calls/link/t/")
    address = f"/calls/{call.slug}/enter/"
    values = filled(client.get(address), **WORDS, do="send")
    EntryLink.objects.update(expires_at=timezone.now())
    page = client.post(address, values)
    assert page.status_code == 403
    assert page.context["form"]["summary"].value() == "Lend lamps as books."


def test_a_link_of_one_browser_does_not_open_the_draft_in_another(client):
    link = EntryLinkFactory(token="t", expires_at=timezone.now() + timedelta(days=1))
    entry = DraftFactory(call=link.call, author=None, author_email=link.email)
    assert client.get(entry.get_absolute_url()).status_code == 404


def test_staff_enter_for_somebody(client):
    call, clerk = open_call(), person_with(Role.STAFF)
    client.force_login(clerk)
    address = f"/calls/{call.slug}/enter-for/"
    values = filled(client.get(address), **WORDS, do="send", language="so")
    page = client.post(address, values)
    assert page.context["behalf"].errors == {"somebody": ["This field is required."]}
    assert page.context["form"]["title"].value() == "Lamps to borrow"
    client.post(address, {**values, "somebody": "Aino", "email": "aino@example.org"})
    entry = Entry.objects.get()
    assert (entry.author_name, entry.entered_by, entry.language) == ("Aino", clerk, "so")
    shown = client.get(entry.get_absolute_url()).content.decode()
    assert "city staff, on the author’s behalf" in shown


def test_residents_do_not_enter_for_somebody(client):
    client.force_login(UserFactory())
    assert client.get(f"/calls/{open_call().slug}/enter-for/").status_code == 403


def test_writing_together(client, django_capture_on_commit_callbacks):
    entry, friend = DraftFactory(call=open_call()), UserFactory()
    client.force_login(entry.author)
    address = entry.get_absolute_url()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{address}invite/", {"email": friend.email})
    assert friend.email in client.get(address).content.decode()
    place = re.search(r"http://localhost:8000(/calls/invitations/\S+)", mail.outbox[0].body)
    client.logout()
    assert "Sign in, or make an account, to accept." in client.get(place.group(1)).content.decode()
    assert client.post(place.group(1)).status_code == 403
    client.force_login(friend)
    answer = client.post(place.group(1))
    assert answer.url == f"{address}edit/"
    assert client.get(answer.url).status_code == 200
    client.post(f"{address}authors/{CoAuthor.objects.get().pk}/remove/")
    assert client.get(f"{address}edit/").status_code == 404


def test_a_used_invitation_says_so(client):
    CoAuthorFactory(token="t", user=UserFactory(), accepted_at=timezone.now())
    client.force_login(UserFactory())
    page = client.post("/calls/invitations/t/")
    assert page.status_code == 410
    assert "has been used or has expired" in page.content.decode()
    assert client.get("/calls/invitations/unknown/").status_code == 404


def test_a_wrong_address_invites_nobody(client):
    entry = DraftFactory(call=open_call())
    client.force_login(entry.author)
    page = client.post(f"{entry.get_absolute_url()}invite/", {"email": "friend"})
    assert page.context["form"].errors == {"email": ["Enter a valid email address."]}


@pytest.mark.parametrize("act", ["support", "follow"])
def test_standing_behind_an_idea(client, act):
    entry, person = EntryFactory(), UserFactory()
    client.force_login(person)
    answer = client.post(f"/talk/calls.entry/{entry.pk}/{act}/", {"do": "begin"})
    assert answer.url == entry.get_absolute_url()
    does = {"support": does_support, "follow": does_follow}[act]
    assert does(person, entry)


@pytest.mark.parametrize("act", ["support", "follow", "comments"])
def test_a_draft_is_not_talked_about_even_by_its_author(client, act):
    entry = DraftFactory()
    client.force_login(entry.author)
    answer = client.post(f"/talk/calls.entry/{entry.pk}/{act}/", {"do": "begin"})
    assert answer.status_code == 404


PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"


def upload(name="plan.pdf", content=PDF):
    return {"file": SimpleUploadedFile(name, content)}


def test_a_file_is_added_and_removed(client):
    entry = DraftFactory(call=open_call())
    client.force_login(entry.author)
    address = entry.get_absolute_url()
    assert client.post(f"{address}files/", upload()).url == f"{address}edit/"
    attachment = attachments_of([entry])[str(entry.pk)][0]
    assert "plan.pdf" in client.get(address).content.decode()
    assert client.get(f"/files/{attachment.pk}/").status_code == 200
    asked = client.get(f"{address}files/{attachment.pk}/remove/")
    assert attachment.name in asked.content.decode()
    assert attachments_of([entry]) == {str(entry.pk): [attachment]}

    client.post(f"{address}files/{attachment.pk}/remove/")
    assert attachments_of([entry]) == {}


def test_a_disguised_file_is_refused_at_its_field(client):
    entry = DraftFactory(call=open_call())
    client.force_login(entry.author)
    page = client.post(f"{entry.get_absolute_url()}files/", upload(content=b"MZ\x90\x00" * 20))
    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["file"]
    assert attachments_of([entry]) == {}


def test_a_sixth_file_is_refused_at_its_field(client):
    entry = DraftFactory(call=open_call())
    client.force_login(entry.author)
    pages = [client.post(f"{entry.get_absolute_url()}files/", upload()) for _ in range(6)]
    assert [page.status_code for page in pages] == [302] * 5 + [422]
    assert list(pages[-1].context["form"].errors) == ["file"]


def test_the_file_of_another_idea_is_not_removed(client):
    mine, other = DraftFactory(call=open_call()), EntryFactory()
    client.force_login(other.author)
    attach_file(thing=other, upload=upload()["file"], by=other.author, at=timezone.now())
    attachment = attachments_of([other])[str(other.pk)][0]
    client.force_login(mine.author)
    answer = client.post(f"{mine.get_absolute_url()}files/{attachment.pk}/remove/")
    assert answer.status_code == 404
    assert client.get(f"{other.get_absolute_url()}files/{attachment.pk}/remove/").status_code in {
        403,
        404,
    }
    answer = client.post(f"{other.get_absolute_url()}files/{attachment.pk}/remove/")
    assert answer.status_code == 403


def test_the_file_of_a_draft_is_read_by_its_authors_only(client):
    entry = DraftFactory()
    attach_file(thing=entry, upload=upload()["file"], by=entry.author, at=timezone.now())
    attachment = attachments_of([entry])[str(entry.pk)][0]
    assert client.get(f"/files/{attachment.pk}/").status_code == 403


def test_withdrawing_asks_first(client):
    entry = EntryFactory(call=open_call())
    client.force_login(entry.author)
    address = f"{entry.get_absolute_url()}withdraw/"
    assert "Withdraw the idea?" in client.get(address).content.decode()
    entry.refresh_from_db()
    assert entry.state == "submitted"
    client.post(address)
    entry.refresh_from_db()
    assert entry.state == "withdrawn"
