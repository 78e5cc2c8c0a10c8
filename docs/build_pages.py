"""Write the pages that repeat what the code says: rules, parameters, observables, models.

Run with ``make pages``; a test holds the committed pages equal to what this writes.
"""

import ast
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scenarios.describing import page as models_page  # noqa: E402
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
            "just that."
        ),
        "",
        "| parameter | meaning | unit | range | default | source |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for name, (default, about) in parameter_catalogue().items():
        lines.append(
            f"| `{name}` | {about.meaning} | {about.unit} | {about.low:g}–{about.high:g} "
            f"| {default:g} | {about.source} |"
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


PAGES = {
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
