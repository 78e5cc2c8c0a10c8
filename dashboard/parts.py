"""The parts the page is built of: plain HTML elements, and two components of our own."""

from collections.abc import Callable
from typing import Any

import solara
from reacton import ipyvuetify


def Element(  # noqa: N802
    tag: str, children: list[Any] | None = None, classes: str = "",
    attributes: dict[str, str] | None = None,
) -> Any:  # fmt: skip
    """An HTML element that others are put into."""
    return ipyvuetify.Html(
        tag=tag, children=children or [], class_=classes, attributes=attributes or {}
    )


def Html(content: str, classes: str = "") -> Any:  # noqa: N802
    """A piece of ready HTML."""
    return solara.HTML(tag="div", unsafe_innerHTML=content, classes=[classes] if classes else [])


@solara.component_vue("components/shell.vue")
def Shell(  # noqa: N802
    texts: dict[str, str],
    language: str,
    query: str,
    event_switch_language: Callable[[Any], None],
) -> None:
    """The head of the page; keeps address, title and language of the document right."""


@solara.component_vue("components/controls.vue")
def Controls(  # noqa: N802
    texts: dict[str, str],
    families: list[dict[str, Any]],
    model: str,
    parts: list[dict[str, Any]],
    description: str,
    levers: list[dict[str, Any]],
    groups: list[dict[str, Any]],
    places: dict[str, int],
    notice: str,
    answers: int,
    runs: int,
    most_runs: int,
    seed: int,
    largest_seed: int,
    shown: bool,
    running: bool,
    done: int,
    total: int,
    status: str,
    event_choose_model: Callable[[str], None],
    event_choose_part: Callable[[dict[str, str]], None],
    event_choose_lever: Callable[[dict[str, Any]], None],
    event_choose_runs: Callable[[str], None],
    event_choose_seed: Callable[[str], None],
    event_run: Callable[[Any], None],
    event_stop: Callable[[Any], None],
    event_reset: Callable[[Any], None],
) -> None:
    """Everything one can choose and press."""


@solara.component_vue("components/organisation.vue")
def OrganisationPicture(texts: dict[str, str], picture: str) -> None:  # noqa: N802
    """The organisation, and the same over the whole screen."""
