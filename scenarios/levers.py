"""Everything that can be turned on any scenario, in one catalogue.

A lever changes the scenario before it is built; the model never sees a lever. To add one, write
how it changes a scenario in ``turning.py`` and describe it here. Levers are turned in the order of
the catalogue: what adds bodies to a route comes after what decides who may decide.
"""

from collections.abc import Callable
from typing import Final, NamedTuple

from scenarios.errors import Place, Places, explain, unknown
from scenarios.schema import Scenario, Text
from scenarios.turning import LeverError, lengthen_chain, set_first_trust, set_near_mandate


class Lever(NamedTuple):
    """What is to be known about one lever. ``default`` None: as the scenario itself says."""

    key: str
    name: Text
    unit: str
    low: float
    high: float
    whole: bool
    default: float | None
    source: str
    effect: Text
    turn: Callable[[Scenario, float], Scenario]


_CATALOGUE: Final = (
    Lever(
        key="mandate",
        name=Text(da="Mandat tæt på arbejdet", en="Mandate near the work"),
        unit="largest size decided: 0 none (it may only advise), 1 small, 2 medium, 3 large",
        low=0,
        high=3,
        whole=True,
        default=None,
        source="SFI13 for the direction; the levels are an assumption",
        effect=Text(
            da="Bestemmer, hvor store sager organet tættest på arbejdet selv må afgøre; prisen er, "
            "at færre ledere er med og opdager, hvad der sker.",
            en="Sets how large a matter the body nearest the work may decide; the price is that "
            "fewer leaders take part and see what goes on.",
        ),
        turn=set_near_mandate,
    ),
    Lever(
        key="initial_trust",
        name=Text(da="Tillid fra start", en="Trust at the start"),
        unit="trust, 0 to 1",
        low=0.05,
        high=0.95,
        whole=False,
        default=None,
        source="assumption",
        effect=Text(
            da="Sætter den tillid, mennesker fra forskellige organisationer i gennemsnit møder "
            "hinanden med; er den høj, er der mere at miste, når løfter brydes.",
            en="Sets the mean trust with which people from different organisations first meet; "
            "where it is high, broken promises have more to destroy.",
        ),
        turn=set_first_trust,
    ),
    Lever(
        key="chain_length",
        name=Text(da="Ekstra led i beslutningskæden", en="Extra bodies in the decision chain"),
        unit="bodies",
        low=0,
        high=4,
        whole=True,
        default=0,
        source="SFI12 case 3 for long chains; the bodies are an assumption",
        effect=Text(
            da="Sætter organer af stabsfolk ind lige før det organ, der afgør mellemstore og store "
            "sager; prisen er ventetid og mødetimer, og hvert led kan sige nej.",
            en="Puts bodies of staff officers right before the one that decides medium and large "
            "matters; the price is waiting and meeting hours, and each body can say no.",
        ),
        turn=lengthen_chain,
    ),
)
LEVERS: Final = {lever.key: lever for lever in _CATALOGUE}


def check_levers(scenario: Scenario, places: Places) -> None:
    """Raises ``ScenarioError`` for an unknown lever or a value out of its range."""
    for key, value in scenario.levers.items():
        place = places.at("levers", key)
        if key not in LEVERS:
            raise unknown("lever", key, LEVERS, place=place, field="levers")
        lever = LEVERS[key]
        if value is None:
            continue
        if not lever.low <= value <= lever.high or (lever.whole and value != int(value)):
            raise _out_of_range(lever, value, place)


def _out_of_range(lever: Lever, value: float, place: Place) -> Exception:
    kind = "a whole number" if lever.whole else "a number"
    return explain(
        f"{value:g} is not allowed",
        place=place,
        field=f"levers.{lever.key}",
        allowed=f"{kind} from {lever.low:g} to {lever.high:g} ({lever.unit})",
    )


def turned(scenario: Scenario, places: Places | None = None) -> Scenario:
    """The scenario with its levers turned, in the order of the catalogue, and none left.

    Raises ``ScenarioError`` for a lever that this scenario gives nothing to turn.
    """
    places = places or Places(f"scenario “{scenario.key}”", {})
    changed = scenario.model_copy(update={"levers": {}})
    for key, lever in LEVERS.items():
        value = scenario.levers.get(key, lever.default)
        if value is None:
            continue
        try:
            changed = lever.turn(changed, value)
        except LeverError as reason:
            place = places.at("levers", key)
            raise explain(
                reason.problem, place=place, field=f"levers.{key}", allowed=reason.allowed
            ) from reason
    return changed
