from django.template import Context, Template

from vuoksi.base.texts.queries import Rendered
from vuoksi.base.ui import routes
from vuoksi.base.ui.diagram import Column, Diagram, Edge, Node

DIAGRAM = Diagram(
    columns=[
        Column("Lever", [Node("a", "Lessons", url="/a/", tone="try")]),
        Column("Outcome", [Node("b", "Floating", indicator="81 of 100"), Node("c", "Parents")]),
        Column("Impact", []),
    ],
    edges=[Edge("a", "b"), Edge("a", "c"), Edge("c", "a"), Edge("a", "elsewhere")],
)


def test_lines_run_from_box_to_box_and_bend_in_the_gap():
    assert DIAGRAM.width == 300
    assert DIAGRAM.paths == [
        "M89 50.00H94.5V25.00H111",
        "M89 50.00H100V75.00H111",
        "M111 75.00H105.5V50.00H89",
    ]


def sizes(*columns):
    return [list(column) for column in columns]


def test_a_line_within_a_column_leaves_and_comes_in_on_the_same_side():
    assert routes.paths(sizes("ab", "c"), [("a", "b")]) == ["M89 25.00H100V75.00H89"]


def test_beside_the_last_column_a_line_stays_in_the_picture():
    assert routes.paths(sizes("ab"), [("a", "b")]) == ["M89 25.00H94.5V75.00H89"]


def test_a_line_that_passes_a_column_goes_between_its_boxes():
    assert routes.paths(sizes("a", "bc", "d"), [("a", "d")]) == ["M89 50.00H211"]
    assert routes.paths(sizes("ab", "cde", "f"), [("a", "f")]) == [
        "M89 25.00H100V33.33H200V50.00H211"
    ]


def test_a_line_past_a_lone_box_goes_along_the_edge():
    assert routes.paths(sizes("a", "b", "c"), [("a", "c")]) == ["M89 50.00H100V2.00H200V50.00H211"]


def test_a_line_back_over_a_column_goes_between_its_boxes_too():
    assert routes.paths(sizes("a", "bc", "d"), [("d", "a")]) == ["M211 50.00H89"]


def test_lines_to_different_boxes_never_share_a_lane_where_they_would_touch():
    crossing = routes.paths(sizes("ab", "cd"), [("a", "d"), ("b", "c")])
    assert crossing == ["M89 25.00H96.33V75.00H111", "M89 75.00H103.7V25.00H111"]
    apart = routes.paths(sizes("abcd", "efgh"), [("a", "f"), ("c", "h")])
    assert apart == ["M89 12.50H100V37.50H111", "M89 62.50H100V87.50H111"]


def test_arrowheads_stand_where_lines_come_in():
    assert DIAGRAM.sides == {"a": "after", "b": "before", "c": "before"}
    within = Diagram([Column("One", [Node("a", "A"), Node("b", "B")])], [Edge("a", "b")])
    assert within.sides == {"b": "after"}


def test_a_text_in_another_language_says_so_in_the_picture_and_in_the_list():
    title = Rendered("Tunnit", language="fi", wanted="en")
    diagram = Diagram([Column("Lever", [Node("a", title)])], [])
    page = Template('{% include "ui/diagram.html" with diagram=diagram only %}').render(
        Context({"diagram": diagram})
    )
    assert page.count('<span lang="fi" dir="ltr">Tunnit</span>') == 2


def test_the_list_says_what_leads_to_what():
    listed = [
        (column.title, [(node.title, [after.title for after in onward]) for node, onward in nodes])
        for column, nodes in DIAGRAM.listed
    ]
    assert listed == [
        ("Lever", [("Lessons", ["Floating", "Parents"])]),
        ("Outcome", [("Floating", []), ("Parents", ["Lessons"])]),
        ("Impact", []),
    ]


def test_the_snippet_draws_picture_and_list():
    page = Template('{% include "ui/diagram.html" with diagram=diagram only %}').render(
        Context({"diagram": DIAGRAM})
    )
    assert page.count("<path") == 3
    assert page.count('class="diagram-node"') == 3
    # The empty column says so in the picture and in the list.
    assert page.count("nothing yet") == 2
    assert page.count('href="/a/"') == 3
