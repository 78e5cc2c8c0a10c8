"""One scenario as a drawing: people to the left and right, the plan's bodies by level between.

::

    kommunen's        political   |            | the plan, housing organisations,
    organisations --- strategic   | bodies ^   | residents, local partners
    with their        tactical    |        |   | with their people
    people            executing   |        |   |

Levels are told by shape as well as place, rights by the border of a body, and the way of a matter
by numbers as well as arrows.
"""

from itertools import pairwise
from typing import Final, NamedTuple

from scenarios.levers import turned
from scenarios.routing import (
    Routes,
    deciding_stop,
    mean_wait,
    routes_of,
    seen_from_first_area,
    way_of,
)
from scenarios.schema import EVERYONE, Scenario, Text
from scenarios.svg import BOLD_LETTER, COLOURS, INK, PAPER, SOFT, Svg, fitted, person, wrapped
from scenarios.wording import (
    CAMP_WORDS,
    LEVEL_WORDS,
    SIZE_WORDS,
    competence,
    further_areas,
    number,
    rhythm,
    say,
)
from simulation.vocabulary import CAMPS, LEVELS

WIDTH: Final = 1920.0
MARGIN: Final = 40.0
CARD_WIDTH: Final = 440.0
CARD_HEIGHT: Final = 84.0
CAMP_HEAD: Final = 40.0
DOT_STEP: Final = 38.0
DOTS_IN_ROW: Final = 11
HEADING: Final = 118.0  # without its lines of text
HEADING_LINE: Final = 31.0
BAND_X: Final = 620.0
BAND_WIDTH: Final = 700.0
BODY_X: Final = 650.0
BODY_WIDTH: Final = 540.0
BODY_HEIGHT: Final = 98.0
LOW_BODY_HEIGHT: Final = 50.0  # of a body that is only informed
TWO_LINES_HEIGHT: Final = 76.0  # of one with a long name
BESIDE: Final = 330.0  # room for a name with the rhythm beside it
BODY_GAP: Final = 18.0
BAND_HEAD: Final = 44.0
BAND_GAP: Final = 10.0
CARD_GAP: Final = 10.0
EMPTY_BAND: Final = 48.0
BORDERS: Final = {
    "decide": (5.0, ""),
    "consent": (2.5, ""),
    "advise": (2.5, "16 4"),
    "informed": (2.5, "7 7"),
}


class Point(NamedTuple):
    """A place in the drawing, in pixels from the top left."""

    x: float
    y: float


class Span(NamedTuple):
    """Where the people and bodies are drawn: from ``top``, ``tall`` pixels down."""

    top: float
    tall: float


class Card(NamedTuple):
    """The frame of an organisation."""

    x: float
    y: float
    height: float


def draw_svg(scenario: Scenario, lang: str) -> str:
    """The drawing as the text of an SVG file, 1920 pixels wide and as high as needed.

    ``lang`` is ``da`` or ``en``; anything else raises ``ValueError``. The arrows show the way of
    a medium matter from the organisation on the left where most cases show up. A person is filled
    who sits in one of the bodies shown.
    """
    whole = turned(scenario)
    routes, final = routes_of(whole), seen_from_first_area(whole)
    origin = _origin(final, routes)
    stops = way_of(routes, origin, "medium")
    drawing = Svg()
    left, right = CAMPS[:1], CAMPS[1:]
    tall = max(_stack_height(final, left), _stack_height(final, right), _least_bands(final, stops))
    span = Span(HEADING + HEADING_LINE * len(_lines_of_heading(final, lang)), tall)
    bodies = _bands(drawing, final, stops, span, lang)
    cards = _cards(drawing, final, left, MARGIN, span, lang)
    cards |= _cards(drawing, final, right, WIDTH - MARGIN - CARD_WIDTH, span, lang)
    _memberships(drawing, final, cards, bodies)
    for key, place in bodies.items():
        _body(drawing, final, key, place, lang)
    _route(drawing, final, stops, bodies)
    _people(drawing, final, cards, set(bodies), lang)
    _heading(drawing, final, lang)
    height = _legend(drawing, span.top + tall + 40.0, lang)
    for home in dict.fromkeys((origin, *_area_secretariats(final))):
        ways = {size: way_of(routes, home, size) for size in SIZE_WORDS}
        intro = _ARROWS if home == origin else _NO_ARROWS
        height = _ways(drawing, final, home, ways, intro, height, lang)
    return drawing.text(WIDTH, height, say(final.name, lang), say(final.description, lang))


def _inside(scenario: Scenario, camp: str) -> list[str]:
    return [key for key, one in scenario.organisations.items() if one.camp == camp]


def _origin(scenario: Scenario, routes: Routes) -> str:
    """The organisation of the kommune, or else of anyone, where most cases show up."""
    active = [key for key in scenario.organisations if way_of(routes, key, "medium")]
    kommune = [key for key in active if scenario.organisations[key].camp == CAMPS[0]]
    return max(kommune or active, key=lambda one: scenario.organisations[one].desk)


def _area_secretariats(scenario: Scenario) -> list[str]:
    """The organisations whose matters cross the areas, with ways of their own."""
    return [
        key
        for key, one in scenario.organisations.items()
        if one.kind == "områdesekretariat" and EVERYONE in one.areas
    ]


def _heading(drawing: Svg, scenario: Scenario, lang: str) -> None:
    name, size = fitted(say(scenario.name, lang), WIDTH - 2 * MARGIN, 44, BOLD_LETTER)
    drawing.write(Point(MARGIN, 66), name, size=size, bold=True)
    for k, line in enumerate(_lines_of_heading(scenario, lang)):
        drawing.write(Point(MARGIN, 106 + HEADING_LINE * k), line, size=24)


def _lines_of_heading(scenario: Scenario, lang: str) -> list[str]:
    """The description, and where there are several areas, what is not drawn."""
    lines = wrapped(say(scenario.description, lang), WIDTH - 2 * MARGIN, 24)
    note = further_areas(scenario, lang)
    return lines + (wrapped(note, WIDTH - 2 * MARGIN, 24) if note else [])


def _staff(scenario: Scenario, organisation: str) -> list[str]:
    return [key for key, one in scenario.actors.items() if one.organisation == organisation]


def _card_height(scenario: Scenario, organisation: str) -> float:
    rows = max(1, -(-len(_staff(scenario, organisation)) // DOTS_IN_ROW))
    return CARD_HEIGHT + (rows - 1) * DOT_STEP


def _stack_height(scenario: Scenario, camps: tuple[str, ...]) -> float:
    """The least height of the organisations of some camps below each other."""
    height = 0.0
    for camp in camps:
        inside = _inside(scenario, camp)
        height += (CAMP_HEAD if inside else 0.0) + sum(
            _card_height(scenario, key) + CARD_GAP for key in inside
        )
    return height


def _cards(
    drawing: Svg, scenario: Scenario, camps: tuple[str, ...], x: float, span: Span, lang: str
) -> dict[str, Card]:
    """Draw the organisations of the camps below each other, spread over the whole height."""
    cards: dict[str, Card] = {}
    count = sum(len(_inside(scenario, camp)) for camp in camps)
    gap = CARD_GAP + min(40.0, (span.tall - _stack_height(scenario, camps)) / max(1, count))
    y = span.top
    for camp in camps:
        inside, colour = _inside(scenario, camp), COLOURS[camp]
        if inside:
            word = say(CAMP_WORDS[camp], lang)
            drawing.write(Point(x, y + 25), word, size=25, bold=True, fill=colour)
            y += CAMP_HEAD
        for key in inside:
            cards[key] = Card(x, y, _card_height(scenario, key))
            drawing.box(x, y, CARD_WIDTH, cards[key].height, stroke=colour, width=2.0)
            name = say(scenario.organisations[key].name, lang)
            text, size = fitted(name, CARD_WIDTH - 28, 23)
            drawing.write(Point(x + 14, y + 31), text, size=size)
            y += cards[key].height + gap
    return cards


def _people(
    drawing: Svg, scenario: Scenario, cards: dict[str, Card], shown: set[str], lang: str
) -> None:
    seated = {member for key in shown for member in scenario.fora[key].members}
    for organisation, card in cards.items():
        colour = COLOURS[scenario.organisations[organisation].camp]
        for k, key in enumerate(_staff(scenario, organisation)):
            row, column = divmod(k, DOTS_IN_ROW)
            place = Point(card.x + 30 + column * DOT_STEP, card.y + 60 + row * DOT_STEP)
            level = scenario.person(key).level
            word = say(LEVEL_WORDS[level], lang).lower()
            title = f"{say(scenario.actors[key].name, lang)} ({word})"
            drawing.add(person(place, level, colour, title, filled=key in seated))


def _shown(scenario: Scenario, stops: tuple[str, ...]) -> dict[str, list[str]]:
    """The plan's bodies, and the internal ones on the way, by level."""
    return {
        level: [
            key
            for key, forum in scenario.fora.items()
            if forum.level == level and (forum.of_plan or key in stops)
        ]
        for level in LEVELS
    }


def _body_height(scenario: Scenario, key: str) -> float:
    forum = scenario.fora[key]
    if forum.right != "informed":
        return BODY_HEIGHT
    return LOW_BODY_HEIGHT if _fits_beside(forum.name) else TWO_LINES_HEIGHT


def _fits_beside(name: Text) -> bool:
    """Whether the name leaves room for the rhythm on its line, in both languages."""
    return all(fitted(text, BESIDE, 22, BOLD_LETTER)[0] == text for text in (name.da, name.en))


def _band_heights(scenario: Scenario, stops: tuple[str, ...]) -> list[float]:
    return [
        BAND_HEAD + sum(_body_height(scenario, key) + BODY_GAP for key in keys)
        if keys
        else EMPTY_BAND
        for keys in _shown(scenario, stops).values()
    ]


def _least_bands(scenario: Scenario, stops: tuple[str, ...]) -> float:
    heights = _band_heights(scenario, stops)
    return sum(heights) + BAND_GAP * (len(heights) - 1)


def _bands(
    drawing: Svg, scenario: Scenario, stops: tuple[str, ...], span: Span, lang: str
) -> dict[str, Point]:
    """Draw the four levels; return where each shown body has its top left corner."""
    shown = _shown(scenario, stops)
    filled = max(1, sum(1 for keys in shown.values() if keys))
    spare = (span.tall - _least_bands(scenario, stops)) / filled
    bodies: dict[str, Point] = {}
    y = span.top
    for (level, keys), least in zip(shown.items(), _band_heights(scenario, stops), strict=True):
        height = least + (spare if keys else 0.0)
        drawing.box(BAND_X, y, BAND_WIDTH, height, stroke="none", fill=SOFT)
        word = say(LEVEL_WORDS[level], lang)
        drawing.write(Point(BAND_X + 16, y + 32), word, size=25, bold=True)
        gap = BODY_GAP + spare / max(1, len(keys))
        top = y + BAND_HEAD + (gap - BODY_GAP) / 2
        for key in keys:
            bodies[key] = Point(BODY_X, top)
            top += _body_height(scenario, key) + gap
        y += height + BAND_GAP
    return bodies


def _body(drawing: Svg, scenario: Scenario, key: str, place: Point, lang: str) -> None:
    forum = scenario.fora[key]
    width, dash = BORDERS[forum.right]
    height = _body_height(scenario, key)
    drawing.box(
        place.x, place.y, BODY_WIDTH, height, stroke=INK, width=width, dash=dash, fill=PAPER
    )
    often = rhythm(forum.period_weeks, lang)
    if forum.right == "informed":
        beside = _fits_beside(forum.name)
        room = BESIDE if beside else BODY_WIDTH - 40
        name, size = fitted(say(forum.name, lang), room, 22, BOLD_LETTER)
        drawing.write(Point(place.x + 20, place.y + 33), name, size=size, bold=True)
        often, size = fitted(often, 170, 21)
        corner = Point(place.x + 358, place.y + 33) if beside else Point(place.x + 20, place.y + 61)
        drawing.write(corner, often, size=size)
        return
    name, size = fitted(say(forum.name, lang), BODY_WIDTH - 80, 27, BOLD_LETTER)
    count = len(forum.members)
    members = say(Text(da=f"{count} medlemmer", en=f"{count} members"), lang)
    facts = f"{often} · {members}"
    can, can_size = fitted(competence(forum, lang), BODY_WIDTH - 36, 22)
    drawing.write(Point(place.x + 20, place.y + 32), name, size=size, bold=True)
    drawing.write(Point(place.x + 20, place.y + 59), facts, size=22)
    drawing.write(Point(place.x + 20, place.y + 86), can, size=can_size)


def _memberships(
    drawing: Svg, scenario: Scenario, cards: dict[str, Card], bodies: dict[str, Point]
) -> None:
    """One line a seat, from the frame of the home organisation to the body, with few crossings."""
    home = {key: one.organisation for key, one in scenario.actors.items()}
    seats = [
        (key, home[one])
        for key in bodies
        for one in scenario.fora[key].members
        if home[one] in cards
    ]
    for side in (True, False):
        here = [one for one in seats if (cards[one[1]].x < BODY_X) == side]
        leave: dict[str, list[int]] = {}
        arrive: dict[str, list[int]] = {}
        for k, (body, _) in sorted(enumerate(here), key=lambda one: cards[one[1][1]].y):
            arrive.setdefault(body, []).append(k)
        for k, (_, organisation) in sorted(enumerate(here), key=lambda one: bodies[one[1][0]].y):
            leave.setdefault(organisation, []).append(k)
        for k, (body, organisation) in enumerate(here):
            card, place = cards[organisation], bodies[body]
            queue, door = leave[organisation], arrive[body]
            share, part = _share(queue, k), _share(door, k)
            height = _body_height(scenario, body)
            start = Point(card.x + (CARD_WIDTH if side else 0.0), card.y + share * card.height)
            end = Point(place.x + (0.0 if side else BODY_WIDTH), place.y + part * height)
            colour = COLOURS[scenario.organisations[organisation].camp]
            drawing.curve(start, end, stroke=colour, width=2.5)


def _share(row: list[int], one: int) -> float:
    """How far down an edge the line stands."""
    return (row.index(one) + 1) / (len(row) + 1)


def _route(
    drawing: Svg, scenario: Scenario, stops: tuple[str, ...], bodies: dict[str, Point]
) -> None:
    """Number the bodies on the way; the arrow is broken after the first that may decide."""
    last = deciding_stop(scenario.fora, stops, "medium")
    edge = BODY_X + BODY_WIDTH
    for k, (stop, following) in enumerate(pairwise(stops)):
        drawing.arrow(
            Point(edge, bodies[stop].y + BODY_HEIGHT / 2 - 16),
            Point(edge, bodies[following].y + BODY_HEIGHT / 2 + 16),
            bulge=80.0 + 30.0 * k,
            dash="12 9" if k >= last else "",
        )
    for k, stop in enumerate(stops):
        drawing.badge(Point(edge - 34, bodies[stop].y + 34), str(k + 1), filled=k <= last)


def _legend(drawing: Svg, y: float, lang: str) -> float:
    """Explain the signs; return where the next line goes."""
    x = MARGIN
    for level in LEVELS:
        word = say(LEVEL_WORDS[level], lang).lower()
        drawing.add(person(Point(x + 12, y - 7), level, INK, word))
        drawing.write(Point(x + 34, y), word, size=22)
        x += 60 + 13 * len(word)
    seat = say(Text(da="uden plads her", en="no seat here"), lang)
    drawing.add(person(Point(x + 12, y - 7), "tactical", INK, seat, filled=False))
    drawing.write(Point(x + 34, y), seat, size=22)
    x += 70 + 12 * len(seat)
    words = Text(
        da="afgør|godkender|rådgiver|orienteres", en="decides|consents|advises|is informed"
    )
    for (width, dash), word in zip(BORDERS.values(), say(words, lang).split("|"), strict=True):
        drawing.box(x + 10, y - 22, 46, 28, stroke=INK, width=width, dash=dash, fill=PAPER)
        drawing.write(Point(x + 68, y), word, size=22)
        x += 96 + 12 * len(word)
    return y + 44


def _ways(
    drawing: Svg,
    scenario: Scenario,
    home: str,
    ways: dict[str, tuple[str, ...]],
    intro: Text,
    y: float,
    lang: str,
) -> float:
    """The way and the wait of each size in words, from one organisation; return where it ends."""
    title = f"{say(_WAYS_FROM, lang)} {say(scenario.organisations[home].name, lang)}"
    for line in wrapped(f"{title} {say(intro, lang)}".rstrip(), WIDTH - 2 * MARGIN, 24):
        drawing.write(Point(MARGIN, y), line, size=24, bold=True)
        y += 34
    unit = say(Text(da="uger i snit", en="weeks on average"), lang)
    for size, word in SIZE_WORDS.items():
        stops = ways[size]
        names = " → ".join(say(scenario.fora[stop].name, lang) for stop in stops)
        weeks = number(mean_wait(scenario.fora, stops, size), lang)
        text = f"{say(word, lang).capitalize()}: {names} · {weeks} {unit}"
        for line in wrapped(text, WIDTH - 2 * MARGIN, 22):
            drawing.write(Point(MARGIN, y), line, size=22)
            y += 31
    return y + 10


_WAYS_FROM: Final = Text(da="Beslutningsveje fra", en="Decision routes from")
_ARROWS: Final = Text(
    da="(pilene: en mellemstor sag; stiplet: kun hvis organet er i tvivl om sit mandat)",
    en="(arrows: a medium matter; broken: only if the body doubts its mandate)",
)
_NO_ARROWS: Final = Text(da="", en="")
