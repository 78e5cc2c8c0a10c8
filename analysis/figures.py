"""What all figures share: size, colours that also work in black and white, and SVG as text.

Colours are the four of Okabe & Ito (2008) that stand out 3:1 on white. Colour never stands alone:
models also differ by line style, marker and a letter at the end of the line, steps by hatching.
"""

import io
import re
import textwrap
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

import matplotlib
from matplotlib.figure import Figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BLUE, VERMILION, GREEN, PURPLE = "#0072B2", "#D55E00", "#009E73", "#CC79A7"
INK, FAINT, FIELD = "#222222", "#777777", "#E6E6E6"
COLOURS: Final = (BLUE, VERMILION, GREEN, PURPLE)
LINES: Final = ("-", "--", "-.", ":")
MARKERS: Final = ("o", "s", "^", "D", "v", "P", "X", "*")
WIDTH: Final = 9.2  # inches; the report's column

STYLE: Final[dict[str, Any]] = {
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 10.0,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": FAINT,
    "axes.labelcolor": INK,
    "axes.titlesize": 10.5,
    "axes.titlelocation": "left",
    "xtick.color": INK,
    "ytick.color": INK,
    "hatch.linewidth": 0.7,
    "figure.constrained_layout.use": True,
}


class Drawing(NamedTuple):
    """A finished figure: ``svg`` to stand inside HTML, ``alt`` what it shows, in words."""

    svg: str
    alt: str


def look(place: int) -> dict[str, Any]:
    """Colour, line and marker of the model at ``place``; repeated out of step."""
    return {
        "color": COLOURS[place % len(COLOURS)],
        "linestyle": LINES[(place + place // len(COLOURS)) % len(LINES)],
        "marker": MARKERS[place % len(MARKERS)],
    }


def new_figure(
    height: float, columns: int = 1, rows: int = 1, **options: Any
) -> tuple[Figure, Any]:
    """A figure as wide as the report with a grid of axes, (rows, columns).

    Call it inside :func:`styled`.
    """
    figure = Figure(figsize=(WIDTH, height))
    return figure, figure.subplots(rows, columns, squeeze=False, **options)


def styled() -> Any:
    """The context in which figures are made and saved."""
    return matplotlib.rc_context(cast(Any, STYLE))


def to_svg(figure: Figure, name: str, alt: str) -> Drawing:
    """Save a figure as SVG with text as text, ready to stand inside an HTML page.

    ``name`` keeps ids of several figures on one page apart and makes the bytes the same every time.
    """
    buffer = io.StringIO()
    with matplotlib.rc_context({"svg.hashsalt": name}):
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    svg = buffer.getvalue()
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = re.sub(r'(\bid="|href="#|url\(#)', rf"\g<1>{name}-", svg)
    svg = re.sub(r' width="[^"]*pt"', "", svg, count=1)
    svg = re.sub(r' height="[^"]*pt"', "", svg, count=1)
    title = alt.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    return Drawing(svg.replace("<svg", f'<svg role="img" aria-label="{title}"', 1), alt)


def broken(text: str, width: int) -> str:
    """``text`` in lines of at most about ``width`` characters."""
    return "\n".join(textwrap.wrap(text, width))


def end_labels(axes: "Axes", ends: dict[str, float], colours: dict[str, str], x: float) -> None:
    """Letters at the right ends of lines, moved apart where they would lie on each other."""
    low, high = axes.get_ylim()
    step = 0.055 * (high - low)
    placed = -float("inf")
    for letter, height in sorted(ends.items(), key=lambda item: item[1]):
        placed = max(height, placed + step)
        axes.annotate(
            letter,
            (x, placed),
            xytext=(8, 0),
            textcoords="offset points",
            color=colours[letter],
            fontweight="bold",
            va="center",
            annotation_clip=False,
        )
