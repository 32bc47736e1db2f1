"""Joint calls: every city sees all, and decides its own share alone."""

import pytest

from tests.factories.calls import NOW, AnswerFactory, CallFactory, EntryFactory, member_of
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import UserFactory, person_with
from vuoksi.base.audit.models import AuditEntry
from vuoksi.base.notices.models import Notice
from vuoksi.base.people.models import Role
from vuoksi.base.people.rules import NotAllowed
from vuoksi.loop.calls import actions, queries, rules
from vuoksi.loop.calls.models import Share

pytestmark = pytest.mark.django_db


@pytest.fixture
def joint():
    """A joint call of three cities: the owner's unit and two partners."""
    call = CallFactory(kind="joint", owner=OrganisationFactory(kind="city_unit", name="Espoo"))
    names = ("Helsinki", "Vantaa")
    call.partners.set([OrganisationFactory(kind="partner_city", name=name) for name in names])
    return call


def decide(entry, city, by, **more):
    values = {
        "outcome": "accepted",
        "amount_eur": 20_000,
        "text": "We take part.",
        "language": "en",
    }
    return actions.decide_share(entry=entry, city=city, by=by, at=NOW, **{**values, **more})


def test_the_owner_decides_first_then_the_partners(joint):
    assert [city.name for city in queries.cities_of(joint)] == ["Espoo", "Helsinki", "Vantaa"]
    assert queries.cities_of(CallFactory()) == []


@pytest.mark.parametrize("who", [None, *Role])
@pytest.mark.parametrize(
    "state", ["draft", "sealed", "submitted", "withdrawn", "accepted", "refused"]
)
def test_who_decides_a_share(joint, who, state):
    city = queries.cities_of(joint)[1]
    sent = None if state in {"draft", "withdrawn"} else NOW
    part = rules.Part(EntryFactory(call=joint, state=state, submitted_at=sent), city)
    person = UserFactory() if who is None else member_of(city, who)
    decides = who in {Role.COORDINATOR, Role.REVIEWER}
    assert rules.may_decide_share(person, part) == (
        decides and state in {"submitted", "accepted", "refused"}
    )


def test_nobody_decides_for_another_city_or_on_an_own_idea(joint):
    espoo, helsinki, _vantaa = queries.cities_of(joint)
    person, entry = member_of(helsinki, Role.COORDINATOR), EntryFactory(call=joint)
    with pytest.raises(NotAllowed):
        decide(entry, espoo, person)
    with pytest.raises(NotAllowed):
        decide(EntryFactory(call=joint, author=person), helsinki, person)
    stranger = OrganisationFactory(kind="partner_city")
    with pytest.raises(NotAllowed):
        decide(entry, stranger, member_of(stranger, Role.COORDINATOR))
    with pytest.raises(NotAllowed):
        decide(EntryFactory(), helsinki, person)


def test_shares_add_up_and_a_later_decision_replaces(joint):
    espoo, helsinki, vantaa = queries.cities_of(joint)
    entry = EntryFactory(call=joint)
    first, second = member_of(espoo, Role.REVIEWER), member_of(helsinki, Role.REVIEWER)
    decide(entry, espoo, first)
    decide(entry, espoo, first)
    decide(entry, helsinki, second, amount_eur=5_000)
    decide(entry, helsinki, second, amount_eur=7_000)
    [found] = queries.shares_of(joint, [entry])
    assert (found.total_eur, found.undecided) == (27_000, [vantaa])
    assert queries.totals_eur([found], queries.cities_of(joint)) == [
        (espoo, 20_000),
        (helsinki, 7_000),
        (vantaa, 0),
    ]
    assert AuditEntry.objects.filter(verb="calls.decide_share").count() == 3


def test_a_city_that_does_not_take_part_gives_nothing(joint):
    city = queries.cities_of(joint)[1]
    share = decide(
        EntryFactory(call=joint), city, member_of(city, Role.REVIEWER), outcome="refused"
    )
    assert share.amount_eur == 0


def test_the_other_cities_hear_of_it(joint):
    _espoo, helsinki, vantaa = queries.cities_of(joint)
    other = member_of(vantaa, Role.COORDINATOR)
    member_of(vantaa, Role.STAFF)
    decide(EntryFactory(call=joint), helsinki, member_of(helsinki, Role.REVIEWER))
    assert list(Notice.objects.values_list("user", "kind")) == [(other.pk, "calls.share_decided")]


@pytest.mark.parametrize("count", [1, 3])
def test_every_city_sees_all_ideas_and_shares(client, joint, django_assert_num_queries, count):
    _espoo, helsinki, vantaa = queries.cities_of(joint)
    entries = EntryFactory.create_batch(count, call=joint)
    decide(entries[0], helsinki, member_of(helsinki, Role.REVIEWER))
    client.force_login(member_of(vantaa, Role.REVIEWER))
    client.get(f"/calls/{joint.slug}/shares/")
    with django_assert_num_queries(16):
        page = client.get(f"/calls/{joint.slug}/shares/")
    assert {row.pk for row in page.context["table"].rows} == {row.pk for row in entries}
    assert f"/shares/{vantaa.slug}/" in page.content.decode()
    assert f"/shares/{helsinki.slug}/" not in page.content.decode()


def test_the_list_is_for_those_who_decide(client, joint):
    client.force_login(UserFactory())
    assert client.get(f"/calls/{joint.slug}/shares/").status_code == 403
    client.force_login(person_with(Role.REVIEWER))
    assert client.get(f"/calls/{CallFactory().slug}/shares/").status_code == 404


def test_a_share_is_decided_on_its_page(client, joint):
    city = queries.cities_of(joint)[1]
    entry = EntryFactory(call=joint)
    address = f"/calls/{joint.slug}/entries/{entry.pk}/shares/{city.slug}/"
    client.force_login(member_of(city, Role.REVIEWER))
    assert client.get(address).status_code == 200
    sent = {"outcome": "accepted", "amount_eur": "-5", "text": "Yes", "language": "en"}
    assert client.post(address, sent).status_code == 422
    assert client.post(address, {**sent, "amount_eur": "12000"}).status_code == 302
    assert Share.objects.get().amount_eur == 12_000
    assert client.get(address).context["form"]["amount_eur"].value() == 12_000
    client.force_login(member_of(queries.cities_of(joint)[2], Role.REVIEWER))
    assert client.get(address).status_code == 403
    assert client.get(address.replace(city.slug, "nowhere")).status_code == 404


def test_everybody_reads_the_shares_once_the_idea_is_answered(client, joint):
    city = queries.cities_of(joint)[1]
    entry = EntryFactory(call=joint)
    decide(entry, city, member_of(city, Role.REVIEWER), text="Helsinki is in.")
    assert "Helsinki is in." not in client.get(entry.get_absolute_url()).content.decode()
    AnswerFactory(entry=entry, outcome="accepted")
    assert "Helsinki is in." in client.get(entry.get_absolute_url()).content.decode()
