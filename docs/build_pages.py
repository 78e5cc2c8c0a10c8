"""Write the pages that repeat what the code says: rules, parameters, observables, levers,
models.

Run with ``make pages``; a test holds the committed pages equal to what this writes.
"""

import ast
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scenarios.describing import page as models_page  # noqa: E402
from scenarios.levers import GROUPS, LEVERS, TARGETS, Lever  # noqa: E402
from scenarios.levers.claims import LEVEL, MODEL, SEEDS, Claim, claims, only_counted  # noqa: E402
from scenarios.levers.telling import values_in_words  # noqa: E402
from simulation.observables import CATALOGUE  # noqa: E402
from simulation.parameters import parameter_catalogue  # noqa: E402

DIRECTIONS = {1: "more is better", -1: "more is worse", 0: "neither"}
KINDS = {
    "stock": "Stocks: the state at the end of a week; per run the mean over the last 52 weeks",
    "flow": "Flows: what happened in a week; per run the sum",
    "summary": "Derived from a whole run",
}
NOTE = "<!-- Written by docs/build_pages.py; change the code, then `make pages`. -->\n\n"


def organisation_models_page() -> str:
    """Every shipped organisation model as its file says it."""
    return NOTE + models_page()


def parameters_page() -> str:
    """A table of all parameters."""
    lines = [
        "# Parameters",
        "",
        (
            "Every number the rules use. No source gives a number for any of them: the Danish "
            "studies describe mechanisms and their direction. What is marked `assumption` is "
            "just that. Where a value stands under `assumed`, the default was [fitted](fit.md) and "
            "this is what stood there before."
        ),
        "",
        "| parameter | meaning | unit | range | default | assumed | source |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for name, (default, about) in parameter_catalogue().items():
        assumed = "" if about.assumed is None else f"{about.assumed:g}"
        lines.append(
            f"| `{name}` | {about.meaning} | {about.unit} | {about.low:g}–{about.high:g} "
            f"| {default:g} | {assumed} | {about.source} |"
        )
    return NOTE + "\n".join(lines) + "\n"


def observables_page() -> str:
    """Tables of all observables by kind."""
    lines = ["# Observables", ""]
    lines.append(
        "The one catalogue. The smallest effect is the smallest difference of interest, an "
        "assumption that a user may disagree with (for flows over one plan year of 52 weeks); a "
        "star marks the main table."
    )
    for kind, title in KINDS.items():
        lines += ["", f"## {title}", ""]
        lines.append("| observable | Danish | meaning | unit | direction | smallest effect |")
        lines.append("| --- | --- | --- | --- | --- | --- |")
        for row in CATALOGUE:
            if row.kind == kind:
                star = " ★" if row.main else ""
                lines.append(
                    f"| `{row.name}`{star} | {row.da} | {row.definition_en} | {row.unit} "
                    f"| {DIRECTIONS[row.direction]} | {row.smallest_effect:g} |"
                )
    return NOTE + "\n".join(lines) + "\n"


def rules_page() -> str:
    """Every rule as its docstring tells it."""
    lines = [
        "# Rules",
        "",
        (
            "Each rule is a small function in `simulation/rules/`. It draws nothing and changes "
            "nothing: the phases of the week draw, call rules, and write the results."
        ),
    ]
    for path in sorted((ROOT / "simulation" / "rules").glob("*.py")):
        if path.name == "__init__.py":
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        lines += ["", f"## {path.stem}.py", "", ast.get_docstring(tree) or ""]
        for node in tree.body:
            if isinstance(node, ast.FunctionDef):
                arguments = ", ".join(argument.arg for argument in node.args.args)
                lines += ["", f"### `{node.name}({arguments})`", ""]
                head, _, rest = (ast.get_docstring(node) or "").partition("\n\n")
                lines.append(head)
                if rest:
                    lines += ["", "```text", rest, "```"]
    return NOTE + "\n".join(lines) + "\n"


def levers_page() -> str:
    """Every lever by group, with what it does, its price, its values and its source."""
    lines = [
        "# Levers",
        "",
        (
            f"{len(LEVERS)} things that can be turned on any model: `--set levers.KEY=VALUE`, "
            "`levers: {KEY: VALUE}` in a file, in sweeps, patterns and the dashboard. A lever "
            "changes the scenario before the run; the model never sees it. Where a lever finds "
            "nothing to turn in a scenario, the error says so. Sources give the lever and its "
            "direction; the sizes are assumptions. `trappe levers` lists the same."
        ),
        "",
        (
            "A choice takes its names or their places 0, 1, 2 in the row. A lever marked "
            "*one by one* can also be set for single ones; the special is turned after the "
            "general, so that it counts (a factor comes on top of the one for all): "
            "`levers.control.kommune=0.2`, `levers.forum_rhythm.strategic=2`, "
            "`levers.initial_trust.kommune/boligorganisation=0.7`, in a file "
            "`levers: {control: {all: 0.5, kommune: 0.2}}`."
        ),
    ]
    for group, title in GROUPS.items():
        inside = [lever for lever in LEVERS.values() if lever.group == group]
        if inside:
            lines += ["", f"## {title.en} ({title.da})", ""]
            lines.append("| lever | what it does, and its price | values | source |")
            lines.append("| --- | --- | --- | --- |")
            lines += [_lever_row(lever) for lever in inside]
    lines += ["", *_claims_section()]
    return NOTE + "\n".join(lines) + "\n"


def _lever_row(lever: Lever) -> str:
    targets = ""
    if lever.targets:
        targets = f"<br>*one by one*: {TARGETS[lever.targets].en}"
    return (
        f"| `{lever.key}`<br>{lever.name.en}<br>{lever.name.da} | {lever.effect.en} "
        f"| {values_in_words(lever, 'en')}{targets} | {lever.source} |"
    )


def _claims_section() -> list[str]:
    """What is documented of each lever, and where the model does not do so."""
    known = claims()
    failing = [claim for claim in known if claim.fails]
    counted = only_counted(known)
    head = "| lever | from | to | observable | documented | because | source |"
    rule = "| --- | --- | --- | --- | --- | --- | --- |"
    return [
        "## Does the model move as documented?",
        "",
        (
            f"For each lever an observable and a direction were named before it was tried "
            f"(`scenarios/levers/claims.toml`). On `{MODEL}`, over {len(SEEDS)} paired seeds, the "
            "mean difference must go in that direction by more than the observable's smallest "
            f"effect of interest, and its {LEVEL:.0%} interval must exclude zero. Where it does "
            "not, the expectation stays, the model was not changed, and a test holds that it is "
            "still so. For levers whose first expectation failed another one was named from the "
            "rules, again before it was tried; both stand. "
            f"{len(known) - len(failing)} of {len(known)} move as documented, and "
            f"{len({claim.lever for claim in known if not claim.fails})} of "
            f"{len({claim.lever for claim in known})} levers move something as documented."
        ),
        "",
        (
            f"Not all of that says something about collaboration. {len(counted)} of these levers "
            "hold only by their own price in hours or by counting what they add, which would move "
            f"in any model: {', '.join(f'`{lever}`' for lever in counted)}. What else they move "
            "was not named beforehand (informal meetings 26 times a year raise the share of joint "
            "work by 0.029, say), so it is no test. The boligsociale koordinator, central in "
            "CFBU15, shows only the price here: of all observables, appointing one or giving the "
            "post more hours moves hours, overload, the meetings that fail and promises kept by as "
            "much as counts, and nothing of who works with whom or how far they go. Others lie "
            "close to arithmetic: `areas`, `residents`, `cases_per_week`, `case_hours`, "
            "`budget_cut` and `acute_wave` give the same hands more to do or fewer hours, and "
            "overload rises."
        ),
        "",
        "### Does not move as documented",
        "",
        head.removesuffix(" source |") + " what the model does |",
        rule,
        *(_claim_row(claim, claim.fails) for claim in failing),
        "",
        "### Moves as documented",
        "",
        head,
        rule,
        *(_claim_row(claim, claim.source) for claim in known if not claim.fails),
    ]


def _claim_row(claim: Claim, last: str) -> str:
    also = "".join(f"<br>with {key} {value}" for key, value in claim.settings.items())
    direction = "up" if claim.sign > 0 else "down"
    return (
        f"| `{claim.lever}`{also} | {claim.low} | {claim.high} | `{claim.observable}` "
        f"| {direction} | {claim.because} | {last} |"
    )


PAGES = {
    "levers.md": levers_page,
    "parameters.md": parameters_page,
    "observables.md": observables_page,
    "rules.md": rules_page,
    "organisation-models.md": organisation_models_page,
}


def main() -> None:
    """Write all pages into ``docs/``."""
    for name, page in PAGES.items():
        (ROOT / "docs" / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
