"""The measures as tables on a terminal."""

import sys
from typing import Any

from rich.console import Console
from rich.table import Table

VERDICTS = {True: "met", False: "not met", None: "undecided: no second core was free"}


def show(result: dict[str, Any]) -> None:
    """Print everything that was measured."""
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 110)
    about = result["setting"]
    console.print(
        f"{about['scenario']}: {about['actors']} actors, {about['organisations']} organisations, "
        f"{about['fora']} fora, {about['cases_a_week']:g} cases a week, {about['weeks']} weeks. "
        f"Python {about['python']}, Mesa {about['mesa']}, numba {about['numba']}."
    )
    console.print(_measures(result))
    console.print(_phases(result["phases"]))
    console.print(_bound(result))
    console.print(_agreement(result["agreement"]))
    console.print(_targets(result["targets"]))


def _measures(result: dict[str, Any]) -> Table:
    table = Table(title="Measured in turns in one run")
    for heading in ("", "least", "median", "greatest"):
        table.add_column(heading, justify="right" if heading else "left")

    def add(label: str, values: dict[str, float], form: str) -> None:
        cells = (values["least"], values["median"], values["greatest"])
        table.add_row(label, *(format(value, form) for value in cells))

    speed, helped = result["speed"], result["two_workers"]
    add("plain Mesa, runs a second of processor time", speed["plain_runs_per_second"], ".2f")
    add("ensemble on one core, the same", speed["ensemble_runs_per_second"], ".1f")
    add("ratio", speed["ratio"], ".1f")
    add("start, compiled before (s)", result["start_seconds"]["warm"], ".2f")
    cold = result["start_seconds"]["cold"]
    table.add_row("start, nothing compiled (s)", "", "–" if cold is None else f"{cold:.0f}", "")
    add("two processes, a pure loop (times faster)", helped["loop"], ".2f")
    add("two workers, the runner (times faster)", helped["runner"], ".2f")
    add("the runner's share of the loop's", helped["share"], ".2f")
    for which, memory in result["memory_megabytes"].items():
        label = f"memory, {which}, {memory['runs']} runs (MB; of which loaded code)"
        table.add_row(label, "", f"{memory['peak']:.0f}", f"({memory['loaded']:.0f})")
    return table


def _phases(shares: dict[str, float]) -> Table:
    table = Table(title="Where the ensemble's time goes")
    for name in shares:
        table.add_column(name, justify="right")
    table.add_row(*(f"{share:.0%}" for share in shares.values()))
    return table


def _bound(result: dict[str, Any]) -> Table:
    """How far the hottest phase is from its lower bound, and what a city costs."""
    bound, scaling = result["lower_bound"], result["scaling"]
    sizes = ", ".join(
        f"{scaling[name]:.3g} times the {name}" for name in ("actors", "fora", "cases")
    )
    phase, hand = bound["phase_microseconds"], bound["hand_microseconds"]
    table = Table(title="Times as long, of processor time")
    for heading in ("", "least", "median", "greatest"):
        table.add_column(heading, justify="right" if heading else "left")
    for label, values in (
        (
            f"phase {bound['phase']} over its lower bound ({phase:.2f} and {hand:.2f} µs a week)",
            bound["times"],
        ),
        (f"a run of {scaling['city']} over one of the base model ({sizes})", scaling["cost"]),
    ):
        cells = (values["least"], values["median"], values["greatest"])
        table.add_row(label, *(f"{value:.2f}" for value in cells))
    return table


def _agreement(agreement: dict[str, Any]) -> Table:
    title = (
        f"Main observables, {agreement['plain_runs']} plain and {agreement['ensemble_runs']} "
        f"ensemble runs: |z| below {agreement['limit']:.2f}"
    )
    table = Table(title=title)
    for heading in ("", "plain", "ensemble", "difference", "standard error", "z"):
        table.add_column(heading, justify="right" if heading else "left")
    for one in agreement["observables"]:
        numbers = (one[key] for key in ("plain", "ensemble", "difference", "standard_error"))
        beyond = " !" if abs(one["z"]) > agreement["limit"] else ""
        table.add_row(one["name"], *(f"{x:.4g}" for x in numbers), f"{one['z']:.2f}{beyond}")
    return table


def _targets(targets: dict[str, Any]) -> Table:
    table = Table(title="Targets")
    for heading in ("", "target", "measured", ""):
        table.add_column(heading, justify="right" if heading else "left")
    labels = {
        "ratio": "ensemble over plain Mesa",
        "workers": "runner's share of a pure loop's",
        "city": "a city over the base model",
    }
    for name, target in targets.items():
        bound = f"≥ {target['at_least']:g}" if "at_least" in target else f"≤ {target['at_most']:g}"
        met = VERDICTS[target["met"]]
        table.add_row(labels[name], bound, f"{target['measured']:.3g}", met)
    return table
