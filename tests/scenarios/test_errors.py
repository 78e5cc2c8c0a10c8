"""What a user is told when a scenario cannot be used."""

import pickle
from pathlib import Path

import pytest

import scenarios
from scenarios import ScenarioError
from tests.scenarios.files import changed, line_of, write

TWO_ROUTES = """routes:
  andre: {from: ["*"], size: [large], via: [samarbejdsmoede], source: assumption}"""
TWO_RELATIONS = """  x: {between: [plan, forvaltning], trust: 0.2, source: assumption}
  y: {between: [forvaltning, plan], trust: 0.3, source: assumption}
  within:"""

# what is written instead of what; where the message points; what it must say
WRONG_ENTRIES = {
    "misspelt field": (
        "period_weeks: 4",
        "period_week: 4",
        "period_week: 4",
        [
            "fora.samarbejdsmoede.period_week",
            "no field “period_week”",
            "Did you mean “period_weeks”?",
        ],
    ),
    "number too low": (
        "period_weeks: 4",
        "period_weeks: 0",
        "period_weeks: 0",
        [
            "fora.samarbejdsmoede.period_weeks: 0 is not allowed",
            "a whole number from 1 to 208",
            "weeks",
        ],
    ),
    "fraction for a whole number": (
        "period_weeks: 4",
        "period_weeks: 4.5",
        "period_weeks: 4.5",
        ["4.5 is not allowed", "a whole number from 1 to 208"],
    ),
    "word for a number": (
        "hours: 2.0",
        "hours: true",
        "hours: true",
        ["true is not allowed", "a number above 0 to 16", "hours"],
    ),
    "number of an actor too high": (
        "organisation: forvaltning,",
        "organisation: forvaltning, hours: 99,",
        "hours: 99",
        ["actors.chef.hours: 99 is not allowed", "from 0 to 60", "hours a week"],
    ),
    "lent to an organisation that is not there": (
        "organisation: forvaltning,",
        "organisation: forvaltning, lent_to: plam,",
        "lent_to: plam",
        ["actors.chef.lent_to", "plam", "Did you mean “plan”?"],
    ),
    "unknown leader of someone lent": (
        "organisation: forvaltning,",
        "organisation: forvaltning, leader: hoem,",
        "leader: hoem",
        ["actors.chef.leader", "hoem", "Did you mean “home”?"],
    ),
    "framing beyond civil and public": (
        "urgency_weeks: 26.0",
        "framing: 2.0\n    urgency_weeks: 26.0",
        "framing: 2.0",
        ["areas.lilleby.framing: 2.0 is not allowed", "from -1 to 1"],
    ),
    "not a number": (
        "case_rate: 2.0",
        "case_rate: .nan",
        "case_rate",
        ["areas.lilleby.case_rate", "not allowed", "from 0 to 40"],
    ),
    "unknown theme": (
        "needs: {",
        "needs: {heath: 1, ",
        "heath",
        ["areas.lilleby.needs.heath", "Did you mean “health”?"],
    ),
    "only zero weights": (
        "size_share: {none: 0.5, small: 0.3, medium: 0.15, large: 0.05}",
        "size_share: {none: 0}",
        "size_share",
        ["areas.lilleby.size_share", "at least one weight must be above 0"],
    ),
    "missing field": (
        "control: 0.6,",
        "",
        "  forvaltning:",
        ["organisations.forvaltning.control: “control” is missing", "share"],
    ),
    "unreachable decision": (
        "mandate: 3",
        "mandate: 2",
        "via: [samarbejdsmoede]",
        [
            "unreachable decision",
            "size “large”",
            "“samarbejdsmoede”",
            "its mandate 2",
            "mandate 3 or more",
        ],
    ),
    "body that may only advise": (
        "right: decide",
        "right: advise",
        "via: [samarbejdsmoede]",
        ["unreachable decision", "its right is “advise”"],
    ),
    "size without a route": (
        "size: [small, medium, large]",
        "size: [small, medium]",
        "routes:",
        ["no route says where a matter of size “large”", "from “*”"],
    ),
    "route for what needs no decision": (
        "size: [small, medium, large]",
        "size: [none, small, medium, large]",
        "alle_sager",
        ["routes.alle_sager.size", "no choice “none”", "large, medium, small"],
    ),
    "two routes for the same": (
        "routes:",
        TWO_ROUTES,
        "alle_sager",
        ["also claimed by “routes.andre”"],
    ),
    "body without members": (
        "[chef, konsulent, direktoer, driftschef, projektleder, boligsocial_medarbejder_1]",
        "[]",
        "members: []",
        ["fora.samarbejdsmoede.members", "“samarbejdsmoede” has no members"],
    ),
    "member who is no actor": (
        "[chef, konsulent",
        "[chef, konsullent",
        "konsullent",
        ["there is no actor “konsullent”", "Did you mean “konsulent”?"],
    ),
    "actor in an unknown organisation": (
        "organisation: forvaltning,",
        "organisation: forvaltnig,",
        "forvaltnig,",
        ["actors.chef.organisation", "no organisation “forvaltnig”", "Did you mean “forvaltning”?"],
    ),
    "actor in no organisation": (
        "organisation: forvaltning,",
        "",
        "  chef:",
        ["actors.chef.organisation: “organisation” is missing"],
    ),
    "unknown role": (
        "role: consultant",
        "role: consultent",
        "consultent",
        ["actors.konsulent.role", "Did you mean “consultant”?"],
    ),
    "route through an unknown forum": (
        "via: [samarbejdsmoede]",
        "via: [samarbejdmoede]",
        "via:",
        ["no forum “samarbejdmoede”", "Did you mean “samarbejdsmoede”?"],
    ),
    "route from nowhere": (
        'from: ["*"]',
        "from: [komune]",
        "from: [komune]",
        ["no organisation or camp “komune”", "Did you mean “kommune”?"],
    ),
    "phase outside the rhythm": (
        "period_weeks: 4",
        "period_weeks: 4\n    phase_week: 4",
        "phase_week: 4",
        ["fora.samarbejdsmoede.phase_week: 4 is not allowed", "0 to 3"],
    ),
    "unknown nearest body": (
        "near_body: samarbejdsmoede",
        "near_body: moede",
        "near_body",
        ["near_body", "no forum “moede”"],
    ),
    "unknown source": (
        "source: assumption}\n  konsulent",
        "source: SFI11 ch. 2}\n  konsulent",
        "SFI11",
        ["actors.chef.source", "“SFI11” is not a known source", "Did you mean “SFI13”?"],
    ),
    "source without a place": (
        "source: assumption}\n  konsulent",
        "source: SFI12}\n  konsulent",
        "SFI12",
        ["must give a place after SFI12"],
    ),
    "source of a field that does not exist": (
        "source: assumption\nroutes",
        "source: assumption\n    sources: {membres: assumption}\nroutes",
        "membres",
        ["sources.membres", "Did you mean “members”?"],
    ),
    "unknown lever": (
        "weeks: 52",
        "weeks: 52\nlevers: {chain_lenght: 2}",
        "chain_lenght",
        ["no lever “chain_lenght”", "Did you mean “chain_length”?"],
    ),
    "lever out of range": (
        "weeks: 52",
        "weeks: 52\nlevers: {chain_length: 7}",
        "chain_length",
        ["levers.chain_length: 7 is not allowed", "a whole number from 0 to 4"],
    ),
    "lever with nothing to turn": (
        "weeks: 52",
        "weeks: 52\nlevers: {chain_length: 2}",
        "chain_length",
        ["need 4 staff officers", "there are 2", "0 to 1 in this scenario"],
    ),
    "mandate lever that leaves no one to decide": (
        "weeks: 52",
        "weeks: 52\nlevers: {mandate: 1}",
        "mandate: 1",
        ["levers.mandate", "unreachable decision"],
    ),
    "unknown parameter": (
        "weeks: 52",
        "weeks: 52\nparameters: {trust_gane: 0.1}",
        "trust_gane",
        ["no parameter “trust_gane”", "Did you mean “trust_gain”?"],
    ),
    "parameter out of range": (
        "weeks: 52",
        "weeks: 52\nparameters: {trust_gain: 2}",
        "trust_gain",
        ["parameters.trust_gain: 2 is not allowed", "from 0 to 0.5"],
    ),
    "unknown field at the top": (
        "weeks: 52",
        "wekks: 52",
        "wekks",
        ["no field “wekks”", "Did you mean “weeks”?"],
    ),
    "unknown kind": ("weeks: 52", "kind: blok", "kind", ["no choice “blok”", "“block”"]),
    "unknown block": (
        "extends: [roller]",
        "extends: [rolle]",
        "extends",
        ["no block “rolle”", "Did you mean “roller”?"],
    ),
    "extends a number": ("extends: [roller]", "extends: 3", "extends", ["a list of names"]),
    "relation of one": (
        "  within:",
        "  x: {between: [plan], trust: 0.2, source: assumption}\n  within:",
        "  x:",
        ["relations.x.between", "must name two"],
    ),
    "two relations set the same": (
        "  within:",
        TWO_RELATIONS,
        "  y:",
        ["relations.y", "also set by “relations.x”"],
    ),
    "deletes what was not inherited": (
        "  stab_1:",
        "  stap_1: null\n  stab_1:",
        "stap_1",
        ["no inherited entry to delete called “stap_1”"],
    ),
    "organisation called like a camp": (
        "  plan:",
        "  helhedsplan:",
        "  helhedsplan:",
        ["organisations.helhedsplan", "“helhedsplan” is the name of a camp"],
    ),
    "decimal comma": (
        "hours: 2.0",
        "hours: 2,5",
        "hours: 2,5",
        ["“2,5” is not allowed", "a number above 0 to 16", "as in 0.5"],
    ),
    "decimal comma between others": (
        "control: 0.6,",
        "control: 0,6,",
        "control: 0,6",
        ["organisations.forvaltning.control: “0,6”", "a number from 0 to 1", "as in 0.5"],
    ),
    "decimal comma of a parameter": (
        "weeks: 52",
        "weeks: 52\nparameters: {trust_gain: 0,1}",
        "trust_gain",
        ["parameters.trust_gain: “0,1”", "a number from 0 to 0.5", "as in 0.5"],
    ),
    "decimal comma of a lever": (
        "weeks: 52",
        "weeks: 52\nlevers: {initial_trust: 0,5}",
        "initial_trust",
        ["levers.initial_trust: “0,5”", "a number from 0.05 to 0.95", "as in 0.5"],
    ),
    "nothing below a section": (
        "weeks: 52",
        "parameters:\nweeks: 52",
        "parameters:",
        ["parameters: it has no value and nothing below it", "further in", "leave it out"],
    ),
    "power of ten out of range": (
        "weeks: 52",
        "weeks: 1e+06",
        "weeks: 1e+06",
        ["weeks: 1000000 is not allowed", "a whole number from 1 to 2080"],
    ),
    "text in one language": (
        "name: {da: Lilleby, en: Lilleby}",
        "name: Lilleby",
        "name: Lilleby",
        ["areas.lilleby.name: “Lilleby” is not allowed", "{da: …, en: …}"],
    ),
    "id with a space": ("  chef:", "  den chef:", "den chef", ["“den chef” is not an id"]),
}


@pytest.mark.parametrize("name", WRONG_ENTRIES)
def test_message_names_file_line_field_and_what_is_allowed(name: str, tmp_path: Path) -> None:
    old, new, marked, expected = WRONG_ENTRIES[name]
    file = changed(tmp_path, old, new)
    with pytest.raises(ScenarioError) as caught:
        scenarios.load(file)
    message = str(caught.value)
    assert all(part in message for part in expected), message
    assert message.startswith(f"{file}, line {line_of(file, marked)}: ")
    assert "\n" not in message


WRONG_FILES = {
    "empty file": (b"", ["the file is empty"]),
    "only a comment": (b"# nothing\n", ["the file is empty"]),
    "a list never closed": (
        b"key: a\nname: [1\nweeks: 8\n",
        ["not YAML", "line 3, column 6", "“[” of line 2, column 7", "“weeks: 8”"],
    ),
    "a text never closed": (b'key: a\nname: "b\n', ["line 2, column 7", "quotation mark"]),
    "a tab": (b"key:\n\t- a\n", ["line 2, column 1", "begins with a tab", "spaces", "“- a”"]),
    "no colon": (b"key: a\nweeks 8\nkind: block\n", ["line 2, column 1", "colon", "“weeks 8”"]),
    "no space after a colon": (b"key: a\nweeks:8\nkind: block\n", ["line 2", "space after the"]),
    "two colons": (b"key: a\nname: b: c\n", ["line 2, column 8", "two colons", "quotation"]),
    "further in": (b"key: a\n  weeks: 8\n", ["line 2, column 8", "further in than the line"]),
    "less far in": (b"key:\n  a: 1\n b: 2\n", ["line 3, column 2", "as far in as the first"]),
    "a sign": (b"key: @a\n", ["line 1, column 6", "cannot begin with “@”", "quotation marks"]),
    "a star": (b"key: *a\n", ["line 1, column 6", "begins with *", "quotation marks"]),
    "a list": (b"- a\n", ["a mapping of fields", "line 1"]),
    "duplicate keys": (
        b"key: a\nweeks: 3\nkey: b\n",
        ["line 3", "“key” is given twice", "on line 1"],
    ),
    "not UTF-8": (b"key: a\nname: b\xe6\n", ["line 2", "0xe6 is not UTF-8"]),
    "a null byte": (b"key: a\x00b\n", ["not YAML"]),
    "merge key": (b"a: &a {b: 1}\nc: {<<: *a}\n", ["line 2", "“<<” is not used"]),
    "anchor in itself": (b"a: &a {b: *a}\n", ["an anchor contains itself"]),
    "key that is a list": (b"? [1, 2]\n: 3\n", ["a key must be a plain word"]),
}


@pytest.mark.parametrize("name", WRONG_FILES)
def test_files_that_are_no_scenarios(name: str, tmp_path: Path) -> None:
    content, expected = WRONG_FILES[name]
    file = tmp_path / "mit.yaml"
    file.write_bytes(content)
    with pytest.raises(ScenarioError) as caught:
        scenarios.load(file)
    assert all(part in str(caught.value) for part in [str(file), *expected]), caught.value


def test_a_power_of_ten_is_a_number_and_a_whole_one_where_it_can_be(tmp_path: Path) -> None:
    file = changed(tmp_path, "weeks: 52", "weeks: 1e2\nparameters: {trust_gain: 1e-1}")
    found = scenarios.load(file)
    assert (found.weeks, found.parameters["trust_gain"]) == (100, 0.1)


def test_unknown_model_suggests_the_nearest() -> None:
    with pytest.raises(ScenarioError, match="Did you mean “central_professionel”") as caught:
        scenarios.load("central_profesionel")
    assert "lokal_fagprofessionel" in str(caught.value)


def test_a_file_below_the_working_directory_is_told_relative_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    below, beside = (write(tmp_path, "wekks: 1\n", name) for name in ("here/a.yaml", "b.yaml"))
    monkeypatch.chdir(tmp_path / "here")
    for file, told in ((below, "a.yaml, line 1: "), (beside, f"{beside}, line 1: ")):
        with pytest.raises(ScenarioError) as caught:
            scenarios.load(file)
        assert str(caught.value).startswith(told)


def test_a_missing_file_and_a_directory(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="there is no such file"):
        scenarios.load(tmp_path / "borte.yaml")
    with pytest.raises(ScenarioError, match="this is a directory"):
        scenarios.load(tmp_path)


def test_blocks_that_extend_each_other_in_a_circle(tmp_path: Path) -> None:
    write(tmp_path, "extends: [b.yaml]\nkey: a\n", "a.yaml")
    write(tmp_path, "key: b\nextends: a.yaml\n", "b.yaml")
    with pytest.raises(ScenarioError, match=r"b\.yaml, line 2: extends: .* circle: a → b → a"):
        scenarios.load(tmp_path / "a.yaml")


def test_an_error_is_blamed_on_the_file_that_makes_it(tmp_path: Path) -> None:
    write(tmp_path, "fora:\n  samarbejdsmoede:\n    capacity: -1\n", "del.yaml")
    top = write(tmp_path, "extends: [laerebog, del.yaml]\n", "top.yaml")
    with pytest.raises(ScenarioError, match=r"del\.yaml, line 3: fora\.samarbejdsmoede\.capacity"):
        scenarios.load(top)


def test_of_several_errors_the_misspelt_field_is_told_first(tmp_path: Path) -> None:
    file = changed(
        tmp_path, "    period_weeks: 4\n    capacity: 8", "    capacity: 0\n    periods: 4"
    )
    with pytest.raises(ScenarioError, match="no field “periods”"):
        scenarios.load(file)


def test_a_misspelt_inherited_body_is_told_as_such(tmp_path: Path) -> None:
    text = "extends: lokal_fagprofessionel\nfora:\n  styregrupe:\n    period_weeks: 4\n"
    with pytest.raises(ScenarioError) as caught:
        scenarios.load(write(tmp_path, text))
    message = str(caught.value)
    assert "line 3: fora.styregrupe." in message
    assert "nothing that this extends is called “styregrupe”" in message
    assert "Did you mean “styregruppe”?" in message


# a file that is laid on the teaching scenario or on a model; what the message must say
WRONG_COMPOSITIONS = {
    "unknown slot": (
        "slot: secretary\n",
        ["line 1: slot", "no choice “secretary”", "“secretariat”?"],
    ),
    "unknown default": ("defaults: [midelby]\n", ["no block “midelby”", "“middelby”?"]),
    "copy without a name": (
        "extends: omraade_1\nrepeat: {omraader: {copies: {nord: {}}}}\n",
        ["repeat.omraader.copies.nord.name: “name” is missing"],
    ),
    "misspelt field of a repeat": (
        "extends: omraade_1\nrepeat:\n  omraader: {join: [x]}\n",
        ["line 3: repeat.omraader.join", "Did you mean “joins”?"],
    ),
    "unknown body to join": (
        "extends: omraade_1\nrepeat: {omraader: {joins: [taktisk]}}\n",
        ["line 2: repeat.omraader.joins", "no forum “taktisk”"],
    ),
    "unknown entry to repeat": (
        "extends: omraade_1\nlocal: [skolen]\n",
        ["line 2: local", "no entry to repeat “skolen”", "“skole”?"],
    ),
    "two copies with one name": (
        (
            "extends: omraade_1\nrepeat:\n  omraader:\n    copies:\n"
            "      nord: {name: {da: N, en: N}, words: {Engparken: Solparken}}\n"
        ),
        ["line 5: repeat.omraader.copies.nord", "two entries", "solparken"],
    ),
    "wrong kind of field in what is repeated": (
        "extends: omraade_1\norganisations: {skole: {areas: 3}}\n",
        ["line 2: organisations.skole.areas: 3 is not allowed"],
    ),
    "area of no one": (
        (
            "extends: laerebog\norganisations:\n  plan: {areas: []}\n  forvaltning: {areas: []}\n"
            "  boligforening: {areas: []}\n"
        ),
        ["areas.lilleby: no organisation takes part"],
    ),
    "unknown person in a seat": (
        "extends: lokal_fagprofessionel\nseats: {skoleleder: [skoleleeder]}\n",
        ["no actor “skoleleeder”", "“skoleleder”?", "line 2"],
    ),
    "seat that is no list": ("seats: {chef: 3}\n", ["line 1: seats.chef: 3 is not allowed"]),
    "unknown area of a route": (
        "extends: lokal_fagprofessionel\nroutes: {store_sager: {areas: [midelby]}}\n",
        ["routes.store_sager.areas", "no area “midelby”", "“middelby”?"],
    ),
}


@pytest.mark.parametrize("name", WRONG_COMPOSITIONS)
def test_errors_of_composition_name_place_and_nearest(name: str, tmp_path: Path) -> None:
    text, expected = WRONG_COMPOSITIONS[name]
    with pytest.raises(ScenarioError) as caught:
        scenarios.load(write(tmp_path, text))
    assert all(part in str(caught.value) for part in expected), caught.value


def test_an_error_crosses_to_another_process_unchanged() -> None:
    with pytest.raises(ScenarioError) as caught:
        scenarios.load("findes_ikke")
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)
