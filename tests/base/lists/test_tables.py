"""Lists: search, filters, order, pages and files; a wrong address never fails."""

import json
from urllib.parse import unquote

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.db.models import Value
from django.db.models.functions import NullIf
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from vuoksi.base.lists import questions
from vuoksi.base.lists.pages import TablePage
from vuoksi.base.lists.tables import Column, Filter, Table, page_of, respond
from vuoksi.base.organisations.models import Organisation

pytestmark = pytest.mark.django_db
Kind = Organisation.Kind

TABLE = Table(
    "organisations",
    "Organisations",
    columns=(
        Column("name", "Name", lambda row: row.name, sort="name"),
        Column("kind", "Kind", lambda row: row.get_kind_display(), sort="kind"),
        Column("length", "Length", lambda row: len(row.name), numeric=True),
    ),
    filters=(Filter("kind", "Kind", lambda: Kind.choices, lambda rows, v: rows.filter(kind=v)),),
    search=("name", "source"),
    page_size=2,
    default_sort="name",
)
ALL = Organisation.objects.all()


def organisation(name, kind=Kind.COMPANY, **fields):
    return Organisation.objects.create(slug=f"o{ALL.count()}", name=name, kind=kind, **fields)


@pytest.fixture
def four():
    organisation("Aurora", Kind.UNIVERSITY)
    organisation("Birch", source="found on the shore")
    organisation("Cove")
    organisation("Dune", Kind.ASSOCIATION)


def ask(query="", **headers):
    request = RequestFactory().get(f"/organisations/{query}", headers=headers)
    request.user = AnonymousUser()
    request.htmx = HtmxDetails(request)
    return request


def names(query="", table=TABLE):
    return [row.name for row in page_of(ask(query), table, ALL).rows]


def notes(query):
    return [str(note) for note in page_of(ask(query), TABLE, ALL).notes]


def body(response):
    return b"".join(response.streaming_content).decode()


def test_the_address_of_a_row_is_exported_and_not_drawn(four):
    columns = (
        Column("name", "Name", lambda row: row.name),
        Column("url", "Address", lambda row: row.slug),
    )
    table = Table("organisations", "Organisations", columns)
    page = page_of(ask(), table, ALL.order_by("name"))
    exported = body(respond(ask("?format=csv"), table, ALL.filter(name="Aurora"), "ui/table.html"))

    assert [head.label for head in page.headings] == ["Name"]
    assert [len(drawn.cells) for drawn in page.drawn] == [1, 1, 1, 1]
    assert exported == "\ufeffName,Address\r\nAurora,o0\r\n"


def test_a_page_holds_its_rows_in_the_default_order(four):
    page = page_of(ask(), TABLE, ALL)
    assert [row.name for row in page.rows] == ["Aurora", "Birch"]
    assert (page.count, page.page, page.pages, page.first, page.last) == (4, 1, 2, 1, 2)
    assert (page.previous_address, page.next_address) == ("", "?page=2")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?page=2", ["Cove", "Dune"]),
        ("?sort=-name", ["Dune", "Cove"]),
        ("?q=shore", ["Birch"]),
        ("?q=birch+found", ["Birch"]),
        ("?q=birch+lost", []),
        ("?kind=company", ["Birch", "Cove"]),
        ("?kind=company&q=c", ["Birch", "Cove"]),
        ("?kind=company&sort=-name&page=1", ["Cove", "Birch"]),
        ("?kind=", ["Aurora", "Birch"]),
    ],
)
def test_search_filters_and_orders_narrow_the_rows(four, query, expected):
    assert names(query) == expected


@pytest.mark.parametrize(
    "query", ["ÄÄNI", "ääni", "Ääni", "aani", "a%CC%88a%CC%88ni", "strasse+ÄÄNI"]
)
def test_search_knows_capitals_and_accents_of_every_language(query):
    """The same on SQLite, which knows the capitals of ASCII only, and on PostgreSQL."""
    for name in ("Oman äänen talo", "Äänikirjasto, Straße 3", "Straße", "Aalto"):
        organisation(name)

    assert names(f"?q={query}") == ["Äänikirjasto, Straße 3"]


@pytest.mark.parametrize("query", ["50%25", "a_b", ".*", "a\\b", "[a]", "(", "c%2B%2B"])
def test_signs_stand_for_themselves(query):
    wanted = f"<{unquote(query)}>"
    organisation(wanted)
    organisation("500 axb.c")

    assert names(f"?q={query}") == [wanted]


def test_the_longest_word_is_found():
    organisation("ä" * 160)

    assert names("?q=" + "Ä" * 160) == ["ä" * 160]


def test_what_is_looked_for_is_eight_words_at_most():
    organisation("one two three four five six seven eight")

    assert len(names("?q=one+two+three+four+five+six+seven+eight+nine")) == 1


@pytest.mark.parametrize(
    ("query", "note"),
    [
        ("?page=0", "There is no such page, so this is the first one."),
        ("?page=x", "There is no such page, so this is the first one."),
        ("?page=%D9%A3", "There is no such page, so this is the first one."),
        ("?page=99999999999", "There is no such page, so this is the first one."),
        ("?page=99", "There is no such page, so this is the last one."),
        ("?sort=length", "The list cannot be sorted that way, so it stands in its usual order."),
        ("?sort=id", "The list cannot be sorted that way, so it stands in its usual order."),
        ("?sort=--name", "The list cannot be sorted that way, so it stands in its usual order."),
        ("?kind=castle", "The filter “Kind” was left out: it has no such choice."),
        ("?format=exe", "The list cannot be downloaded in that format. CSV and JSON can."),
        ("?q=%00", "The search was left out: it holds a character that no text has."),
        ("?q=" + "a" * 201, "The search was cut: only its first 200 characters count."),
    ],
)
def test_what_makes_no_sense_is_left_out_and_said(four, query, note):
    assert notes(query) == [note]


def test_without_a_default_the_query_keeps_its_order(four):
    table = Table("t", "T", TABLE.columns)
    backwards = Organisation.objects.order_by("-name")
    assert page_of(ask(), table, backwards).rows[0].name == "Dune"
    assert names("?q=shore", table) == ["Aurora", "Birch", "Cove", "Dune"]


def test_rows_without_a_value_come_last_both_ways(four):
    table = Table("t", "T", (Column("source", "Source", str, sort="empty"),))
    rows = Organisation.objects.annotate(empty=NullIf("source", Value("")))
    first = [page_of(ask(f"?sort={s}"), table, rows).rows[0].name for s in ("source", "-source")]
    assert first == ["Birch", "Birch"]


@pytest.mark.parametrize("sort", ["name", "-name"])
def test_a_column_that_is_never_empty_is_ordered_as_its_index_is(sort):
    table = Table("t", "T", (Column("name", "Name", str, sort="name", never_empty=True),))
    asked = questions.read(table, {"sort": sort})
    assert "NULLS" not in str(questions.narrowed(table, asked, ALL).query)


def test_addresses_keep_what_else_was_asked(four):
    page = page_of(ask("?q=o&kind=company&sort=-name"), TABLE, ALL)
    assert page.csv_address == "?q=o&kind=company&sort=-name&format=csv"
    assert page.clear_address == "?sort=-name"
    assert page.headings[0].address == "?q=o&kind=company"
    assert page.headings[0].order == "descending"
    assert page.headings[1].address == "?q=o&kind=company&sort=kind"
    assert (page.headings[1].order, page.headings[2].order) == ("none", "")
    assert page_of(ask(), TABLE, ALL).json_address == "?format=json"


def test_a_long_list_shows_the_numbers_near_its_page():
    question = questions.Question(page=5, sort="name")
    for number in range(20):
        organisation(f"o{number:02}")
    page = TablePage(TABLE, question, Paginator(ALL.order_by("name"), 2))
    assert [number for number, _ in page.near_pages] == ["1", "", "4", "5", "6", "", "10"]
    assert dict(page.near_pages)["5"] == ""


def test_choices_say_which_is_chosen(four):
    page = page_of(ask("?kind=company&sort=-kind"), TABLE, ALL)
    assert [c.value for c in page.filters[0].choices if c.is_chosen] == ["company"]
    assert [str(c.label) for c in page.sorts if c.is_chosen] == ["Kind, descending"]


def test_a_list_is_drawn_with_its_shell_only_when_it_is_a_page(four):
    whole = respond(ask(), TABLE, ALL, "ui/table.html").content.decode()
    assert whole.count('<div id="rows"') == 1
    part = respond(ask(**{"hx-request": "true", "hx-target": "rows"}), TABLE, ALL, "ui/table.html")
    assert part["Vary"] == "HX-Request"


@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_asks_two_queries_whatever_its_length(rows, django_assert_num_queries):
    for number in range(rows):
        organisation(f"o{number}")
    with django_assert_num_queries(2):
        respond(ask(), TABLE, ALL, "ui/table.html")


def test_csv_holds_every_row_and_no_formula(four):
    organisation("=1+1", Kind.COMPANY)
    response = respond(ask("?kind=company&format=csv"), TABLE, ALL, "ui/table.html")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="organisations.csv"'
    assert body(response) == (
        "\ufeffName,Kind,Length\r\n'=1+1,company,4\r\nBirch,company,5\r\nCove,company,4\r\n"
    )


def test_json_holds_every_row(four):
    response = respond(ask("?kind=company&format=json"), TABLE, ALL, "ui/table.html")
    assert json.loads(body(response)) == [
        {"name": "Birch", "kind": "company", "length": 5},
        {"name": "Cove", "kind": "company", "length": 4},
    ]


def test_an_empty_list_is_an_empty_file():
    assert json.loads(body(respond(ask("?format=json"), TABLE, ALL, "ui/table.html"))) == []
    assert body(respond(ask("?format=csv"), TABLE, ALL, "x")) == "\ufeffName,Kind,Length\r\n"


def test_rows_are_prepared_for_pages_and_for_files(four):
    def shout(rows):
        for row in rows:
            row.name = row.name.upper()
        return rows

    table = Table("t", "T", TABLE.columns[:1], prepare=shout)
    assert names("", table)[0] == "AURORA"
    assert body(respond(ask("?format=csv"), table, ALL, "x")).splitlines()[1] == "AURORA"
