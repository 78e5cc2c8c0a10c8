"""Drawing on a page of SVG: text, lines, bands, hatched boxes, and labels that keep apart.

One unit is one sixteenth of the letter height that the page uses, so a drawing of ``WIDTH`` units
in a column of 27 letter heights shows its text at the page's own size.
"""

from collections.abc import Sequence
from html import escape
from typing import Final, NamedTuple

WIDTH: Final = 430.0
TEXT: Final = 17.0

INK: Final = "#1A1A1A"
SOFT: Final = "#595959"  # 7:1 on white
GRID: Final = "#D9D9D9"
BLUE: Final = "#0072B2"
VERMILION: Final = "#D55E00"
GREEN: Final = "#009E73"
PURPLE: Final = "#CC79A7"


class Figure(NamedTuple):
    """A drawing, and the numbers in it as a table (``columns`` name them)."""

    svg: str
    columns: list[str]
    rows: list[list[str]]


class Look(NamedTuple):
    """How a box is filled: a colour, and a hatch so that it is told apart without colour."""

    colour: str
    hatch: str = ""  # "", "dots", "lines" or "cross"


def text(
    x: float, y: float, content: str, anchor: str = "start", colour: str = INK,
    size: float = TEXT, bold: bool = False,
) -> str:  # fmt: skip
    """One line of text whose base line starts (ends, has its middle) at ``x``, ``y``."""
    weight = ' font-weight="700"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}" '
        f'font-size="{size:g}"{weight}>{escape(content)}</text>'
    )


def line(
    x1: float, y1: float, x2: float, y2: float, colour: str = GRID, width: float = 1.0,
    dash: str = "",
) -> str:  # fmt: skip
    """A straight line."""
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" '
        f'stroke-width="{width:g}"{dashed}/>'
    )


def curve(points: Sequence[tuple[float, float]], colour: str, width: float, dash: str = "") -> str:
    """A line through ``points``."""
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<polyline points="{_pairs(points)}" fill="none" stroke="{colour}" '
        f'stroke-width="{width:g}" stroke-linejoin="round"{dashed}/>'
    )


def area(points: Sequence[tuple[float, float]], colour: str, opacity: float) -> str:
    """A filled area bounded by ``points``."""
    return f'<polygon points="{_pairs(points)}" fill="{colour}" fill-opacity="{opacity:g}"/>'


def dot(x: float, y: float, colour: str, radius: float = 4.5, hollow: bool = False) -> str:
    """A round mark."""
    fill = "#FFFFFF" if hollow else colour
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" fill="{fill}" stroke="{colour}" '
        'stroke-width="2"/>'
    )


def box(x: float, y: float, width: float, height: float, fill: str) -> str:
    """A box with a thin dark edge; ``fill`` is a colour or ``url(#pattern)``."""
    return (
        f'<rect x="{x:.1f}" y="{y:.2f}" width="{max(width, 0.0):.1f}" '
        f'height="{max(height, 0.0):.2f}" fill="{fill}" stroke="{INK}" stroke-width="0.7"/>'
    )


def hatches(name: str, looks: Sequence[Look]) -> str:
    """Definitions of the fills ``url(#name-0)``, ``url(#name-1)``, ... of one drawing."""
    fills = "".join(_hatch(f"{name}-{place}", look) for place, look in enumerate(looks))
    return f"<defs>{fills}</defs>"


def _hatch(name: str, look: Look) -> str:
    start = f'<pattern id="{name}" width="8" height="8" patternUnits="userSpaceOnUse"'
    if not look.hatch:
        return f'{start}><rect width="8" height="8" fill="{look.colour}"/></pattern>'
    turned = ' patternTransform="rotate(45)"' if look.hatch in ("lines", "cross") else ""
    ground = "#FFFFFF"
    marks = {
        "dots": f'<circle cx="4" cy="4" r="1.9" fill="{look.colour}"/>',
        "lines": f'<rect width="3.4" height="8" fill="{look.colour}"/>',
        "cross": f'<rect width="3" height="8" fill="{look.colour}"/>'
        f'<rect width="8" height="3" fill="{look.colour}"/>',
    }[look.hatch]
    return f'{start}{turned}><rect width="8" height="8" fill="{ground}"/>{marks}</pattern>'


def drawing(parts: Sequence[str], height: float, alt: str, width: float = WIDTH) -> str:
    """The whole drawing, with ``alt`` for those who do not see it."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" role="img" '
        f'aria-label="{escape(alt, quote=True)}" class="tr-chart">{"".join(parts)}</svg>'
    )


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Places close to ``wanted``, in the same order, at least ``gap`` apart, within low..high.

    Raises:
        ValueError: there is not room for all.
    """
    if (len(wanted) - 1) * gap > high - low + 1e-9:
        raise ValueError(f"{len(wanted)} labels do not fit between {low} and {high}")
    order = sorted(range(len(wanted)), key=lambda k: wanted[k])
    places = [0.0] * len(wanted)
    floor = low
    for k in order:
        places[k] = max(wanted[k], floor)
        floor = places[k] + gap
    ceiling = high
    for k in reversed(order):
        places[k] = min(places[k], ceiling)
        ceiling = places[k] - gap
    return places


def _pairs(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
