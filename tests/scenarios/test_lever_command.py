"""``trappe levers`` tells what can be turned, in both languages."""

from click.testing import CliRunner, Result

from scenarios import LEVERS
from trappe.levers import levers


def invoke(*arguments: str) -> Result:
    return CliRunner(catch_exceptions=False).invoke(levers, arguments)


def test_every_lever_is_listed_in_both_languages() -> None:
    for language in ("da", "en"):
        output = invoke("--lang", language).output
        for key, lever in LEVERS.items():
            assert f"{key}  {getattr(lever.name, language)}" in output


def test_one_lever_is_told_in_full() -> None:
    output = " ".join(invoke("residents_place", "--lang", "en").output.split())
    assert LEVERS["residents_place"].effect.en in output
    assert "3 co_deciding: co-decision" in output
    assert "Source: SFI12 fig. 4.2" in output


def test_targets_are_told() -> None:
    assert "levers.control.TARGET" in invoke("control").output
