"""`trappe models`, `trappe show`, `trappe check`."""

import contextlib
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple
from unittest import mock

import pytest

import scenarios
from scenarios.titles import title
from scenarios.wording import FAMILY_WORDS
from tests.scenarios.files import changed
from trappe.main import main


class Result(NamedTuple):
    """What a user sees of one command."""

    exit_code: int
    output: str


def invoke(*arguments: str) -> Result:
    """Run ``trappe`` with these arguments inside this process."""
    said = io.StringIO()
    with (
        mock.patch.object(sys, "argv", ["trappe", *arguments]),
        contextlib.redirect_stdout(said),
        contextlib.redirect_stderr(said),
        pytest.raises(SystemExit) as stopped,
    ):
        main()
    return Result(int(stopped.value.code or 0), said.getvalue())


def test_models_are_listed_by_name_with_one_line_each() -> None:
    danish = invoke("models")
    english = invoke("models", "--lang", "en")
    width = max(map(len, scenarios.names()))
    for name in scenarios.names():
        lines = [line for line in danish.output.splitlines() if line.split()[:1] == [name]]
        assert lines == [f"  {name:<{width}}  {title(name).da}"]
        assert title(name).en in english.output


def test_models_are_grouped_by_family_in_both_languages() -> None:
    danish, english = invoke("models").output, invoke("models", "--lang", "en").output
    for words in FAMILY_WORDS.values():
        assert words.da in danish
        assert words.en in english
    heads = [danish.index(words.da) for words in FAMILY_WORDS.values()]
    assert heads == sorted(heads)
    assert danish.index("enmands_a") > danish.index(FAMILY_WORDS["secretariats"].da)
    assert "temagrupper" in danish


def test_models_are_listed_without_the_compiler() -> None:
    code = (
        "import sys; from trappe.models import models; models.main([], standalone_mode=False);"
        "sys.exit('numba' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True).returncode == 0


def test_show_prints_the_organisation() -> None:
    result = invoke("show", "central_professionel")
    assert result.exit_code == 0
    assert "Styregruppe på topniveau" in result.output
    assert "Beslutningsveje" in result.output


def test_show_writes_a_drawing_of_the_changed_model(tmp_path: Path) -> None:
    file = tmp_path / "tegning.svg"
    arguments = ["laerebog", "--svg", str(file), "--set", "name.da=Noget andet"]
    assert invoke("show", *arguments).exit_code == 0
    assert "Noget andet" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["findes_ikke"], "there is no organisation model “findes_ikke”"),
        (["laerebog", "--set", "weeks=0"], "weeks: 0 is not allowed"),
        (["laerebog", "--set", "weeks"], "is not of the form path=value"),
        (["laerebog", "--svg", "x.png"], "'x.png' does not end in .svg"),
        (["laerebog", "--svg", "findes/ikke/x.svg"], "there is no folder findes/ikke"),
    ],
)
def test_show_fails_in_plain_words(arguments: list[str], message: str) -> None:
    result = invoke("show", *arguments)
    assert result.exit_code == 2
    assert message in result.output
    assert "Traceback" not in result.output


def test_check_says_what_a_file_is() -> None:
    data = Path(scenarios.__file__).parent / "data"
    scenario = invoke("check", str(data / "scenarios" / "laerebog.yaml"))
    block = invoke("check", str(data / "areas" / "middelby.yaml"), "--lang", "en")
    assert "et gyldigt scenarie, »Lærebogseksemplet«" in scenario.output
    assert "a valid block" in block.output
    assert scenario.exit_code == block.exit_code == 0


def test_check_gives_the_one_error_and_exit_code_2(tmp_path: Path) -> None:
    file = changed(tmp_path, "period_weeks: 4", "period_weeks: 0")
    result = invoke("check", str(file))
    assert result.exit_code == 2
    assert result.output.count("\n") == 1
    assert "fora.samarbejdsmoede.period_weeks: 0 is not allowed" in result.output


def test_check_finds_what_is_wrong_in_a_block(tmp_path: Path) -> None:
    file = tmp_path / "del.yaml"
    file.write_text("kind: block\nfora: {x: {period_weeks: 0}}\n", encoding="utf-8")
    result = invoke("check", str(file))
    assert result.exit_code == 2
    assert "line 2: fora.x.period_weeks: 0 is not allowed" in result.output


def test_check_prints_the_schema() -> None:
    schema = json.loads(invoke("check", "--schema").output)
    assert "fora" in schema["properties"]
    assert invoke("check").exit_code == 2
