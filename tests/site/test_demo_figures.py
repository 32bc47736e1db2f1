"""The demo city's indicators, figures and map: complete, and consistent among themselves."""

from collections import Counter

from shapely.geometry import shape

from vuoksi.site.demo_data import read


class TestFigures:
    def test_the_climate_roadmap_has_sixteen_indicators_two_of_them_in_two_parts(self):
        numbers = [i.number for i in read.indicators() if i.number]
        expected = {str(n) for n in range(1, 17)} | {"4b", "6b"}
        assert len(numbers) == 18
        assert set(numbers) == expected

    def test_every_indicator_of_the_roadmap_has_a_target_or_says_that_none_is_set(self):
        numbered = {i.key for i in read.indicators() if i.number}
        assert numbered - {t.indicator for t in read.targets()} == set()

    def test_a_target_is_whole_or_not_set(self):
        for target in read.targets():
            given = (target.operator != "", target.value is not None)
            assert given == (target.state == "set",) * 2, target.key

    def test_allowed_words(self):
        assert {t.operator for t in read.targets()} == {"", "at_least", "at_most", "above"}
        assert {t.state for t in read.targets()} == {"set", "not_set"}
        assert {i.better for i in read.indicators()} == {"up", "down", "none"}
        assert {o.kind for o in read.observations()} == {
            "published",
            "derived",
            "preliminary",
            "forecast",
        }
        assert {i.unit for i in read.indicators()} == {
            "t CO2e per person",
            "%",
            "number",
            "l/day per person",
            "kg per person",
            "kt CO2e",
            "persons",
        }
        assert {a.status for a in read.actions()} == {"decided", "proposed", "under_way", "ended"}
        assert {o.kind for o in read.organisations()} == {
            "city_unit",
            "company",
            "university",
            "association",
            "partner_city",
        }

    def test_every_figure_carries_its_method(self):
        assert [o for o in read.observations() if not (o.method and o.kind)] == []

    def test_derived_figures_say_how(self):
        derived = [o for o in read.observations() if o.kind == "derived"]
        assert derived
        assert [o for o in derived if not o.note.startswith("Derived: ")] == []

    def test_a_figure_lies_in_its_range(self):
        for o in read.observations():
            assert (o.low is None) == (o.high is None)
            if o.low is not None and o.high is not None:
                assert o.low <= o.value <= o.high, o

    def test_the_published_emission_points(self):
        totals = [o for o in read.observations() if o.indicator == "espoo.ghg_total"]
        past = sorted((o.period, o.value) for o in totals if o.kind == "published")
        assert past == [
            (1990, 1060.2),
            (2018, 1100),
            (2021, 823.4),
            (2022, 938),
            (2022, 944),
            (2023, 742),
        ]
        (per_head,) = (
            o.value
            for o in read.observations()
            if o.indicator == "espoo.ghg_per_capita" and o.period == 2023
        )
        assert per_head == 2.4

    def test_sectors_add_up_to_the_total_of_their_version(self):
        sums: Counter[tuple[int, str]] = Counter()
        for o in read.observations():
            if o.indicator.startswith("espoo.ghg_") and o.indicator not in {
                "espoo.ghg_total",
                "espoo.ghg_per_capita",
            }:
                sums[o.period, o.method] += o.value
        totals = {
            (o.period, o.method): o.value
            for o in read.observations()
            if o.indicator == "espoo.ghg_total"
        }
        assert {key: round(abs(value - totals[key]), 1) <= 1.0 for key, value in sums.items()} == (
            dict.fromkeys(sums, True)
        )


class TestPlaces:
    def test_districts_are_schematic_valid_and_do_not_overlap(self):
        districts = [p for p in read.places() if p.kind == "district"]
        assert len(districts) == 7
        assert all(p.schematic and p.note for p in districts)
        outlines = [shape(p.geometry) for p in districts]
        assert all(outline.is_valid for outline in outlines)
        assert [6 <= len(outline.exterior.coords) - 1 <= 10 for outline in outlines] == [True] * 7
        shared = sum(
            a.intersection(b).area for i, a in enumerate(outlines) for b in outlines[i + 1 :]
        )
        assert shared < 1e-6

    def test_points_lie_in_their_district(self):
        outline = {p.key: shape(p.geometry) for p in read.places() if p.kind == "district"}
        points = [p for p in read.places() if p.kind != "district"]
        astray = [p.key for p in points if not outline[p.district].contains(shape(p.geometry))]
        assert astray == []

    def test_what_is_on_the_map(self):
        kinds = Counter(p.kind for p in read.places())
        assert kinds == {
            "district": 7,
            "city_centre": 5,
            "local_centre": 1,
            "library": 17,
            "testbed": 5,
            "facility": 1,
        }

    def test_only_three_libraries_are_exact_and_the_others_say_so(self):
        libraries = [p for p in read.places() if p.kind == "library"]
        assert sum(p.coordinates == "exact" for p in libraries) == 3
        assert all(p.note for p in libraries if p.coordinates != "exact")

    def test_testbeds_say_what_they_offer(self):
        assert [p.key for p in read.places() if p.kind == "testbed" and not p.offers] == []
