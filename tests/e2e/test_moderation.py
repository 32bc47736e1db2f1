"""A text is reported, hidden, appealed and shown again; somebody takes their data along: in a real browser."""

import zipfile
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from tests.factories.calls import EntryFactory
from tests.factories.people import UserFactory, person_with
from tests.factories.talk import CommentFactory, SupportFactory
from vuoksi.base.moderation.models import Case
from vuoksi.base.people.models import Role
from vuoksi.base.privacy.tasks import erase_who_is_due
from vuoksi.base.talk.queries import supports_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def own(violations):
    """Leave out the sizes of targets: they are the shell's and the stylesheet's, the same on every page."""
    return [violation for violation in violations if violation[0] != "target-size"]


def decide(page, outcome, rule):
    page.get_by_role("radio", name=outcome, exact=True).check()
    page.get_by_role("radio", name=rule).check()
    page.get_by_role("button", name="Decide and tell those concerned").click()
    page.get_by_text("Those whom it concerns are told.").wait_for()


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def visit_as(request, open_page, axe):
    """Open a page as somebody, with scripts or without; with scripts axe looks at it too."""

    def visit(path, user=None, *, is_ours=True):
        page = open_page(path, user=user, javascript=request.param)
        if request.param and is_ours:
            assert own(axe(page)) == [], path
        return page

    return visit


def test_a_report_hides_and_an_appeal_restores(visit_as):
    entry, author = EntryFactory(), UserFactory()
    comment = CommentFactory(thing=entry, author=author, text="Lamps are cheap at my shop")
    first, second = person_with(Role.MODERATOR), person_with(Role.MODERATOR)

    report_comment(visit_as(entry.get_absolute_url()), comment)
    case = Case.objects.get()
    page = visit_as("/moderation/cases/", first)
    page.get_by_role("link", name=f"Case {case.pk}").click()
    decide(page, "It is hidden", "Advertising or spam")
    page = visit_as(entry.get_absolute_url())
    page.get_by_text("Hidden by the moderators on").wait_for()
    assert page.get_by_text("Lamps are cheap").count() == 0

    appeal(visit_as("/me/notices/", author, is_ours=False))
    page = visit_as(case.get_absolute_url(), first)
    page.get_by_text("another moderator than the first").wait_for()
    assert page.get_by_role("button", name="Decide and tell").count() == 0
    page = visit_as(case.get_absolute_url(), second)
    page.get_by_text("I have no shop.").wait_for()
    decide(page, "It is shown", "It breaks no rule")

    visit_as(entry.get_absolute_url()).get_by_text("Lamps are cheap at my shop").wait_for()
    visit_as("/moderation/").get_by_role("cell", name="it is shown").wait_for()


def report_comment(page, comment):
    page.locator(f"#comment-{comment.pk}").get_by_role("link", name="Report").click()
    page.get_by_role("radio", name="Advertising or spam").check()
    page.get_by_role("button", name="Send the report").click()
    page.get_by_text("Thank you. A moderator looks at it.").wait_for()


def appeal(page):
    page.get_by_role("link", name="Your comment").click()
    page.get_by_role("link", name="Appeal").click()
    page.get_by_label("Why the decision is wrong").fill("I have no shop.")
    page.get_by_role("button", name="Send the appeal").click()
    page.get_by_text("Your appeal is kept.").wait_for()


def test_somebody_takes_a_copy_and_asks_to_be_erased(open_page, axe):
    me = UserFactory()
    me.set_password("rising tide of spring")
    me.save()
    CommentFactory(thing=EntryFactory(), author=me)
    page = open_page("/me/data/", user=me)
    page.get_by_role("button", name="Make a copy").click()
    page.get_by_role("link", name="See the result").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the copy").click()
    assert download.value.suggested_filename.endswith(".zip")
    assert own(axe(page)) == []

    page.get_by_role("link", name="Erase my account").click()
    assert own(axe(page)) == []
    page.get_by_label("Password").fill("rising tide of spring")
    page.get_by_role("button", name="Erase my account").click()
    page.get_by_role("heading", name="Your account will be erased").wait_for()
    page.get_by_role("button", name="Keep my account").click()
    page.get_by_text("Nothing is erased.").wait_for()


def test_an_account_is_erased_and_what_it_counted_for_stays(open_page, tmp_path):
    """First the copy, then the erasure; afterwards the tally and the answered idea stand, without the name."""
    me = UserFactory(name="Aino Ahtola", email="aino@example.org")
    me.set_password("rising tide of spring")
    me.save()
    mine = EntryFactory(author=me, title="Lamps to borrow", state="accepted")
    theirs = EntryFactory(call=mine.call, title="Benches")
    SupportFactory(thing=theirs, user=me)
    page = open_page("/me/data/", user=me)
    page.get_by_role("button", name="Make a copy").click()
    page.get_by_role("link", name="See the result").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the copy").click()
    download.value.save_as(tmp_path / "copy.zip")
    with zipfile.ZipFile(tmp_path / "copy.zip") as archive:
        assert "Lamps to borrow" in archive.read("calls.json").decode()

    page.goto("/me/data/")
    page.get_by_role("link", name="Erase my account").click()
    page.get_by_label("Password").fill("rising tide of spring")
    page.get_by_role("button", name="Erase my account").click()
    page.get_by_role("heading", name="Your account will be erased").wait_for()
    assert erase_who_is_due(timezone.now() + timedelta(days=settings.ERASURE_DAYS + 1)) == 1

    page.goto("/me/data/")
    page.get_by_role("heading", name="Sign in").wait_for()
    anybody = open_page(mine.get_absolute_url())
    anybody.get_by_role("heading", name="Lamps to borrow").wait_for()
    assert "Aino Ahtola" not in anybody.content()
    anybody.goto(theirs.get_absolute_url())
    assert supports_of([theirs]) == {str(theirs.pk): 1}
    me.refresh_from_db()
    assert (me.name, me.is_active) == ("", False)


@pytest.mark.parametrize("language", ["en", "fi"])
def test_axe_finds_nothing_on_the_public_pages(open_page, axe, language):
    addresses = ["/moderation/", "/moderation/rules/", "/privacy/"]
    found = {path: own(axe(open_page(path, language=language))) for path in addresses}

    assert found == {path: [] for path in addresses}
