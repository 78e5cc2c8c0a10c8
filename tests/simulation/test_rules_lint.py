"""What a rule may be: short, plain arithmetic, without draws, and with its source told."""

import ast
import inspect
import re
from collections.abc import Iterator

import pytest

from tests.simulation.rules import public_rules, rule_modules

MODULES = rule_modules()
RULES = sorted(public_rules())

MOST_LINES = 15
# Functions that give the same bits compiled and interpreted on one platform.
MAY_CALL = {
    "math.exp", "math.log", "math.pow", "math.tanh", "math.log1p", "math.expm1", "math.erf",
    "math.ceil", "math.floor", "math.sqrt", "log_of", "abs", "min", "max", "int", "float",
}  # fmt: skip
MAY_NAME = {"math.inf"}
MAY_IMPORT = re.compile(r"math|simulation\.(compilation|logarithms|vocabulary|rules\.\w+)")
SOURCE = re.compile(r"\[[^\]]+\]|assumption")

pytestmark = pytest.mark.interpreted


def tree_of(module: str) -> ast.Module:
    return ast.parse(inspect.getsource(MODULES[module]))


def function_of(rule: str) -> ast.FunctionDef:
    module, name = rule.split(".")
    found = [node for node in functions(tree_of(module)) if node.name == name]
    assert len(found) == 1
    return found[0]


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def code_lines(function: ast.FunctionDef) -> int:
    """Lines of code below the signature, without the docstring and empty lines."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return sum(
        len([line for line in ast.unparse(node).splitlines() if line.strip()]) for node in body
    )


def forbidden(function: ast.FunctionDef, own_rules: set[str]) -> list[str]:
    """What the function does that a rule may not."""
    found = []
    for node in ast.walk(function):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func)
            if name not in MAY_CALL | own_rules:
                found.append(f"calls {name}")
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow):
            found.append("uses **")
        elif isinstance(node, ast.Attribute) and ast.unparse(node) not in MAY_CALL | MAY_NAME:
            found.append(f"names {ast.unparse(node)}")
        elif isinstance(node, ast.Subscript | ast.Global | ast.Nonlocal | ast.Import):
            found.append(f"has {type(node).__name__}")
    return found


def rules_in_reach(module: str) -> set[str]:
    """Rules that a module defines or imports from another module of rules."""
    tree = tree_of(module)
    names = {node.name for node in functions(tree)}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("simulation.rules."):
            names |= {alias.name for alias in node.names}
    return names


@pytest.mark.parametrize("rule", RULES)
def test_rule_is_plain_arithmetic(rule: str) -> None:
    assert forbidden(function_of(rule), rules_in_reach(rule.split(".")[0])) == []


@pytest.mark.parametrize("rule", RULES)
def test_rule_is_short(rule: str) -> None:
    assert code_lines(function_of(rule)) <= MOST_LINES


@pytest.mark.parametrize("rule", RULES)
def test_rule_tells_its_source(rule: str) -> None:
    docstring = ast.get_docstring(function_of(rule)) or ""

    assert SOURCE.search(docstring), f"no source in brackets in the docstring of {rule}"


@pytest.mark.parametrize("rule", RULES)
def test_rule_is_compiled(rule: str) -> None:
    decorators = [ast.unparse(node) for node in function_of(rule).decorator_list]

    assert decorators == ["compiled"]


@pytest.mark.parametrize("module", sorted(MODULES))
def test_module_of_rules_imports_no_draws_and_no_arrays(module: str) -> None:
    for node in ast.walk(tree_of(module)):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [str(node.module)]
        assert all(MAY_IMPORT.fullmatch(name) for name in names), f"{module} imports {names}"


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("return np.exp(x)", "calls np.exp"),
        ("return math.lgamma(x)", "calls math.lgamma"),
        ("return x ** 2", "uses **"),
        ("return draw(1, 2, 3, 4, 5)", "calls draw"),
        ("return x[0]", "has Subscript"),
        ("return math.pi", "names math.pi"),
    ],
)
def test_the_lint_finds_what_a_rule_may_not_do(line: str, complaint: str) -> None:
    function = next(functions(ast.parse(f"def rule(x):\n    {line}")))

    assert complaint in forbidden(function, set())


def test_the_lint_counts_lines() -> None:
    body = "\n".join(f"    a{number} = x" for number in range(16))

    assert code_lines(next(functions(ast.parse(f"def rule(x):\n{body}")))) > MOST_LINES
