"""The report, the screen and the JSON document."""

import csv
import functools
import html.parser
import json
import re
from dataclasses import replace
from io import StringIO
from pathlib import Path

import jsonschema
import numpy as np
import pandas as pd
import pytest
from rich.console import Console

from analysis.comparison import Comparison
from analysis.document import Document, exported_schema, make_document, shipped_schema
from analysis.figures_compare import price
from analysis.figures_time import waiting
from analysis.language import Words
from analysis.provenance import Provenance, provenance
from analysis.report import render
from analysis.screen import show
from analysis.tables import runs_table, write_runs
from simulation.observables import OBSERVABLES, SUMMARY
from simulation.parameters import parameter_catalogue
from tests.analysis.comparisons import comparison, outcome

VOID = {"meta", "br", "link", "img", "input", "hr"}


def origin() -> Provenance:
    return provenance("trappe compare a b", {"parameters.trust_gain": "0.1"})


@functools.cache
def report(language: str) -> str:
    return render(comparison(0.0, 5.0, 0.1), origin(), language)


class Page(html.parser.HTMLParser):
    """What a browser would read: text, addresses it would follow, ids, figures, unclosed tags."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text, self.open, self.ids, self.links, self.labels = "", [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids += [given["id"]] if "id" in given else []
        self.links += [value for key, value in attrs if key in {"src", "href", "xlink:href"}]
        if tag == "svg":
            self.labels.append(given.get("aria-label"))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_report_stands_alone_and_says_what_it_must(language: str) -> None:
    text = report(language)
    page, words = Page(text), Words(language)
    assert page.open == []
    assert len(page.ids) == len(set(page.ids))
    assert all(link.startswith("#") and link[1:] in page.ids for link in page.links)
    assert not re.search(r"url\((?!#)|@import|<script|<link|<iframe", text)
    assert len(page.labels) == 7
    assert all(label and len(label) > 40 for label in page.labels)
    for row in OBSERVABLES.values():
        assert words.label(row) in page.text
    for name in parameter_catalogue():
        assert name in page.text
    for sentence in words.section("cannot").values():
        assert sentence in page.text
    for expected in ("trappe compare a b", "parameters.trust_gain=0.1", "0" * 64):
        assert expected in page.text


def test_the_waiting_table_says_that_a_no_is_a_decision_too() -> None:
    """The observable `decided` counts decisions that say yes, so the column must not be read so."""
    assert '<th class="n">Afgjort (ja eller nej)</th>' in report("da")
    assert '<th class="n">Decided (yes or no)</th>' in report("en")


def test_colours_are_the_ones_that_can_be_seen() -> None:
    drawn = set(re.findall(r"#[0-9a-fA-F]{6}\b", report("en")))
    accents = {"#0072b2", "#d55e00", "#009e73", "#cc79a7"}
    greys = {colour for colour in drawn if len({colour[1:3], colour[3:5], colour[5:7]}) == 1}
    assert {colour.lower() for colour in drawn - greys} - accents <= {"#0055a0"}  # links


def test_names_are_escaped() -> None:
    result = comparison(0.0, 1.0)
    risky = result.models[0].__class__(**{**vars(result.models[0]), "name_en": "<b>&\"'</b>"})
    changed = result.__class__(**{**vars(result), "models": (risky, result.models[1])})
    assert "<b>&" not in render(changed, origin(), "en")


@pytest.mark.parametrize("count", [1, 5])
def test_any_number_of_models_can_be_reported(count: int) -> None:
    text = render(comparison(*(float(place) for place in range(count))), origin(), "en")
    assert Page(text).open == []


def test_long_names_of_joined_models_leave_room_for_the_bars() -> None:
    """The first path in a panel is its ground: from corner to corner across."""
    result = comparison(0.0, 5.0)
    name = "Central professionel projektorganisation, projektsekretariat og områdesekretariat i to"
    models = tuple(replace(model, name_da=name) for model in result.models)
    svg = price(replace(result, models=models), Words("da")).svg
    left, right = re.findall(r"[ML] ([\d.]+) [\d.]+", svg[svg.index("axes_1") :])[:2]
    assert float(right) - float(left) > 0.6 * float(svg.split('viewBox="0 0 ')[1].split()[0])


def test_a_figure_is_the_same_every_time() -> None:
    words = Words("da")
    assert waiting(comparison(0.0, 5.0), words) == waiting(comparison(0.0, 5.0), words)


def printed(count: int, width: int, language: str = "da") -> str:
    console = Console(width=width, file=StringIO())
    show(comparison(*(5.0 * place for place in range(count))), Words(language), console)
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


@pytest.mark.parametrize("width", [80, 100, 140])
@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_tables_fit_and_nothing_is_cut(width: int, count: int) -> None:
    text = printed(count, width)
    assert max(map(len, text.splitlines())) <= width
    assert "…" not in text
    joined = " ".join(text.split())
    for row in OBSERVABLES.values():
        if row.main:
            assert row.da.split()[0] in joined


def test_three_models_and_their_differences_stand_side_by_side_on_80_columns() -> None:
    heads = [line.split() for line in printed(3, 80).splitlines() if line.startswith(" Mål")]
    differences = ["A", "−", "B", "A", "−", "C", "B", "−", "C"]
    assert heads == [["Mål", "A", "B", "C"], ["Mål", *differences]]


def test_the_shipped_schema_is_the_exported_one() -> None:
    assert shipped_schema() == exported_schema()


def test_the_document_follows_the_schema_and_wrong_ones_do_not() -> None:
    gaps = outcome("a", 0.0)
    gaps.summary[:, SUMMARY.index("weeks_to_step_4")] = np.nan
    result = comparison(0, 0, outcomes=[gaps, outcome("bb", 1.0)])
    text = make_document(result, origin(), ["report.html"]).model_dump_json()
    data = json.loads(text, parse_constant=lambda name: pytest.fail(f"{name} is not JSON"))
    jsonschema.validate(data, shipped_schema())
    assert Document.model_validate_json(text).runs == 40
    for wrong in (data | {"extra": 1}, data | {"runs": 0}, data | {"schema_version": 2}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(wrong, shipped_schema())


def test_tables_on_disk_hold_every_run_and_every_digit(tmp_path: Path) -> None:
    result, outcomes = comparison(0.0, 1.0), [outcome("a", 0.0), outcome("bb", 1.0)]
    write_runs(runs_table(result.models, outcomes), tmp_path)
    parquet = pd.read_parquet(tmp_path / "runs.parquet")
    assert list(parquet.columns) == ["letter", "model", "seed", *SUMMARY]
    assert len(parquet) == 80
    rows = list(csv.DictReader((tmp_path / "runs.csv").read_text().splitlines()))
    assert [float(row["acceptance"]) for row in rows] == parquet["acceptance"].to_list()
    assert np.array_equal(parquet[list(SUMMARY)].to_numpy()[40:], outcomes[1].summary)


def on_other_areas() -> Comparison:
    """The second model has areas of its own."""
    result = comparison(0.0, 5.0)
    first, second = result.models
    return replace(result, models=(replace(first, world="a"), replace(second, world="b")))


@pytest.mark.parametrize(
    ("language", "shared", "other"),
    [
        ("da", "med samme frø møder alle modeller de samme sager", "møder ikke de samme sager"),
        ("en", "every model meets the same cases", "do not meet the same cases"),
    ],
)
def test_a_shared_world_is_stated_only_where_there_is_one(
    language: str, shared: str, other: str
) -> None:
    text = Page(report(language)).text
    apart = Page(render(on_other_areas(), origin(), language)).text

    assert shared in text
    assert other not in text
    assert shared not in apart
    assert other in apart


def test_the_folded_table_states_the_level_of_each_interval() -> None:
    result = comparison(0.0, 5.0, 0.1)
    text = Page(report("en")).text
    words = Words("en")

    for level in (result.level_all, result.level_main):
        assert text.count(f"{words.number(100.0 * level, 2)} %") >= 1
    assert "they have the same interval as there" in text
