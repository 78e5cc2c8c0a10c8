"""The page: what is chosen, what is running, what is shown."""

import os
from dataclasses import replace
from typing import Any

import solara
from solara.lab import use_task

from dashboard.experiment import LABORATORY, WAITING, Result, StoppedError
from dashboard.figures import cannot, results
from dashboard.models import load, model_names, positions, usable, value_text, with_levers
from dashboard.parts import Controls, Element, Html, OrganisationPicture, Shell
from dashboard.sentences import Sentences, sentences
from dashboard.settings import LANGUAGE_VARIABLE, LARGEST_SEED, MOST_RUNS, Settings, from_query
from scenarios import LEVERS, ScenarioError
from scenarios.drawing import draw_svg

RESULTS = {"id": "tr-results", "tabindex": "-1"}


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
    done = solara.use_reactive((0, 0))

    def run(chosen: Settings) -> Result | None:
        return _run(chosen, task, done)

    task: Any = use_task(run, dependencies=None, raise_error=False)
    words = sentences(settings.value.language)

    def start() -> None:
        settings.set(replace(settings.value, shown=True))
        done.set((0, 0))
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
        _Controls(settings, task, done.value, last.current, start, words)
        with Element("div", classes="tr-results", attributes=RESULTS):
            _Results(settings.value, last.current, words)
            _Organisation(settings.value.model, dict(settings.value.levers), words)
            if last.current is None:
                Html(cannot(words), classes="tr-box")


def _first_settings(query: str | None) -> Settings:
    language = os.environ.get(LANGUAGE_VARIABLE, "da")
    return usable(from_query(query, list(model_names()), language))


def _run(settings: Settings, task: Any, done: solara.Reactive[tuple[int, int]]) -> Result | None:
    """In a thread of its own: run and tell how far it is."""

    def say(ready: int, total: int) -> None:
        done.set((ready, total))

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
    settings: solara.Reactive[Settings], task: Any, done: tuple[int, int], last: Result | None,
    start: Any, words: Sentences,
) -> None:  # fmt: skip
    chosen = settings.value

    def change(**changes: Any) -> None:
        settings.set(usable(replace(settings.value, **changes)))

    def choose_lever(moved: dict[str, Any]) -> None:
        values = {place.key: place.values for place in positions(settings.value.model)}
        key, index = moved["key"], int(moved["place"])
        if 0 <= index < len(values.get(key, ())):
            change(levers={**settings.value.levers, key: values[key][index]})

    def whole(name: str, low: int, high: int) -> Any:
        def choose(text: str) -> None:
            if str(text).strip().isdecimal():
                change(**{name: min(max(int(text), low), high)})

        return choose

    helped = {"runs_help": words("controls.runs_help", most=MOST_RUNS)}
    Controls(
        texts={**words.section("controls"), **helped},
        models=_model_choices(words.language),
        model=chosen.model,
        description=getattr(load(chosen.model).description, words.language),
        levers=_lever_choices(chosen, words),
        runs=chosen.runs,
        most_runs=MOST_RUNS,
        seed=chosen.seed,
        largest_seed=LARGEST_SEED,
        shown=last is not None,
        running=task.pending,
        done=done[0],
        total=done[1],
        status=_status(chosen, task, done, last, words),
        event_choose_model=lambda key: change(model=key) if key in model_names() else None,
        event_choose_lever=choose_lever,
        event_choose_runs=whole("runs", 1, MOST_RUNS),
        event_choose_seed=whole("seed", 0, LARGEST_SEED),
        event_run=lambda _=None: start(),
        event_stop=lambda _=None: task.cancel(),
        event_reset=lambda _=None: change(levers={}),
    )


def _model_choices(language: str) -> list[dict[str, str]]:
    choices = [{"key": key, "name": getattr(load(key).name, language)} for key in model_names()]
    return sorted(choices, key=lambda choice: choice["name"].casefold())


def _lever_choices(settings: Settings, words: Sentences) -> list[dict[str, Any]]:
    choices = []
    for position in positions(settings.model):
        lever = LEVERS[position.key]
        said = [value_text(words, position.key, each) for each in position.values]
        value = settings.levers.get(position.key)
        place = position.own if value is None else position.values.index(value)
        choices.append(
            {
                "key": position.key,
                "name": getattr(lever.name, words.language),
                "effect": getattr(lever.effect, words.language),
                "texts": said,
                "place": place,
                "own": position.own,
                "own_text": words("controls.model_has", value=said[position.own]) if said else "",
            }
        )
    return choices


def _status(
    settings: Settings, task: Any, done: tuple[int, int], last: Result | None, words: Sentences
) -> str:
    """What is going on, in one sentence."""
    if task.pending:
        if done == WAITING:
            return words("status.waiting")
        return (
            words("status.running", done=done[0], total=done[1])
            if done[1]
            else words("status.compiling")
        )
    if task.error:
        return words("status.failed", error=task.exception)
    if task.cancelled:
        return words("status.stopped")
    if last is None:
        return words("status.ready")
    same = last.settings == settings.experiment
    return words("status.done" if same else "status.changed")


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
