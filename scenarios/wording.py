"""Words for what a scenario holds, in Danish and English, for drawings and lists."""

from typing import Final

from scenarios.schema import Forum, Scenario, Text
from simulation.vocabulary import SIZES

LANGUAGES: Final = ("da", "en")


def _text(da: str, en: str) -> Text:
    return Text(da=da, en=en)


LEVEL_WORDS: Final = {
    "political": _text("Politisk", "Political"),
    "strategic": _text("Strategisk", "Strategic"),
    "tactical": _text("Taktisk", "Tactical"),
    "executing": _text("Udførende", "Executing"),
}
CAMP_WORDS: Final = {
    "kommune": _text("Kommunen", "The kommune"),
    "boligorganisation": _text("Boligorganisationer", "Housing organisations"),
    "helhedsplan": _text("Helhedsplanen", "The helhedsplan"),
    "residents": _text("Beboerne", "Residents"),
    "local_partners": _text("Lokale partnere", "Local partners"),
}
RIGHT_WORDS: Final = {
    "informed": _text("orienteres", "is informed"),
    "advise": _text("rådgiver", "advises"),
    "consent": _text(
        "kan godkende eller afvise, men afgør ikke", "may approve or refuse, but not settle"
    ),
    "decide": _text("afgør", "decides"),
}
SIZE_WORDS: Final = {
    "small": _text("lille sag", "small matter"),
    "medium": _text("mellemstor sag", "medium matter"),
    "large": _text("stor sag", "large matter"),
}
UP_TO_WORDS: Final = {
    "none": _text("kun det, der ikke kræver beslutning", "only what needs no decision"),
    "small": _text("små sager", "small matters"),
    "medium": _text("op til mellemstore sager", "up to medium matters"),
    "large": _text("alle sager", "all matters"),
}
FORMAT_WORDS: Final = {
    "conventional": _text("dagsorden", "agenda"),
    "dialogic": _text("dialog", "dialogue"),
    "informal": _text("uformelt", "informal"),
}
FAMILY_WORDS: Final = {
    "project_organisations": _text(
        "Projektorganisationer: hvem bestemmer", "Project organisations: who decides"
    ),
    "secretariats": _text(
        "Projektsekretariater: hvem gør arbejdet", "Project secretariats: who does the work"
    ),
    "area_secretariats": _text(
        "Områdesekretariater: hvem binder områderne sammen",
        "Area secretariats: who ties areas together",
    ),
    "municipalities": _text("Kommunale eksempler", "Municipal examples"),
    "scenarios": _text("Andre scenarier", "Other scenarios"),
}


def say(text: Text, lang: str) -> str:
    """The text in one language; raises ``ValueError`` for a language other than da and en."""
    if lang not in LANGUAGES:
        raise ValueError(f"“{lang}” is not a language here; allowed: {', '.join(LANGUAGES)}")
    return text.da if lang == "da" else text.en


def rhythm(weeks: int, lang: str) -> str:
    """How often a body meets, in words."""
    if weeks == 1:
        return say(_text("hver uge", "every week"), lang)
    if weeks == 2:
        return say(_text("hver anden uge", "every other week"), lang)
    if weeks == 52:
        return say(_text("en gang om året", "once a year"), lang)
    return say(_text(f"hver {weeks}. uge", f"every {weeks} weeks"), lang)


def competence(forum: Forum, lang: str) -> str:
    """What the body may do with a matter, in words."""
    if forum.right != "decide":
        return say(RIGHT_WORDS[forum.right], lang)
    return f"{say(RIGHT_WORDS['decide'], lang)} {say(UP_TO_WORDS[SIZES[int(forum.mandate)]], lang)}"


def number(value: float, lang: str) -> str:
    """A number with one decimal, with a comma in Danish."""
    shown = f"{value:.1f}"
    return shown.replace(".", ",") if lang == "da" else shown


def further_areas(scenario: Scenario, lang: str) -> str:
    """Where areas have bodies of their own: which is told of, and which have the same; or empty."""
    first, *others = (say(area.name, lang) for area in scenario.areas.values())
    if not others or all(forum.area is None for forum in scenario.fora.values()):
        return ""
    named = ", ".join(others)
    return say(
        _text(
            f"Vist er det fælles og {first}. Hvad der er lokalt, findes også, med egne folk, i: "
            f"{named}.",
            f"Shown: what is shared, and {first}. What is local exists again, with people of its "
            f"own, in: {named}.",
        ),
        lang,
    )
