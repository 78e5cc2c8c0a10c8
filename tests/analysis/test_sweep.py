"""From the runs of a small experiment to findings, a report and tables."""

import re
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis import sweep_answers
from analysis.language import Words
from analysis.sweep import Sweep, make_sweep
from analysis.sweep_answers import answers
from analysis.sweep_findings import Findings, find
from analysis.sweep_report import render
from analysis.sweep_setup import Origin
from analysis.sweep_tables import tables, write_tables
from analysis.sweep_warnings import few_points, sweep_warnings
from experiments.experiment import Experiment, load_experiment
from simulation.observables import SUMMARY
from tests.experiments.sweeps import run_here, write

TEXT = """
title: {da: Tillid og møder, en: Trust & meetings}
question:
  da: Hjælper tillid?
  en: Does trust help?
  difference: [tillid, laerebog]
  observable: share_joint
models: [laerebog, tillid.yaml, travl.yaml]
weeks: 40
replications: 4
observables: {share_joint: {smallest_effect: 0.01}, trust_between: {}, hours_meeting: {}}
"""
FACTORS = """
levers: {levers.initial_trust: {}, fora.samarbejdsmoede.period_weeks: {values: [2, 4, 8]}}
uncertainties: {parameters.conflict_chance: {distribution: triangular, mode: 0.35}}
"""
DESIGNS = {
    "none": "",
    "list": FACTORS + "design: {kind: list, settings: [{levers.initial_trust: 0.2}, "
    "{levers.initial_trust: 0.8, parameters.conflict_chance: 0.5}]}",
    "full_factorial": FACTORS + "design: {kind: full_factorial}",
    "latin_hypercube": FACTORS + "design: {kind: latin_hypercube, points: 6}",
    "sobol": FACTORS + "design: {kind: sobol, points: 4}",
    "morris": FACTORS + "design: {kind: morris, points: 4}",
}
ORIGIN = Origin(
    file="forsøg.yaml",
    sha256="0123456789abcdef" * 4,
    registered="2026-01-02T03:04:05+00:00",
    first_result="2026-01-02T03:04:09+00:00",
    plans=1,
    code="fedc",
    versions={"python": "3.11", "numpy": "2.4"},
    platform="Linux x86_64 glibc 2.36",
    folder="build/sweep/forsøg",
    created="2026-01-02T04:00:00+00:00",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sweep")
    write(folder, "{extends: [laerebog], key: tillid, name: {da: Mere tillid, en: More trust}, "
          "parameters: {trust_gain: 0.3}}", "tillid.yaml")  # fmt: skip
    write(folder, "{extends: [laerebog], key: travl, name: {da: Travl, en: Busy}, "
          "areas: {lilleby: {case_rate: 8.0}}}", "travl.yaml")  # fmt: skip
    return folder


@pytest.fixture(scope="module")
def ran(folder: Path) -> dict[str, tuple[Experiment, pd.DataFrame]]:
    """Every design with its runs."""
    found = {}
    for name, design in DESIGNS.items():
        experiment = load_experiment(write(folder, TEXT + design, f"{name}.yaml"))
        found[name] = experiment, run_here(experiment.plan())
    return found


def findings_of(ran: dict[str, tuple[Experiment, pd.DataFrame]], name: str) -> Findings:
    return find(make_sweep(*ran[name]))


class Page(HTMLParser):
    """Ids, links and addresses of a page, and that every element is closed."""

    VOID = frozenset({"meta", "br", "link", "img", "input"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.VOID:
            self.open.append(tag)
        given = dict(attrs)
        self.ids += [given["id"]] if given.get("id") else []
        self.links += [given["href"]] if tag == "a" and given.get("href") else []
        self.loaded += [given[name] for name in ("src", "href") if tag != "a" and given.get(name)]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in self.VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("name", DESIGNS)
def test_a_report_is_whole_and_asks_for_nothing(ran, name: str, language: str) -> None:
    page = Page(render(findings_of(ran, name), ORIGIN, language))
    assert page.open == []
    assert len(set(page.ids)) == len(page.ids)
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)
    assert all(address.startswith("#") for address in page.loaded)
    assert {"answer", "cannot", "design", "failures", "how"} <= set(page.ids)
    assert ("robust" in page.ids) == (name != "none")
    assert ("sobol" in page.ids) == (name == "sobol")
    assert ("morris" in page.ids) == (name == "morris")


def test_a_report_states_question_design_intervals_limits_and_origin(ran) -> None:
    findings = findings_of(ran, "latin_hypercube")
    text = Page(render(findings, ORIGIN, "en")).text
    for said in (
        "Trust & meetings",
        "Does trust help?",
        "What this cannot tell you",
        "Latin hypercube: 6 points",
        "4, the same seeds for all models and points",
        "put on record on 2 January 2026, 03:04:05 UTC, before the first result",
        ORIGIN.sha256,
        "triangular, most often 0.35",
        "None of 72 runs failed",
        "trappe sweep forsøg.yaml --out build/sweep/forsøg",
        "Only 4 runs",
    ):
        assert said in text, said
    found = findings.differences["B", "A", "share_joint"]
    assert found.low is not None
    assert found.high is not None
    shown = f"{100 * found.low:+.1f} … {100 * found.high:+.1f}".replace("-", "−").replace(
        "+0.0", "0.0"
    )
    assert shown in text


def test_columns_and_panels_say_which_model_a_letter_is(ran) -> None:
    text = Page(render(findings_of(ran, "latin_hypercube"), ORIGIN, "da")).text
    named = "A: Lærebogseksemplet; B: Mere tillid; C: Travl"
    assert f"Gennemsnit ± halvdelen af 95 %-intervallet for {named}" in text
    assert text.count(f"{named}.") == 2  # below the differences, and below those by point


def test_a_few_seeds_are_not_said_to_be_enough(ran) -> None:
    assert "cannot be said before 30 seeds; there are 4" in Page(report_of(ran, "en")).text
    assert "kan ikke siges før 30 frø; der er 4" in Page(report_of(ran, "da")).text
    assert tables(findings_of(ran, "latin_hypercube"), "en")["best"]["seeds_needed"].isna().all()


def test_effects_in_several_models_are_told_model_by_model_not_as_an_interval(
    ran, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweep_answers, "_beyond", lambda effect, smallest: True)
    findings, words = findings_of(ran, "latin_hypercube"), Words("en")
    row = findings.headline
    told = next(one for one in answers(findings, words) if "surely moves" in one)
    named = [
        ", ".join(
            f"{model.letter} {words.value(row, effects[place].mean, sign=True)}"
            for model in findings.models
            for effects in [findings.responses[model.letter, row.name].effects]
        )
        for place in range(len(findings.sweep.experiment.factors))
    ]
    assert all(f"({one} percentage points)" in told for one in named)
    assert "…" not in told


def report_of(ran, language: str) -> str:
    return render(findings_of(ran, "latin_hypercube"), ORIGIN, language)


def test_a_plan_that_came_after_results_is_not_called_a_plan(ran) -> None:
    late = Origin(**{**vars(ORIGIN), "registered": "2026-01-03T00:00:00+00:00", "plans": 3})
    text = Page(render(findings_of(ran, "none"), late, "en")).text
    assert "It cannot be shown that the plan came before the results" in text
    assert "put on record 3 times" in text
    assert "decided beforehand" not in text


def test_every_run_stands_in_its_place(ran) -> None:
    experiment, results = ran["full_factorial"]
    shuffled = results.sample(frac=1.0, random_state=1)
    cube = make_sweep(experiment, shuffled).cube("trust_between")
    assert cube.shape == (3, 12, 4)
    for (condition, seed), value in results.set_index(["condition", "seed"])[
        "trust_between"
    ].items():
        key, point = condition.split("@")
        model = ["laerebog", "tillid", "travl"].index(key)
        assert cube[model, int(point), seed - 1] == value


def test_findings_do_not_hang_on_the_order_of_the_runs(ran) -> None:
    experiment, results = ran["latin_hypercube"]
    shuffled = results.sample(frac=1.0, random_state=2)
    one, other = (find(make_sweep(experiment, table)) for table in (results, shuffled))
    assert one.differences == other.differences
    assert one.best == other.best
    assert one.shares == other.shares


def test_failed_and_missing_runs_are_left_out_pair_by_pair_and_told(ran) -> None:
    experiment, results = ran["latin_hypercube"]
    broken = results.drop(index=results.index[-1]).assign(reason="")
    lost = broken.index[0]
    broken.loc[lost, "status"] = "failed"
    broken.loc[lost, "reason"] = "division <by> zero"
    broken.loc[lost, list(SUMMARY)] = np.nan
    findings = find(make_sweep(experiment, broken))
    whole = findings_of(ran, "latin_hypercube")
    first = broken.loc[lost, "condition"].split("@")[0]
    letter = {model.key: model.letter for model in findings.models}[first]
    assert findings.means[letter, "hours_meeting"].missing == 1
    pair = ("B", "A", "hours_meeting")
    assert findings.differences[pair].runs == whole.differences[pair].runs - 1
    page = render(findings, ORIGIN, "en")
    assert "1 of 72 runs failed" in page
    assert "division &lt;by&gt; zero" in page
    assert "1 of 72 runs are missing" in page


def test_results_that_do_not_belong_are_refused(ran) -> None:
    experiment, results = ran["none"]
    for table, said in (
        (results.assign(status="failed"), "no run has finished"),
        (results.assign(condition="andet"), "a condition “andet”"),
        (pd.concat([results, results]), "the same condition and seed twice"),
    ):
        with pytest.raises(ValueError, match=said):
            make_sweep(experiment, table)


def test_a_design_that_is_drawn_otherwise_today_is_noticed(ran) -> None:
    experiment, results = ran["latin_hypercube"]
    path = "parameters.conflict_chance"
    other = results.assign(**{path: results[path].astype(float) + 0.001})
    with pytest.raises(ValueError, match=r"was run with parameters\.conflict_chance="):
        make_sweep(experiment, other)
    with pytest.raises(ValueError, match=r"with levers\.initial_trust=nothing"):
        make_sweep(experiment, results.drop(columns="levers.initial_trust"))


def test_the_same_models_are_practically_equal(folder: Path) -> None:
    write(folder, "{extends: [laerebog], key: kopi}", "kopi.yaml")
    text = TEXT.replace("tillid.yaml, travl.yaml", "kopi.yaml").replace("[tillid,", "[kopi,")
    experiment = load_experiment(write(folder, text, "ens.yaml"))
    findings = find(make_sweep(experiment, run_here(experiment.plan())))
    assert {found.verdict for found in findings.differences.values()} == {"equal"}
    assert all(one.may_be_best for one in findings.best["share_joint"].with_best)
    assert "practically equal on “share solved together”" in render(findings, ORIGIN, "en")


def test_shares_of_points_add_up(ran) -> None:
    findings = findings_of(ran, "latin_hypercube")
    for (first, second, name), share in findings.shares.items():
        other = findings.shares[second, first, name]
        assert share.points == 6
        assert share.share + other.share <= 1.0
        assert share.surely <= share.share <= share.possibly


def test_tables_hold_the_findings_in_every_format(ran, tmp_path: Path) -> None:
    findings = findings_of(ran, "sobol")
    found = tables(findings, "da")
    names = write_tables(found, tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == set(names)
    assert {"means", "differences", "best", "robustness", "regret", "sobol", "design"} <= set(found)
    read = pd.read_csv(tmp_path / "differences.csv")
    row = read[(read["first"] == "tillid") & (read["second"] == "laerebog")].set_index("observable")
    expected = findings.differences["B", "A", "share_joint"]
    assert row.loc["share_joint", "low"] == pytest.approx(expected.low, rel=1e-14)
    assert row.loc["share_joint", "smallest_effect"] == 0.01
    assert set(read["unit"]) == {"andel", "0–1", "timer"}
    assert set(read["verdict"]) <= set(Words("da").section("verdict").values())
    workbook = pd.read_excel(tmp_path / "tables.xlsx", sheet_name=None)
    assert workbook.keys() == found.keys()
    assert workbook["differences"]["low"].to_numpy() == pytest.approx(read["low"].to_numpy())
    page = (tmp_path / "tables.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (\w+)$", page, flags=re.MULTILINE) == list(found)
    assert len(found["main_effects"]) == (3 * 3 + 1) * 3  # outcomes and the difference, by factor
    for kind in ("main_effects", "sobol"):
        assert found[kind]["name"][0] == "Tillid fra start"


def test_an_index_that_cannot_be_computed_is_told(folder: Path) -> None:
    text = TEXT.replace("weeks: 40", "weeks: 2") + DESIGNS["morris"]
    experiment = load_experiment(write(folder, text, "kort.yaml"))
    page = Page(render(find(make_sweep(experiment, run_here(experiment.plan()))), ORIGIN, "en"))
    assert "Sensitivity indices of “share solved together” cannot be computed" in page.text
    assert "morris" not in page.ids


@pytest.mark.parametrize(
    ("design", "said"),
    [
        ("list", "Too few points: 2 points for 3 levers and uncertainties"),
        ("full_factorial", ""),  # 12 points that were chosen: nothing stands for other points
        ("{kind: latin_hypercube, points: 4}", "at least 5 points"),
        ("{kind: latin_hypercube, points: 5}", "Few points: 5 points for 3"),
        ("{kind: latin_hypercube, points: 8}", "better use 30 points or more"),
        ("{kind: latin_hypercube, points: 9}", ""),
        ("{kind: morris, points: 3}", "Too few trajectories: 3 trajectories"),
        ("morris", ""),
        ("sobol", "Too few points: 4 base points"),
        ("{kind: sobol, points: 64}", ""),
        ("none", ""),
    ],
)
def test_too_few_points_are_told_before_and_after(folder: Path, design: str, said: str) -> None:
    text = TEXT + DESIGNS.get(design, FACTORS + f"design: {design}")
    told = few_points(load_experiment(write(folder, text, "faa.yaml")), Words("en"))
    assert len(told) == bool(said)
    assert said in " ".join(told)


def test_a_report_warns_of_too_few_points_first(ran) -> None:
    findings = findings_of(ran, "list")
    assert not any(one.effects for one in findings.responses.values())
    for language in ("da", "en"):
        (told,) = few_points(findings.sweep.experiment, Words(language))
        assert sweep_warnings(findings, Words(language))[0] == told
        assert told in Page(render(findings, ORIGIN, language)).text


def test_an_experiment_without_results_yet_says_so(ran) -> None:
    experiment, results = ran["none"]
    with pytest.raises(ValueError, match="nothing to analyse"):
        make_sweep(experiment, results.iloc[:0])


def test_a_sweep_knows_how_many_runs_there_should_be(ran) -> None:
    sweep: Sweep = make_sweep(*ran["morris"])
    assert sweep.points == 4 * (3 + 1)
    assert sweep.expected == len(sweep.runs) == 3 * 16 * 4
    experiment, results = ran["none"]
    begun = make_sweep(experiment, results[results["seed"] <= 2])
    assert begun.expected == 3 * 4
    assert "6 of 12 runs are missing" in render(find(begun), ORIGIN, "en")
