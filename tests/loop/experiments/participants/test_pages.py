"""Every page of participants, as each kind of reader meets it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.factories.experiments import ExperimentFactory
from tests.factories.participants import (
    InvitationFactory,
    QuestionFactory,
    RecruitmentFactory,
    SurveyFactory,
    consent_in_force,
    joined,
    led_by,
    stranger,
)
from tests.factories.people import UserFactory

from vuoksi.base.audit.models import AuditEntry
from vuoksi.base.people.actions import create_token
from vuoksi.base.people.models import Role
from vuoksi.loop.experiments.participants import actions, queries
from vuoksi.loop.experiments.participants.models import Key, Participant, Recruitment, Survey
from vuoksi.loop.experiments.plans.registry import obstacles_before_start

pytestmark = pytest.mark.django_db


def by(user):
    client = Client()
    client.force_login(user)
    return client


def address(name, recruitment, *more):
    return reverse(f"participants:{name}", args=[recruitment.experiment.slug, *more])


def link_in(letter, name):
    return f"/take-part/{name}/" + letter.body.split(f"/take-part/{name}/")[1].split()[0]


@pytest.fixture
def post(django_capture_on_commit_callbacks):
    """Post to a page and send the letters; give the answer."""

    def send(client, path, data=None):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(path, data or {})

    return send


def test_the_whole_way_without_an_account(post):
    recruitment = RecruitmentFactory()
    question, client = QuestionFactory(recruitment=recruitment), Client()
    fit = {"age": 30, f"q_{question.pk}": 0}
    assert client.get(recruitment.get_absolute_url()).status_code == 200
    assert client.get(address("join", recruitment)).url == address("check", recruitment)
    answer = client.post(address("check", recruitment), fit, follow=True)
    assert answer.templates[0].name == "participants/ask_link.html"
    post(client, address("ask_link", recruitment), {"email": "aino@example.org"})
    answer = client.get(link_in(mail.outbox[-1], "invited"), follow=True)
    first = answer.context["form"].initial
    post(client, address("join", recruitment), {**first, "agrees": "on"})
    row = Participant.objects.get()
    assert (row.state, row.key.email, row.key.user) == ("joined", "aino@example.org", None)
    assert client.get(row.get_absolute_url()).status_code == 200
    assert Client().get(row.get_absolute_url()).status_code == 404
    other = Client()
    assert other.get(link_in(mail.outbox[-1], "own")).url == row.get_absolute_url()
    answer = post(other, reverse("participants:withdraw", args=[row.page]))
    assert other.get(answer.url).status_code == 200
    row.refresh_from_db()
    assert row.state == "withdrawn"
    assert other.get(row.get_absolute_url()).url == answer.url


def test_whoever_does_not_fit_is_told_kindly_and_nothing_is_kept():
    recruitment = RecruitmentFactory(youngest=18)
    question, client = QuestionFactory(recruitment=recruitment), Client()
    before = AuditEntry.objects.count()
    answer = client.post(address("check", recruitment), {"age": 12, f"q_{question.pk}": 1})
    assert answer.context["against"] == [
        "This experiment is for those who are at least 18 years old.",
        "We look for those who live here.",
    ]
    assert dict(client.session) == {}
    assert AuditEntry.objects.count() == before
    assert client.get(address("join", recruitment)).url == address("check", recruitment)


def test_a_young_person_names_a_guardian_who_agrees_by_a_link(post):
    recruitment, client = RecruitmentFactory(), by(UserFactory())
    client.post(address("check", recruitment), {"age": 14})
    page = client.get(address("join", recruitment))
    data = {**page.context["form"].initial, "agrees": "on"}
    assert post(client, address("join", recruitment), data).status_code == 422
    data |= {"guardian_name": "Irma", "guardian_email": "irma@example.org"}
    post(client, address("join", recruitment), data)
    guardian = Client()
    letter = next(one for one in mail.outbox if one.to == ["irma@example.org"])
    page = guardian.get(link_in(letter, "guardian"), follow=True)
    data = {**page.context["form"].initial, "agrees": "on", "do": "agree"}
    post(guardian, reverse("participants:guardian"), data)
    row = Participant.objects.get()
    assert row.state == "joined"
    assert guardian.get(reverse("participants:guardian")).context["is_given"] is True
    post(guardian, reverse("participants:guardian"), {"do": "withdraw"})
    row.refresh_from_db()
    assert row.state == "withdrawn"
    assert Client().get(reverse("participants:guardian")).status_code == 404


def test_links_that_have_ended_say_so():
    dead = InvitationFactory(digest=queries.digest_of("old"), used_at=timezone.now())
    client = Client()
    assert client.get("/take-part/invited/old/").status_code == 410
    for name in ("invited", "own", "guardian"):
        assert client.get(f"/take-part/{name}/wrong/").status_code == 404
    assert client.get(address("find", dead.recruitment)).status_code == 200


def test_a_survey_is_saved_while_it_is_written_and_sent_when_wished():
    recruitment, user = RecruitmentFactory(), UserFactory()
    row, client = joined(recruitment, user=user), by(user)
    items = [
        {"kind": "number", "scale": "own", "is_required": True, "most_words": "very"},
        {"kind": "several", "choices": "Tea\nCoffee"},
        {"kind": "one", "choices": "Yes\nNo"},
        {"kind": "text"},
    ]
    survey = SurveyFactory(recruitment=recruitment, items=items)
    number, several, one, text = (f"i_{item.pk}" for item in queries.items_of(survey))
    path = reverse("participants:answer", args=[row.page, survey.pk])
    assert client.get(path).status_code == 200
    assert client.post(path, {several: ["0", "1"], "do": "autosave"}).status_code == 200
    assert client.post(path, {several: ["0"], "do": "send"}).status_code == 422
    sent = {number: 4, several: ["0"], one: 1, text: "Fine", "do": "send"}
    assert client.post(path, sent).url == row.get_absolute_url()
    response = queries.response_of(survey, row)
    assert list(response.answers.values()) == [4, [0], 1, "Fine"]
    assert response.submitted_at is not None
    assert client.get(path).context["form"][number].initial == 4


def test_a_new_version_is_agreed_to_on_ones_own_page():
    recruitment, user = RecruitmentFactory(), UserFactory()
    row, client = joined(recruitment, user=user), by(user)
    SurveyFactory(recruitment=recruitment)
    consent_in_force(recruitment, number=2, languages=("fi", "en"))
    page = client.get(f"{row.get_absolute_url()}?language=fi")
    assert (page.context["text"].language, page.context["surveys"]) == ("fi", [])
    path = reverse("participants:agree", args=[row.page])
    assert client.post(path, {"text": 1}).status_code == 422
    client.post(path, {**page.context["form"].initial, "agrees": "on"})
    assert queries.has_consent(row)
    assert len(client.get(row.get_absolute_url()).context["surveys"]) == 1


def test_an_offered_place_is_taken():
    recruitment, user = RecruitmentFactory(capacity=1), UserFactory()
    first, row = joined(recruitment), joined(recruitment, user=user)
    actions.withdraw(participant=first, at=timezone.now())
    client = by(user)
    assert client.get(row.get_absolute_url()).status_code == 200
    client.post(reverse("participants:accept", args=[row.page]))
    row.refresh_from_db()
    assert row.state == "joined"
    assert client.get(reverse("participants:all_mine")).status_code == 200


TEAM = ("lead", "edit", "questions", "invite", "consents", "write_consent")


def test_the_pages_of_the_team_are_theirs_alone():
    recruitment = RecruitmentFactory()
    SurveyFactory(recruitment=recruitment)
    joined(recruitment, email="hidden@example.org")
    ours, theirs = by(led_by(recruitment, Role.STAFF)), by(stranger(Role.COORDINATOR))
    paths = [address(name, recruitment) for name in TEAM]
    paths += [address("survey", recruitment, moment) for moment in ("before", "after")]
    for path in paths:
        answer = ours.get(path)
        assert (path, answer.status_code) == (path, 200)
        assert b"hidden@example.org" not in answer.content
        assert theirs.get(path).status_code == 403
        assert Client().get(path).status_code == 302
    assert ours.get(address("key", recruitment)).status_code == 403
    assert ours.get(address("keepers", recruitment)).status_code == 403


def test_the_key_is_shown_to_who_was_named_and_that_stays_on_record():
    recruitment = RecruitmentFactory()
    row = joined(recruitment, email="hidden@example.org")
    keeper = led_by(recruitment, Role.COORDINATOR)
    client, path = by(keeper), address("key", recruitment)
    client.post(address("keepers", recruitment), {"user": keeper.pk})
    assert b"hidden@example.org" not in client.get(path).content
    assert client.post(path).context["persons"] == [(row.code, "hidden@example.org", "")]
    assert AuditEntry.objects.get(verb="participants.read_key").actor_id == keeper.pk
    named = recruitment.keepers.get()
    client.post(address("keepers", recruitment), {"remove": named.pk})
    assert client.get(path).status_code == 403


def test_a_recruitment_from_nothing_to_open():
    experiment = ExperimentFactory(state="draft")
    recruitment = Recruitment(experiment=experiment)
    lead = by(led_by(recruitment, Role.COORDINATOR))
    texts = dict.fromkeys(("title", "seeking", "tasks", "duration", "contact"), "Words")
    numbers = {"capacity": 5, "answer_days": 3, "youngest": 15, "guardian_below": 18}
    lead.post(address("create", recruitment), {**texts, **numbers, "language": "en", "version": 1})
    recruitment = Recruitment.objects.get()
    assert Client().get(recruitment.get_absolute_url()).status_code == 404
    rows = {
        "q-TOTAL_FORMS": 1, "q-INITIAL_FORMS": 0, "q-0-question": "Do you walk?",
        "q-0-choices": "*Yes\nNo", "q-0-unfit_words": "We look for walkers.",
    }  # fmt: skip
    lead.post(address("questions", recruitment), rows)
    assert queries.questions_of(recruitment).get().qualifying == [0]
    codes = {one.code for one in obstacles_before_start(experiment, timezone.localdate())}
    assert {"consent", "participants_checklist"} <= codes
    lead.post(address("open", recruitment))
    words = dict.fromkeys(("purpose", "gathered", "access", "retention"), "Words")
    promises = {"legal_basis": "consent", "on_withdrawal": "erase", "retention_days": 30}
    lead.post(address("write_consent", recruitment), {**words, **promises, "language": "en"})
    lead.post(address("publish_consent", recruitment))
    lead.post(address("open", recruitment))
    recruitment.refresh_from_db()
    assert recruitment.state == "open"
    codes = {one.code for one in obstacles_before_start(experiment, timezone.localdate())}
    assert "consent" not in codes
    edited = {**texts, **numbers, "language": "en", "version": recruitment.version, "capacity": 9}
    lead.post(address("edit", recruitment), edited)
    stale = lead.post(address("edit", recruitment), edited)
    assert stale.status_code == 409
    lead.post(address("close", recruitment))
    recruitment.refresh_from_db()
    assert (recruitment.capacity, recruitment.state) == (9, "closed")


def test_a_survey_from_nothing_to_a_published_summary(post):
    recruitment = RecruitmentFactory(capacity=20)
    lead = by(led_by(recruitment, Role.STAFF))
    path = address("survey", recruitment, "before")
    data = {
        "language": "en", "title": "Before", "reminder_days": 5, "add_scale": "ucla3",
        "i-TOTAL_FORMS": 1, "i-INITIAL_FORMS": 0, "i-0-kind": "one", "i-0-text": "Do you walk?",
        "i-0-choices": "Yes\nNo", "i-0-least": 1, "i-0-most": 5,
    }  # fmt: skip
    lead.post(path, data)
    survey = Survey.objects.get()
    assert [item.scale for item in queries.items_of(survey)] == ["", "ucla3", "ucla3", "ucla3"]
    step = address("step_survey", recruitment, "before")
    lead.post(step, {"step": "open"})
    survey.refresh_from_db()
    assert survey.state == "draft"  # the scale has no wording yet
    survey.items.filter(text="").update(text="Typed in")
    people = [joined(recruitment) for _ in range(9)]
    mail.outbox.clear()
    post(lead, step, {"step": "open"})
    assert len(mail.outbox) == 9
    assert lead.get(path).templates[0].name == "participants/survey_fixed.html"
    survey.refresh_from_db()
    first = queries.items_of(survey)[0]
    for n, row in enumerate(people):
        actions.save_answers(
            survey=survey, participant=row, answers={str(first.pk): int(n < 2)},
            is_sent=True, at=timezone.now(),
        )  # fmt: skip
    lead.post(step, {"step": "publish"})
    summary = Client().get(recruitment.get_absolute_url()).context["summaries"][0][1]
    assert [cell.count for cell in summary[0].cells] == [None, None]
    lead.post(step, {"step": "close"})
    later = timezone.now() + timedelta(days=9)
    assert actions.remind(at=later) == 0


def test_reminders_go_twice_to_those_who_have_not_sent_in():
    recruitment = RecruitmentFactory()
    joined(recruitment)
    SurveyFactory(recruitment=recruitment, reminder_days=3)
    start = timezone.now()
    sent = [actions.remind(at=start + timedelta(days=day)) for day in (0, 1, 3, 4, 6, 9, 12)]
    assert sent == [1, 0, 1, 0, 1, 0, 0]


@pytest.mark.parametrize("age", [30, 15])
def test_who_has_not_agreed_to_the_newest_version_is_asked_for_that_first(
    age, django_capture_on_commit_callbacks
):
    recruitment = RecruitmentFactory()
    guardian = actions.Guardian("Eva", "eva@example.org") if age < 18 else None
    row = joined(recruitment, guardian=guardian)
    if guardian is not None:
        key = Key.objects.get()
        text = queries.text_for(queries.version_in_force(recruitment), "en")
        actions.confirm_guardian(key=key, text=text, digest=text.digest, at=timezone.now())
    SurveyFactory(recruitment=recruitment, reminder_days=3)
    start = timezone.now()
    actions.remind(at=start)
    consent_in_force(recruitment, number=2)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.remind(at=start + timedelta(days=3)) == 1
    subjects = [letter.subject.partition(":")[0] for letter in mail.outbox]
    assert subjects == [
        "Please read and agree anew",
        *(["Your consent is asked"] if age < 18 else []),
    ]
    assert row.responses.get().reminders == 1


def test_the_api_gives_recruitments_to_all_and_codes_to_partners():
    recruitment = RecruitmentFactory()
    row, slug = joined(recruitment, email="hidden@example.org"), recruitment.experiment.slug
    listed = Client().get("/api/recruitments/").json()
    assert [one["slug"] for one in listed["results"]] == [slug]
    assert Client().get(f"/api/recruitments/{slug}").json()["capacity"] == 3
    assert Client().get(f"/api/recruitments/{slug}/codes").status_code == 401
    for person, status in ((led_by(recruitment, Role.STAFF), 200), (stranger(Role.STAFF), 403)):
        answer = Client().get(f"/api/recruitments/{slug}/codes", headers=token_of(person))
        assert answer.status_code == status
        assert b"hidden" not in answer.content
        if status == 200:
            found = answer.json()["results"][0]
            assert (found["code"], found["may_be_measured"]) == (row.code, True)


def token_of(person):
    create_token(
        user=person,
        name="t",
        scopes=["read"],
        secret=f"secret-{person.pk}",
        at=timezone.now(),
        expires_at=timezone.now() + timedelta(days=1),
    )
    return {"Authorization": f"Bearer secret-{person.pk}"}


@pytest.mark.parametrize("path", ["/take-part/", "/take-part/feed/"])
def test_lists_ask_as_much_for_one_as_for_three(path):

    RecruitmentFactory()
    counts = []
    for _more in range(2):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert Client().get(path).status_code == 200
        counts.append(len(asked))
        RecruitmentFactory(language="fi")
        RecruitmentFactory(language="fi")
    assert counts[1] <= counts[0] + 1


def test_a_team_page_asks_as_much_for_one_as_for_three():

    recruitment = RecruitmentFactory(capacity=9)
    client, counts = by(led_by(recruitment, Role.STAFF)), []
    joined(recruitment)
    client.get(address("lead", recruitment))
    for _more in range(2):
        with CaptureQueriesContext(connection) as asked:
            client.get(address("lead", recruitment))
        counts.append(len(asked))
        joined(recruitment)
        joined(recruitment)
    assert counts[0] == counts[1]


def test_drafts_of_experiments_stay_secret_on_a_recruitment_page():
    recruitment = RecruitmentFactory(experiment__state="draft", experiment__title="Salainen plan")
    answer = Client().get(recruitment.get_absolute_url())
    assert answer.status_code == 200
    assert "Salainen" not in answer.content.decode()


def test_withdrawing_twice_and_going_back_say_that_it_is_done():
    recruitment, user = RecruitmentFactory(), UserFactory()
    row, client = joined(recruitment, user=user), by(user)
    path = reverse("participants:withdraw", args=[row.page])
    done = address("withdrawn", recruitment)
    assert [client.post(path).url for _click in range(2)] == [done, done]
    assert [client.get(one).url for one in (path, row.get_absolute_url())] == [done, done]
    assert client.get(done).status_code == 200


def test_joining_twice_leads_to_ones_own_page():
    recruitment, user = RecruitmentFactory(), UserFactory()
    client = by(user)
    client.post(address("check", recruitment), {"age": 30})
    page = client.get(address("join", recruitment))
    data = {**page.context["form"].initial, "agrees": "on"}
    answers = [client.post(address("join", recruitment), data) for _click in range(2)]
    row = Participant.objects.get()
    assert [answer.url for answer in answers] == [row.get_absolute_url()] * 2
    assert client.get(address("check", recruitment)).url == row.get_absolute_url()


def test_a_young_person_who_names_themselves_is_told_at_the_field():
    recruitment, user = RecruitmentFactory(), UserFactory()
    client = by(user)
    client.post(address("check", recruitment), {"age": 14})
    page = client.get(address("join", recruitment))
    data = {
        **page.context["form"].initial,
        "agrees": "on",
        "guardian_name": "Myself",
        "guardian_email": user.email.upper(),
    }
    answer = client.post(address("join", recruitment), data)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["guardian_email"])
    assert Participant.objects.count() == 0


def test_a_guardian_who_comes_back_after_all_is_over_reads_that(post):
    recruitment = RecruitmentFactory()
    with_guardian = actions.Guardian("Irma", "irma@example.org")
    post_all = Client()
    row = joined(recruitment, guardian=with_guardian)
    token = "known"
    row.key.guardian_digest = queries.digest_of(token)
    row.key.guardian_expires_at = timezone.now() + timedelta(days=1)
    row.key.save()
    page = post_all.get(f"/take-part/guardian/{token}/", follow=True)
    data = {**page.context["form"].initial, "agrees": "on", "do": "agree"}
    actions.withdraw(participant=row, at=timezone.now())
    for answer in (
        post(post_all, reverse("participants:guardian"), data),
        post_all.get(f"/take-part/guardian/{token}/"),
    ):
        assert answer.status_code == 404
        assert answer.templates[0].name == "participants/link_ended.html"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("capacity", 0),
        ("capacity", 5001),
        ("answer_days", 0),
        ("youngest", 400),
        ("guardian_below", 121),
        ("closes_on", "31.31.2026"),
    ],
)
def test_wrong_figures_are_named_at_their_field(field, value):
    recruitment = RecruitmentFactory()
    lead = by(led_by(recruitment, Role.STAFF))
    texts = dict.fromkeys(("title", "seeking", "tasks", "duration", "contact"), "Words")
    numbers = {"capacity": 5, "answer_days": 3, "youngest": 15, "guardian_below": 18}
    data = {**texts, **numbers, "language": "en", "version": 1, field: value}
    answer = lead.post(address("edit", recruitment), data)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    recruitment.refresh_from_db()
    assert recruitment.capacity == 3


def test_a_line_that_is_no_address_is_named():
    recruitment = RecruitmentFactory()
    lead = by(led_by(recruitment, Role.STAFF))
    data = {"emails": "good@example.org\nnot an address", "language": "en"}
    answer = lead.post(address("invite", recruitment), data)
    errors = answer.context["form"].errors["emails"]
    assert (answer.status_code, errors) == (422, ["These are no e-mail addresses: not an address"])


def test_forms_in_rows_answer_422_with_their_faults():
    recruitment = RecruitmentFactory()
    lead = by(led_by(recruitment, Role.STAFF))
    rows = {"q-TOTAL_FORMS": 1, "q-INITIAL_FORMS": 0, "q-0-question": "Do you walk?"}
    assert lead.post(address("questions", recruitment), rows).status_code == 422
    survey = address("survey", recruitment, "before")
    assert lead.post(survey, {"i-TOTAL_FORMS": 0, "i-INITIAL_FORMS": 0}).status_code == 422


def test_removing_a_keeper_who_is_gone_changes_nothing():
    recruitment = RecruitmentFactory()
    lead = by(led_by(recruitment, Role.COORDINATOR))
    for value in ("999", "x"):
        answer = lead.post(address("keepers", recruitment), {"remove": value})
        assert answer.url == address("keepers", recruitment)


def test_the_clock_closes_what_is_over_and_lets_go_who_waits():
    recruitment = RecruitmentFactory(capacity=1)
    joined(recruitment)
    waiting = joined(recruitment)
    recruitment.experiment.state = "cancelled"
    recruitment.experiment.save()
    call_command("tick")
    waiting.refresh_from_db()
    recruitment.refresh_from_db()
    assert (waiting.state, recruitment.state) == ("lapsed", "closed")
