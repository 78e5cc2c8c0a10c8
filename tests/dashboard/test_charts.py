"""The drawings: valid XML, the right numbers, labels that can be read."""

import itertools
import re
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts import lines, price, staircase
from dashboard.charts.canvas import (
    BLUE,
    INK,
    SOFT,
    TEXT,
    WIDTH,
    Figure,
    drawing,
    spread,
    text,
)
from dashboard.charts.frame import BOTTOM, LEFT, TOP
from dashboard.sentences import sentences
from tests.dashboard.outcomes import outcome

SVG = "{http://www.w3.org/2000/svg}"
LETTER_WIDTH = 0.5 * TEXT  # mean of the sans-serif that comes with the page, in such labels
DANISH = sentences("da")


def every_figure(language: str) -> list[Figure]:
    words = sentences(language)
    moved, base = outcome(finished=(2, 2, 2, 2, 2), trust=0.7), outcome()
    silent = outcome(waits={})
    return [
        staircase.staircase(moved, words, "a", "t"),
        lines.waiting(moved, base, words),
        lines.waiting(moved, None, words),
        lines.waiting(silent, base, words),
        lines.trust(moved, base, words),
        lines.trust(base, base, words),
        lines.trust(moved, None, words),
        price.price(moved, base, words),
        price.price(moved, None, words),
    ]


def parsed(figure: Figure) -> ElementTree.Element:
    return ElementTree.fromstring(figure.svg)


def texts(figure: Figure) -> list[tuple[float, float, str, str]]:
    return [
        (float(e.get("x", 0)), float(e.get("y", 0)), e.get("text-anchor", ""), e.text or "")
        for e in parsed(figure).iter(f"{SVG}text")
    ]


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_figure_is_xml_with_a_text_for_those_who_do_not_see_it(language):
    for figure in every_figure(language):
        root = parsed(figure)
        assert root.get("role") == "img"
        assert len(root.get("aria-label", "")) > 20
        assert "nan" not in figure.svg
        assert all(len(row) == len(figure.columns) for row in figure.rows)


@pytest.mark.parametrize("language", ["da", "en"])
def test_no_text_leaves_the_drawing_and_none_lies_on_another(language):
    for figure in every_figure(language):
        boxes = []
        for x, y, anchor, content in texts(figure):
            width = len(content) * LETTER_WIDTH
            left = {"start": x, "middle": x - width / 2, "end": x - width}[anchor]
            assert left >= -1, content
            assert left + width <= WIDTH + 1, content
            boxes.append((left, left + width, y - TEXT * 0.75, y))
        for one, other in itertools.combinations(boxes, 2):
            apart = one[1] <= other[0] or other[1] <= one[0]
            assert apart or one[3] <= other[2] + 0.1 or other[3] <= one[2] + 0.1


def test_text_is_escaped():
    assert "&lt;b&gt;" in text(0, 0, "<b>")
    ElementTree.fromstring(drawing([], 10, 'a "quoted" <alt> & more'))


def test_heights_of_the_bars_are_the_shares():
    figure = staircase.staircase(outcome(finished=(6, 2, 1, 1, 0)), DANISH, "a", "t")
    heights: dict[str, list[float]] = {}
    for element in parsed(figure).iter(f"{SVG}rect"):
        match = re.fullmatch(r"url\(#a-(\d)\)", element.get("fill", ""))
        if match:
            heights.setdefault(match[1], []).append(float(element.get("height", 0)))
    for step, share in zip("01234", (0.6, 0.2, 0.1, 0.1, 0.0), strict=True):
        assert heights[step] == pytest.approx([share * (BOTTOM - TOP)] * 4, abs=0.01)
    shares = ["60\xa0%", "20\xa0%", "10\xa0%", "10\xa0%", "0\xa0%"]
    assert figure.rows[0] == ["1. kvartal", *shares]


def test_each_step_has_a_hatch_or_grey_of_its_own():
    hatches = [look.hatch for look in staircase.LOOKS]
    assert len({(look.colour, look.hatch) for look in staircase.LOOKS}) == 5
    assert len(set(hatches)) == 4  # the two plain ones are light grey and dark blue


def test_the_undecided_count_as_what_they_are():
    half = outcome(waits={4: (1, 0), 20: (0, 1)})
    figure = lines.waiting(half, None, DANISH)
    shares = {row[0]: row[1].replace("\xa0", " ") for row in figure.rows}
    assert shares == {
        "0 uger": "100 %", "13 uger": "50 %", "26 uger": "50 %", "39 uger": "50 %",
        "52 uger": "50 %",
    }  # fmt: skip
    assert "4 uger" in [content for *_, content in texts(figure)]


def test_nothing_sent_is_said_and_not_drawn_as_endless_waiting():
    figure = lines.waiting(outcome(waits={}), None, DANISH)
    assert "ingen sager" in [content for *_, content in texts(figure)]
    assert parsed(figure).find(f"{SVG}polyline") is None


def test_trust_is_drawn_where_it_is():
    figure = lines.trust(outcome(trust=0.75), outcome(trust=0.25), DANISH)
    drawn = {
        e.get("stroke"): [tuple(map(float, p.split(","))) for p in e.get("points", "").split()]
        for e in parsed(figure).iter(f"{SVG}polyline")
    }
    for colour, value in ((BLUE, 0.75), (SOFT, 0.25)):
        assert {y for _, y in drawn[colour]} == {round(BOTTOM - value * (BOTTOM - TOP), 1)}
    assert drawn[BLUE][0][0] == pytest.approx(LEFT + (lines.RIGHT - LEFT) * 6.5 / 52, abs=0.06)
    assert figure.rows[0][1:] == ["0,75", "0,75", "0,75", "0,25"]


def test_bars_of_hours_are_as_long_as_the_hours():
    figure = price.price(outcome(hours=(52, 104, 520, 26)), None, DANISH)
    widths = [
        float(e.get("width", 0))
        for e in parsed(figure).iter(f"{SVG}rect")
        if e.get("stroke") == INK
    ]
    assert widths == pytest.approx(
        [widths[2] * part for part in (0.1, 0.2, 1.0, 0.05, 0.0, 0.0, 0.0)], abs=0.1
    )
    assert figure.rows[-1] == ["I alt", "13,5"]


@given(
    st.lists(st.floats(0, 100), min_size=1, max_size=5),
    st.floats(1, 20),
)
def test_labels_are_kept_apart_in_order_and_inside(wanted, gap):
    places = spread(wanted, gap, 0, 100)
    ordered = [places[k] for k in np.argsort(wanted, kind="stable")]
    assert all(b - a >= gap - 1e-6 for a, b in itertools.pairwise(ordered))
    assert min(places) >= -1e-6
    assert max(places) <= 100 + 1e-6


def test_labels_that_have_no_room_are_refused():
    with pytest.raises(ValueError, match="do not fit"):
        spread([1, 2, 3], 60, 0, 100)


def luminance(colour: str) -> float:
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return float(np.dot(linear, (0.2126, 0.7152, 0.0722)))


@pytest.mark.parametrize(("colour", "least"), [(INK, 4.5), (SOFT, 4.5), (BLUE, 4.5)])
def test_text_stands_out_on_white(colour, least):
    assert 1.05 / (luminance(colour) + 0.05) >= least
