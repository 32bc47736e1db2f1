from django.template import Context, Template

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
        "M89 50.00H100V25.00H111",
        "M89 50.00H100V75.00H111",
        "M111 75.00H100V50.00H89",
    ]


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
