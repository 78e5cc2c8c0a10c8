"""What a file is, in one line, if it can be used at all."""

from scenarios.checking import check_block
from scenarios.composing import compose
from scenarios.levers import turned
from scenarios.loading import from_composed
from scenarios.schema import COLLECTIONS, Text
from scenarios.surveying import measured
from scenarios.wording import say


def verdict(name_or_path: str, lang: str) -> str:
    """Say what the file is. Raises ``ScenarioError`` with the first thing wrong in it."""
    composed = compose(name_or_path)
    if composed.is_block:
        check_block(composed.data, composed.places)
        collections = {key: value for key, value in composed.data.items() if key in COLLECTIONS}
        parts = ", ".join(f"{key}: {len(value)}" for key, value in collections.items())
        text = Text(
            da=f"{name_or_path}: en gyldig byggeklods ({parts})",
            en=f"{name_or_path}: a valid block ({parts})",
        )
        return say(text, lang)
    scenario = from_composed(composed)
    counts = len(scenario.actors), len(scenario.organisations), len(scenario.fora)
    pairs = measured(turned(scenario)).pairs()
    told = Text(da=f", målte par: {pairs}", en=f", measured pairs: {pairs}")
    more = told if pairs else Text(da="", en="")
    text = Text(
        da=f"{name_or_path}: et gyldigt scenarie, »{scenario.name.da}« (mennesker: {counts[0]}, "
        f"organisationer: {counts[1]}, organer: {counts[2]}, uger: {scenario.weeks}{more.da})",
        en=f"{name_or_path}: a valid scenario, “{scenario.name.en}” (people: {counts[0]}, "
        f"organisations: {counts[1]}, bodies: {counts[2]}, weeks: {scenario.weeks}{more.en})",
    )
    return say(text, lang)
