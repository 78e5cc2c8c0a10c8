"""The few SVG elements that a drawing of an organisation needs."""

from html import escape
from textwrap import wrap
from typing import Final

Place = tuple[float, float]

INK: Final = "#1a1a1a"
PAPER: Final = "#ffffff"
SOFT: Final = "#eef1f4"
# Okabe & Ito's hues, darkened until they stand 4.5 : 1 against white.
COLOURS: Final = {
    "kommune": "#0067a3",
    "boligorganisation": "#b04a00",
    "helhedsplan": "#00704f",
    "residents": "#97336f",
    "local_partners": "#4f4f4f",
}
FONT: Final = "'DejaVu Sans', Verdana, Arial, sans-serif"
# Mean width of a letter as a share of the font size, on the wide side so that nothing overlaps.
LETTER: Final = 0.56
BOLD_LETTER: Final = 0.65
SMALLEST: Final = 16.0
DOT: Final = 12.0


def wrapped(text: str, width: float, size: float, letter: float = LETTER) -> list[str]:
    """``text`` in lines that fit into ``width`` pixels at a font size; at least one line."""
    room = max(1, int(width / (letter * size)))
    return wrap(text, room) or [""]


def fitted(text: str, width: float, size: float, letter: float = LETTER) -> tuple[str, float]:
    """``text`` and the font size, at most ``size``, at which it fits; cut short below 16 pixels."""
    fits = min(size, width / (letter * max(1, len(text))))
    if fits >= SMALLEST:
        return text, fits
    return text[: int(width / (letter * SMALLEST)) - 1].rstrip() + "…", SMALLEST


def person(place: Place, level: str, colour: str, title: str, *, filled: bool = True) -> str:
    """One human being: diamond political, square strategic, circle tactical, triangle executing."""
    x, y = place
    r = DOT
    shapes = {
        "political": f'<path d="M{x} {y - r}L{x + r} {y}L{x} {y + r}L{x - r} {y}Z"',
        "strategic": f'<path d="M{x - r + 2} {y - r + 2}h{2 * r - 4}v{2 * r - 4}h{4 - 2 * r}Z"',
        "tactical": f'<circle cx="{x}" cy="{y}" r="{r - 1}"',
        "executing": f'<path d="M{x} {y - r}L{x + r} {y + r - 3}L{x - r} {y + r - 3}Z"',
    }
    style = f'fill="{colour if filled else PAPER}" stroke="{colour}" stroke-width="2.5"'
    tag = shapes[level][1:].split()[0]
    return f"{shapes[level]} {style}><title>{escape(title)}</title></{tag}>"


class Svg:
    """Elements in the order in which they are painted."""

    def __init__(self) -> None:
        self._elements: list[str] = []

    def add(self, element: str) -> None:
        """Paint one element above those before it."""
        self._elements.append(element)

    def write(
        self, place: Place, text: str, *, size: float, bold: bool = False, fill: str = INK
    ) -> None:
        """A line of text that begins at ``place``."""
        weight = ' font-weight="bold"' if bold else ""
        x, y = place
        self.add(
            f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}"{weight} fill="{fill}">'
            f"{escape(text)}</text>"
        )

    def box(
        self,
        x: float,
        y: float,
        width_of_box: float,
        height: float,
        *,
        stroke: str,
        width: float = 0.0,
        dash: str = "",
        fill: str = PAPER,
    ) -> None:
        """A rectangle with round corners."""
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        self.add(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{width_of_box:.1f}" height="{height:.1f}" '
            f'rx="10" fill="{fill}" stroke="{stroke}" stroke-width="{width}"{dashed}/>'
        )

    def curve(self, start: Place, end: Place, *, stroke: str, width: float) -> None:
        """A membership: a line that leaves and arrives level."""
        (x, y), (u, v) = start, end
        bend = (u - x) * 0.55
        self.add(
            f'<path d="M{x:.1f} {y:.1f}C{x + bend:.1f} {y:.1f} {u - bend:.1f} {v:.1f} '
            f'{u:.1f} {v:.1f}" fill="none" stroke="{stroke}" stroke-width="{width}" '
            'stroke-opacity="0.85"/>'
        )

    def arrow(self, start: Place, end: Place, *, bulge: float, dash: str) -> None:
        """A thick arrow that swings out to the right between two places on one edge."""
        (x, y), (u, v) = start, end
        path = (
            f"M{x:.1f} {y:.1f}C{x + bulge:.1f} {y:.1f} {u + bulge:.1f} {v:.1f} {u + 14:.1f} {v:.1f}"
        )
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        self.add(f'<path d="{path}" fill="none" stroke="{PAPER}" stroke-width="14"/>')
        self.add(f'<path d="{path}" fill="none" stroke="{INK}" stroke-width="6"{dashed}/>')
        self.add(f'<path d="M{u + 1:.1f} {v:.1f}l24 -13v26Z" fill="{INK}" stroke="{PAPER}"/>')

    def badge(self, place: Place, text: str, *, filled: bool) -> None:
        """A number in a ring."""
        x, y = place
        inside, letter = (INK, PAPER) if filled else (PAPER, INK)
        self.add(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="20" fill="{inside}" stroke="{INK}" '
            'stroke-width="3"/>'
            f'<text x="{x:.1f}" y="{y + 9:.1f}" font-size="25" font-weight="bold" fill="{letter}" '
            f'text-anchor="middle">{escape(text)}</text>'
        )

    def text(self, width: float, height: float, title: str, description: str) -> str:
        """The whole file, with a title and a description for those who cannot see it."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" '
            f'role="img" font-family="{FONT}">\n<title>{escape(title)}</title>\n'
            f"<desc>{escape(description)}</desc>\n"
            f'<rect width="{width:.0f}" height="{height:.0f}" fill="{PAPER}"/>\n'
            + "\n".join(self._elements)
            + "\n</svg>\n"
        )
