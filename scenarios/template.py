"""CSV files to fill in with a survey's answers, with the model's own values to start from."""

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Final

from scenarios.levers import turned
from scenarios.relations import relations_of
from scenarios.schema import Scenario
from scenarios.surveying import FILES, FOR_PEOPLE, FROM, TO, TRUST, measured
from scenarios.wording import say
from simulation.ablation import parameters_without
from simulation.parameters import Parameters

BYTE_ORDER_MARK: Final = "\ufeff"  # so that Excel reads æ, ø and å
NAMES: Final = FOR_PEOPLE[:2]


def template(scenario: Scenario, what: str, lang: str) -> str:
    """The text of a CSV file with every pair: of organisations for ``trust``, of people for
    ``acquaintance``.

    An empty cell is one for which the model draws anew in each run whether two people know each
    other. In Danish it is as a Danish Excel reads it: semicolons and decimal commas.
    Raises ``ValueError`` for anything else than one of ``scenarios.surveying.FILES``.
    """
    if what not in FILES:
        raise ValueError(f"there is no template of {what!r}")
    final = turned(scenario)
    rows = _organisations(final, lang) if what == TRUST else _people(final, lang)
    return _csv((FROM, TO, what, *NAMES), rows, lang)


def _organisations(scenario: Scenario, lang: str) -> Iterator[tuple[str, ...]]:
    own, told = relations_of(scenario), measured(scenario).organisation_trust
    names = {key: say(one.name, lang) for key, one in scenario.organisations.items()}
    for pair, values in own.items():
        trust = told.get(pair, values["trust"])
        yield (*pair, _number(trust, lang), *(names[one] for one in pair))


def _people(scenario: Scenario, lang: str) -> Iterator[tuple[str, ...]]:
    told = measured(scenario).acquaintance
    values = parameters_without(Parameters(**scenario.parameters), scenario.switched_off())
    names = {key: say(one.name, lang) for key, one in scenario.actors.items()}
    for pair in combinations(scenario.actors, 2):
        one, other = (scenario.actors[key].organisation for key in pair)
        own = values.acquaintance_colleagues if one == other else None
        level = told.get(pair, own)
        shown = "" if level is None else _number(level, lang)
        yield (*pair, shown, *(names[key] for key in pair))


def _number(value: float, lang: str) -> str:
    return repr(float(value)).replace(".", "," if lang == "da" else ".")


def _csv(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]], lang: str) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";" if lang == "da" else ",", lineterminator="\n")
    writer.writerow(heads)
    writer.writerows(rows)
    return (BYTE_ORDER_MARK if lang == "da" else "") + text.getvalue()
