"""Pages written from the code are current."""

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def build_pages():
    spec = importlib.util.spec_from_file_location("build_pages", ROOT / "docs" / "build_pages.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    "name",
    ["levers.md", "parameters.md", "observables.md", "rules.md", "organisation-models.md"],
)
def test_a_page_written_from_the_code_is_current(name):
    written = build_pages().PAGES[name]()
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == written, "run: make pages"
