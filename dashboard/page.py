"""The page: what is chosen, what is running, what is shown."""

import os
from dataclasses import replace
from typing import Any, NamedTuple

import solara
from solara.lab import use_task

from dashboard.choices import (
    JOINABLE,
    lever_groups,
    main_levers,
    model_choices,
    notice_text,
    part_choices,
    places_of_levers,
)
from dashboard.experiment import LABORATORY, WAITING, Result, StoppedError
from dashboard.figures import cannot, results
from dashboard.levers import AS_IN_MODEL, LeftOut, left_out, positions, usable
from dashboard.models import Parts, load, model_names, names_in, parts_of, with_levers
from dashboard.pace import Pace
from dashboard.parts import Controls, Element, Html, OrganisationPicture, Shell
from dashboard.sentences import Sentences, sentences
from dashboard.settings import LANGUAGE_VARIABLE, LARGEST_SEED, MOST_RUNS, Settings, from_query
from scenarios import ScenarioError
from scenarios.drawing import draw_svg

RESULTS = {"id": "tr-results", "tabindex": "-1"}


class Standing(NamedTuple):
    """How far a run is: runs done and in all, and the seconds left where they are known."""

    done: int = 0
    total: int = 0
    left: float | None = None


class Notice(NamedTuple):
    """What the last change left out, and how many changes there have been."""

    left_out: LeftOut = LeftOut()
    number: int = 0


@solara.component
def Layout(children: list[solara.Element]) -> None:  # noqa: N802
    """Nothing around the page: no bars, no menus."""
    Element("div", children=children, classes="tr-page")


@solara.component
def Page() -> None:  # noqa: N802
    """One visitor's page."""
    query = solara.use_router().search
    first = solara.use_memo(lambda: _first_settings(query), [])
    settings = solara.use_reactive(first)
    standing = solara.use_reactive(Standing())

    def run(chosen: Settings) -> Result | None:
        return _run(chosen, task, standing)

    task: Any = use_task(run, dependencies=None, raise_error=False)
    words = sentences(settings.value.language)

    def start() -> None:
        settings.set(replace(settings.value, shown=True))
        standing.set(Standing())
        task(settings.value.experiment)

    def start_if_shown() -> None:
        if first.shown:
            start()

    solara.use_effect(start_if_shown, [])
    last = solara.use_ref(None)
    if task.finished and task.value is not None:
        last.current = task.value
    _Head(settings, words)
    with Element("main", classes="tr-main"):
        _Controls(settings, task, standing.value, last.current, start, words)
        with Element("div", classes="tr-results", attributes=RESULTS):
            _Results(settings.value, last.current, words)
            _Organisation(settings.value.model, dict(settings.value.levers), words)
            if last.current is None:
                Html(cannot(words), classes="tr-box")


def _first_settings(query: str | None) -> Settings:
    language = os.environ.get(LANGUAGE_VARIABLE, "da")
    return usable(from_query(query, list(model_names()), language))


def _run(settings: Settings, task: Any, standing: solara.Reactive[Standing]) -> Result | None:
    """In a thread of its own: run and tell how far it is."""
    pace = Pace()

    def say(ready: int, total: int) -> None:
        standing.set(Standing(ready, total, pace.left(ready, total)))

    try:
        return LABORATORY.run(settings, say, task.is_current)
    except StoppedError:
        return None


def _Head(settings: solara.Reactive[Settings], words: Sentences) -> None:  # noqa: N802
    chosen = settings.value

    def switch_language(_: Any = None) -> None:
        other = "en" if chosen.language == "da" else "da"
        settings.set(replace(settings.value, language=other))

    Shell(
        texts=words.section("page"),
        language=chosen.language,
        query=chosen.query(),
        event_switch_language=switch_language,
    )


def _Controls(  # noqa: N802
    settings: solara.Reactive[Settings], task: Any, standing: Standing, last: Result | None,
    start: Any, words: Sentences,
) -> None:  # fmt: skip
    chosen = settings.value
    notice = solara.use_reactive(Notice())

    def change(**changes: Any) -> None:
        wanted = replace(settings.value, **changes)
        kept = usable(wanted)
        notice.set(Notice(left_out(wanted, kept), notice.value.number + 1))
        settings.set(kept)

    def choose_lever(moved: dict[str, Any]) -> None:
        key, place = moved["key"], int(moved["place"])
        position = positions(settings.value).get(key)
        if position is None or not AS_IN_MODEL <= place < len(position.values):
            return
        levers = {other: value for other, value in settings.value.levers.items() if other != key}
        if place != AS_IN_MODEL:
            levers[key] = position.values[place]
        change(levers=levers)

    def choose_part(taken: dict[str, str]) -> None:
        key, model = taken["key"], taken["model"]
        if key in JOINABLE and (not model or model in names_in(JOINABLE[key])):
            change(model=parts_of(settings.value.model)._replace(**{key: model}).model)

    def choose_base(model: str) -> None:
        if model in model_names():
            parts = parts_of(settings.value.model)
            change(model=Parts(model, parts.secretariat, parts.area).model)

    def whole(name: str, low: int, high: int) -> Any:
        def choose(text: str) -> None:
            if str(text).strip().isdecimal():
                change(**{name: min(max(int(text), low), high)})

        return choose

    base = parts_of(chosen.model).base
    helped = {"runs_help": words("controls.runs_help", most=MOST_RUNS)}
    Controls(
        texts={**words.section("controls"), **helped},
        families=model_choices(words.language),
        model=base,
        parts=part_choices(chosen, words),
        description=getattr(load(base).description, words.language),
        levers=main_levers(chosen, words),
        groups=lever_groups(chosen, words),
        places=places_of_levers(chosen),
        notice=notice_text(notice.value.left_out, words),
        answers=notice.value.number,
        runs=chosen.runs,
        most_runs=MOST_RUNS,
        seed=chosen.seed,
        largest_seed=LARGEST_SEED,
        shown=last is not None,
        running=task.pending,
        done=standing.done,
        total=standing.total,
        status=_status(chosen, task, standing, last, words),
        event_choose_model=choose_base,
        event_choose_part=choose_part,
        event_choose_lever=choose_lever,
        event_choose_runs=whole("runs", 1, MOST_RUNS),
        event_choose_seed=whole("seed", 0, LARGEST_SEED),
        event_run=lambda _=None: start(),
        event_stop=lambda _=None: task.cancel(),
        event_reset=lambda _=None: change(levers={}),
    )


def _status(
    settings: Settings, task: Any, standing: Standing, last: Result | None, words: Sentences
) -> str:
    """What is going on, in one sentence."""
    if task.pending:
        return _running(standing, words)
    if task.error:
        return words("status.failed", error=task.exception)
    if task.cancelled:
        return words("status.stopped")
    if last is None:
        return words("status.ready")
    same = last.settings == settings.experiment
    return words("status.done" if same else "status.changed")


def _running(standing: Standing, words: Sentences) -> str:
    if (standing.done, standing.total) == WAITING:
        return words("status.waiting")
    if not standing.total:
        return words("status.compiling")
    if standing.left is None:
        return words("status.running", done=standing.done, total=standing.total)
    left = words.span(standing.left)
    return words("status.running_left", done=standing.done, total=standing.total, left=left)


@solara.component
def _Results(settings: Settings, last: Result | None, words: Sentences) -> None:  # noqa: N802
    shown = solara.use_memo(lambda: results(last, words) if last else "", [last, words.language])
    if last is None:
        guess = f"<h2>{words('guess.heading')}</h2><p>{words('guess.text')}</p>"
        Html(guess, classes="tr-box tr-guess")
        return
    with Element("section", classes="tr-box", attributes={"aria-labelledby": "tr-heading"}):
        heading = f'<h2 id="tr-heading">{words("result.heading")}</h2>'
        if last.settings != settings.experiment:
            heading += f'<p class="tr-stale">{words("status.changed")}</p>'
        Html(heading)
        Html(shown)


@solara.component
def _Organisation(model: str, levers: dict[str, float], words: Sentences) -> None:  # noqa: N802
    def drawn() -> str:
        scenario = with_levers(Settings(model=model, levers=levers))
        try:
            return draw_svg(scenario, words.language)
        except ScenarioError as error:
            return words("organisation.failed", error=error)

    picture = solara.use_memo(drawn, [model, levers, words.language])
    OrganisationPicture(texts=words.section("organisation"), picture=picture)
