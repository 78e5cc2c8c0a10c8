"""The frame that figures over time share: per cent or trust up, years or weeks along."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from dashboard.charts.canvas import SOFT, TEXT, line, text

LEFT: Final = 58.0
TOP: Final = 14.0
HEIGHT: Final = 306.0
BOTTOM: Final = HEIGHT - 54.0
AXIS_TEXT: Final = BOTTOM + 21.0
LOW_HEIGHT: Final = AXIS_TEXT + 10.0  # of a drawing that names no axis
WEEKS_PER_YEAR: Final = 52


class Frame(NamedTuple):
    """A plot from ``LEFT`` to ``right``; ``span`` units along, 0..``top`` up."""

    right: float
    span: float
    top: float = 1.0

    def x(self, value: float) -> float:
        """Where ``value`` lies along."""
        return LEFT + (self.right - LEFT) * value / self.span

    def y(self, value: float) -> float:
        """Where ``value`` lies up."""
        return BOTTOM - (BOTTOM - TOP) * value / self.top

    def levels(self, labels: Sequence[tuple[float, str]]) -> list[str]:
        """Horizontal lines with their labels to the left."""
        parts = []
        for value, label in labels:
            parts.append(line(LEFT, self.y(value), self.right, self.y(value)))
            parts.append(text(LEFT - 7, self.y(value) + TEXT * 0.35, label, "end", SOFT))
        return parts

    def years(self, names: Sequence[str]) -> list[str]:
        """Years along, the name in the middle of each; ``span`` is in weeks."""
        parts = []
        for year, name in enumerate(names):
            start = year * WEEKS_PER_YEAR
            end = min(start + WEEKS_PER_YEAR, self.span)
            parts.append(line(self.x(start), BOTTOM, self.x(start), BOTTOM + 7, SOFT))
            parts.append(text(self.x((start + end) / 2), AXIS_TEXT, name, "middle", SOFT))
        return parts

    def marks(self, labels: Sequence[tuple[float, str]]) -> list[str]:
        """Marks along with their labels below."""
        parts = []
        for value, label in labels:
            parts.append(line(self.x(value), BOTTOM, self.x(value), BOTTOM + 7, SOFT))
            parts.append(text(self.x(value), AXIS_TEXT, label, "middle", SOFT))
        return parts

    def axis_name(self, name: str) -> str:
        """What runs along, below the marks."""
        return text((LEFT + self.right) / 2, HEIGHT - 8, name, "middle", SOFT)

    def floor(self) -> str:
        """The line at the bottom."""
        return line(LEFT, BOTTOM, self.right, BOTTOM, SOFT, 1.2)


def years_in(weeks: int) -> int:
    """Number of years that ``weeks`` touch."""
    return -(-weeks // WEEKS_PER_YEAR)
