"""The time left follows how fast the runs come back."""

from itertools import count

from dashboard.pace import Pace
from dashboard.sentences import sentences


def test_nothing_is_promised_before_two_batches_are_back():
    pace = Pace(iter([0.0, 60.0, 62.0]).__next__)
    assert pace.left(0, 10) is None
    assert pace.left(1, 10) is None
    assert pace.left(2, 10) == 16.0


def test_at_a_steady_pace_the_time_left_falls_to_nothing():
    ticks = count()
    pace = Pace(lambda: 0.5 * next(ticks))
    left = [pace.left(done, 5) for done in range(1, 6)]
    assert left == [None, 1.5, 1.0, 0.5, 0.0]


def test_long_spans_are_said_in_minutes():
    words = sentences("da")
    assert words.span(12.4) == "12 s"
    assert words.span(180) == "3 min"
