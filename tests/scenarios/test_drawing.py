"""The drawing and the list that people see."""

import re
import xml.etree.ElementTree as ElementTree
from io import StringIO

import pytest
from rich.console import Console

import scenarios
from scenarios import with_settings
from scenarios.drawing import draw_svg
from scenarios.listing import show
from scenarios.routing import mean_wait, seen_from_first_area
from scenarios.svg import COLOURS, INK, PAPER, SOFT, fitted, wrapped
from scenarios.wording import say

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(params=scenarios.names())
def scenario(request: pytest.FixtureRequest) -> scenarios.Scenario:
    return scenarios.load(request.param)


@pytest.mark.parametrize("lang", ["da", "en"])
def test_drawing_shows_every_organisation_and_body_of_the_plan(
    scenario: scenarios.Scenario, lang: str
) -> None:
    root = ElementTree.fromstring(draw_svg(scenario, lang))
    words = " ".join("".join(one.itertext()) for one in root.iter(f"{SVG}text"))
    seen = seen_from_first_area(scenario)
    shown = [one.name for one in seen.organisations.values()]
    shown += [one.name for one in seen.fora.values() if one.of_plan]
    if len(seen.fora) < len(scenario.fora):
        shown += [area.name for area in scenario.areas.values()]
    for name in [scenario.name, *shown]:
        assert say(name, lang) in words
    titles = [one.text for one in root.iter(f"{SVG}title")]
    for actor in scenario.actors.values():
        if actor.organisation in seen.organisations:
            assert any(say(actor.name, lang) in (title or "") for title in titles)


def test_who_has_no_seat_is_drawn_hollow() -> None:
    scenario = scenarios.load("laerebog")
    root = ElementTree.fromstring(draw_svg(scenario, "en"))
    seated = scenario.fora["samarbejdsmoede"].members
    for sign in (*root.iter(f"{SVG}path"), *root.iter(f"{SVG}circle")):
        title = sign.find(f"{SVG}title")
        for key, actor in scenario.actors.items():
            if title is not None and (title.text or "").startswith(f"{actor.name.en} ("):
                assert (sign.get("fill") != PAPER) == (key in seated), key


@pytest.mark.parametrize("lang", ["da", "en"])
def test_no_two_frames_overlap_and_no_text_is_small_or_cut(
    scenario: scenarios.Scenario, lang: str
) -> None:
    crowded = with_settings(
        scenario, {"levers.chain_length": 1 if scenario.key == "laerebog" else 4}
    )
    root = ElementTree.fromstring(draw_svg(crowded, lang))
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    frames = []
    for box in root.iter(f"{SVG}rect"):
        x, y, w, h = (float(box.get(one, "0")) for one in ("x", "y", "width", "height"))
        assert x >= 0
        assert x + w <= width
        assert y + h <= height
        if box.get("stroke") not in (None, "none"):
            frames.append((x, y, x + w, y + h))
    for k, (a, b, c, d) in enumerate(frames):
        for p, q, r, s in frames[k + 1 :]:
            assert c <= p or r <= a or d <= q or s <= b
    for text in root.iter(f"{SVG}text"):
        assert not (text.text or "").endswith("…")
        assert float(text.attrib["font-size"]) >= 16
        assert float(text.attrib["y"]) <= height


def _luminance(colour: str) -> float:
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("colour", [INK, *COLOURS.values()])
@pytest.mark.parametrize("ground", [PAPER, SOFT])
def test_colours_stand_out(colour: str, ground: str) -> None:
    bright, dark = _luminance(ground) + 0.05, _luminance(colour) + 0.05
    assert bright / dark >= 4.5


def test_names_cannot_break_the_drawing() -> None:
    wild = {"name.da": "'<b>&amp; \"x\"</b>'", "fora.samarbejdsmoede.name.da": "y" * 300}
    text = draw_svg(with_settings(scenarios.load("laerebog"), wild), "da")
    assert "<b>" not in text
    assert ElementTree.fromstring(text) is not None
    assert "y" * 200 not in text


def test_only_danish_and_english_are_spoken() -> None:
    with pytest.raises(ValueError, match="“sv” is not a language here"):
        draw_svg(scenarios.load("laerebog"), "sv")


def test_text_is_fitted_and_wrapped() -> None:
    assert fitted("ord", 1000, 22) == ("ord", 22)
    text, size = fitted("o" * 100, 200, 22)
    assert text.endswith("…")
    assert len(text) * size * 0.56 <= 200
    assert wrapped("et to tre", 60, 20) == ["et to", "tre"]
    assert max(len(line) for line in wrapped("a sammensat", 60, 20)) == 5


def _listed(scenario: scenarios.Scenario, lang: str) -> str:
    written = StringIO()
    show(scenario, lang, Console(width=4000, file=written))
    return written.getvalue()


def test_a_name_is_not_taken_for_markup() -> None:
    wild = {
        "name.da": "[red]x",
        "actors.chef.name.da": "[/bold]y",
        "fora.samarbejdsmoede.name.da": "a[z]",
    }
    text = _listed(with_settings(scenarios.load("laerebog"), wild), "da")
    assert all(word in text for word in ("[red]x", "[/bold]y", "a[z]"))


@pytest.mark.parametrize("lang", ["da", "en"])
def test_list_names_every_body_and_person_and_gives_waits(
    scenario: scenarios.Scenario, lang: str
) -> None:
    text = _listed(scenario, lang)
    seen = seen_from_first_area(scenario)
    inside = [one for one in scenario.actors.values() if one.organisation in seen.organisations]
    for entry in (*seen.fora.values(), *inside):
        assert say(entry.name, lang) in text
    assert re.search(r"\d,\d" if lang == "da" else r"\d\.\d", text)


def test_mean_wait_by_hand() -> None:
    fora = scenarios.load("lokal_semiprofessionel").fora
    # 2.5 at home, 1.5 at the residents' and the team's body, 3.5 at the steering group, and in one
    # of twenty cases 13.5 more because it does not dare.
    stops = ("chefmoede_boern_unge", "beboere_og_projektteam", "styregruppe", "bestyrelse")
    assert mean_wait(fora, stops, "large") == pytest.approx(2.5 + 1.5 + 3.5 + 0.05 * 13.5)
