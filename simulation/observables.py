"""The one catalogue of what is observed: name, meaning, unit, and whether more is better.

``WEEKLY`` lists the weekly columns: stocks (the state at the end of a week) and flows (what
happened in it). ``SUMMARY`` lists the per-run columns: each stock as its mean over the last 52
weeks, each flow as its sum over the run, and the derived ones. Code, docs, dashboard and reports
all read this catalogue.
"""

from typing import Final, NamedTuple

STOCK, FLOW, DERIVED = "stock", "flow", "summary"


class Observable(NamedTuple):
    """One thing that is observed."""

    name: str
    da: str
    en: str
    definition_da: str
    definition_en: str
    unit: str
    direction: int  # +1 more is better, -1 more is worse, 0 neither
    kind: str  # STOCK, FLOW or DERIVED
    smallest_effect: float  # smallest difference of interest, in the unit; assumption
    main: bool  # shown in the main table


def _rows(kind: str, table: str) -> list[Observable]:
    """Read rows ``name | da | en | definition da | definition en | unit | direction | effect``."""
    rows = []
    for line in table.strip().splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        name, da, en, definition_da, definition_en, unit, direction, effect = cells
        rows.append(
            Observable(
                name.removesuffix("*"), da, en, definition_da, definition_en, unit,
                int(direction), kind, float(effect), name.endswith("*"),
            )  # fmt: skip
        )
    return rows


_STOCKS = _rows(STOCK, """
trust_between* | tillid mellem organisationer | trust between organisations | middel af tilliden i begge retninger over alle par af personer fra hver sin organisation, som kender hinanden | mean trust, both directions, over all pairs of people of different organisations who know each other | 0–1 | 1 | 0.02
trust_within | tillid i egen organisation | trust within organisations | middel af tilliden mellem kolleger, som kender hinanden | mean trust between colleagues who know each other | 0–1 | 1 | 0.02
trust_partnership* | tillid mellem kommune, boligorganisation og helhedsplan | trust between kommune, boligorganisation and helhedsplan | som tillid mellem organisationer, kun par fra to forskellige af de tre lejre | as trust between organisations, only pairs from two different ones of these three camps | 0–1 | 1 | 0.02
acquaintance_between | kendskab på tværs | acquaintance across | middel af kendskabet mellem par fra hver sin organisation, som har mødt hinanden | mean acquaintance of pairs of different organisations who have met | 0–1 | 1 | 0.02
ties_between | personer kendt på tværs | people known across | antal personer i andre organisationer, som en person i gennemsnit kender godt nok til at ringe til | mean number of people of other organisations whom a person knows well enough to call | people | 1 | 0.5
goal_alignment | fælles mål | goal alignment | 1 minus middelafstanden mellem personers syn på målene og det fælles middel | 1 minus the mean distance of people's views of the goals from their common mean | 0–1 | 1 | 0.02
role_clarity | klare roller | role clarity | middel af klarheden mellem de organisationer, som har delt en sag | mean clarity between organisations that have shared a case | 0–1 | 1 | 0.02
knowledge_of_goals* | kendskab til planens mål | knowledge of the plan's goals | middel over personer på taktisk og udførende niveau | mean over people on tactical and executing level | 0–1 | 1 | 0.03
leadership_attention* | ledelsesopmærksomhed | leadership attention | middel af ledernes opmærksomhed på planen | mean of the leaders' attention to the plan | 0–1 | 1 | 0.03
ownership_staff | ejerskab hos medarbejdere | ownership of staff | middel over alle, som ikke er beboerdemokrater | mean over everyone but the elected residents | 0–1 | 1 | 0.03
ownership_residents | ejerskab hos beboerdemokrater | ownership of elected residents | middel over beboerdemokrater | mean over elected residents | 0–1 | 1 | 0.03
acceptance* | beboernes accept | residents' acceptance | middel over områder af beboernes accept af indsatsen | mean over areas of the residents' acceptance of the effort | 0–1 | 1 | 0.03
say | beboernes medbestemmelse | residents' say | andel af afgørelser, som beboere tog del i (udjævnet) | share of decisions that residents took part in (smoothed) | 0–1 | 0 | 0.05
open_cases | åbne sager | open cases | sager, som er i gang eller venter ved ugens slutning | cases under way or waiting at the end of the week | cases | -1 | 3
queue | sager i kø | matters in queue | sager, som venter på et møde ved ugens slutning | matters waiting for a meeting at the end of the week | matters | -1 | 1
overload* | overbelastning | overload | middel af den andel af de ønskede timer, som ikke kunne gives (udjævnet) | mean share of wanted hours that could not be given (smoothed) | 0–1 | -1 | 0.02
relations_untold | relationer med for få sager | relations with too few cases | andel af relationer mellem organisationer med for få fælles sager til at sige noget | share of relations between organisations with too few shared cases to tell | share | 0 | 0.05
relations_1 | relationer på vidensdeling | relations on vidensdeling | andel af relationer, som står på trin 1 | share of relations that stand on step 1 | share | 0 | 0.05
relations_2 | relationer på negativ koordinering | relations on negativ koordinering | andel af relationer, som står på trin 2 | share of relations that stand on step 2 | share | 0 | 0.05
relations_3 | relationer på positiv koordinering | relations on positiv koordinering | andel af relationer, som står på trin 3 | share of relations that stand on step 3 | share | 0 | 0.05
relations_4 | relationer på innovation | relations on innovation | andel af relationer, som står på trin 4 | share of relations that stand on step 4 | share | 0 | 0.05
""")

_FLOWS = _rows(FLOW, """
cases_arisen | opståede sager | cases arisen | sager, som opstod | cases that arose | cases | 0 | 10
finished_0 | afsluttet alene | finished alone | sager afsluttet af én organisation | cases finished by one organisation | cases | 0 | 10
finished_1 | afsluttet med vidensdeling | finished with vidensdeling | sager, hvor viden blev delt, og ikke mere | cases in which information was passed, and no more | cases | 0 | 10
finished_2 | afsluttet med negativ koordinering | finished with negativ koordinering | sager, hvor arbejdet blev delt op mellem organisationer | cases in which the work was split between organisations | cases | 0 | 10
finished_3 | afsluttet med positiv koordinering | finished with positiv koordinering | sager, hvor to organisationer brugte timer på samme opgave | cases in which two organisations spent hours on one task | cases | 0 | 10
finished_4 | afsluttet med innovation | finished with innovation | sager, hvor der blev skabt en metode, som var ny for begge | cases in which a method new to both was made | cases | 0 | 5
given_up | opgivne sager | cases given up | sager, som endte uden at det meste var gjort | cases that ended without most of the work done | cases | -1 | 10
overtaken* | overhalede sager | matters overtaken | sager, som begivenhederne overhalede, mens de ventede på en afgørelse | matters overtaken by events while waiting for a decision | matters | -1 | 5
decided | afgjorte sager | matters decided | sager, som et organ afgjorde | matters that a body decided | matters | 0 | 5
deferred | udsættelser | deferrals | gange, et organ udsatte en sag | times a body deferred a matter | times | -1 | 5
refused | afslag | refusals | sager, som et organ afviste | matters that a body refused | matters | -1 | 5
shared_attempts | aftalte fælles forsøg | shared attempts agreed | sager, hvor to parter blev enige om at løse opgaven sammen | cases in which two parties agreed to do the work together | cases | 0 | 10
needing_approval* | fælles forsøg, som krævede godkendelse | joint attempts that needed approval | fælles forsøg, som ingen af deltagerne måtte afgøre selv | joint attempts that none of those taking part might decide alone | cases | 0 | 5
conflicts | grænsekonflikter | boundary conflicts | konflikter om snitflader, som opstod | boundary conflicts that arose | conflicts | -1 | 5
settled_by_people | konflikter løst af de involverede | conflicts settled by those involved | konflikter løst på udførende niveau | conflicts settled where they arose | conflicts | 0 | 5
settled_by_body | konflikter løst i et forum | conflicts settled in a body | konflikter løst på et møde | conflicts settled at a meeting | conflicts | 0 | 5
double_hours | dobbeltarbejde | double work | timer brugt på noget, en anden organisation også gjorde | hours spent on what another organisation did as well | hours | -1 | 50
hours_meeting | timer i møder | hours in meetings | mødetid og forberedelse | meetings and preparation | hours | 0 | 200
hours_coordination | timer til koordinering | hours of coordination | timer til at finde hinanden, aftale og lede | hours of finding each other, settling and leading | hours | 0 | 200
hours_work | timer til arbejde | hours of work | timer brugt på sager, dobbeltarbejde ikke talt med | hours spent on cases, double work not counted | hours | 0 | 200
hours_free | ledige timer | hours to spare | timer, som ingen sag eller møde tog | hours that no case or meeting took | hours | 0 | 200
value | værdi for beboerne | value for residents | sagernes vægt gange hvor godt de blev løst gange beboernes accept | weight of the cases times how well they were met times the residents' acceptance | worth | 1 | 500
innovations* | nye metoder | new methods | metoder, som blev skabt i fællesskab | methods made together | methods | 1 | 2
methods_anchored | forankrede metoder | methods anchored | metoder taget ind i daglig drift | methods taken into daily operations | methods | 1 | 1
methods_lost | tabte metoder | methods lost | metoder, som døde uden at blive forankret | methods that died without being anchored | methods | -1 | 1
meetings_held | afholdte møder | meetings held | møder med tilstrækkeligt fremmøde | meetings with enough members present | meetings | 0 | 10
meetings_failed | aflyste møder | meetings failed | møder med for få fremmødte | meetings with too few members present | meetings | -1 | 5
follow_up_hours* | timer til opfølgning og ledelse | hours of follow-up and leading | timer, som ledere af planen brugte på helheden | hours that the plan's leaders spent on the whole | hours | 1 | 100
promises_kept | holdte løfter | promises kept | lovede dele, som blev leveret | promised parts that were delivered | promises | 1 | 20
promises_broken | brudte løfter | promises broken | lovede dele, som ikke blev leveret til tiden | promised parts that were not delivered in time | promises | -1 | 10
introductions | formidlede kontakter | introductions | partnere fundet gennem en bekendt | partners found through an acquaintance | times | 0 | 5
no_partner | partner ikke fundet | no partner found | gange, ingen i en relevant organisation kunne nås | times nobody in a relevant organisation could be reached | times | -1 | 20
departures | fratrædelser | departures | personer, som forlod deres post | people who left their post | people | 0 | 1
""")

_DERIVED = _rows(DERIVED, """
share_alone* | andel løst alene | share solved alone | andel af afsluttede sager på trin 0 | share of finished cases on step 0 | share | -1 | 0.02
share_1* | andel vidensdeling | share vidensdeling | andel af afsluttede sager på trin 1 | share of finished cases on step 1 | share | 0 | 0.02
share_2* | andel negativ koordinering | share negativ koordinering | andel af afsluttede sager på trin 2 | share of finished cases on step 2 | share | 0 | 0.02
share_3* | andel positiv koordinering | share positiv koordinering | andel af afsluttede sager på trin 3 | share of finished cases on step 3 | share | 0 | 0.02
share_4* | andel innovation | share innovation | andel af afsluttede sager på trin 4 | share of finished cases on step 4 | share | 0 | 0.01
share_joint* | andel løst sammen | share solved together | andel af afsluttede sager på trin 3 eller 4 | share of finished cases on step 3 or 4 | share | 1 | 0.02
lead_time* | beslutningstid | decision lead time | middel af uger til afgørelse inden for 52 uger, de uafgjorte talt med som uafgjorte (Kaplan–Meier) | mean weeks to a decision within 52 weeks, the undecided counted as undecided (Kaplan–Meier) | weeks | -1 | 1
lead_time_small | beslutningstid, små sager | decision lead time, small | som beslutningstid, sager af lille størrelse | as decision lead time, matters of small size | weeks | -1 | 1
lead_time_medium | beslutningstid, mellemstore sager | decision lead time, medium | som beslutningstid, sager af mellem størrelse | as decision lead time, matters of medium size | weeks | -1 | 1
lead_time_large | beslutningstid, store sager | decision lead time, large | som beslutningstid, sager af stor størrelse | as decision lead time, matters of large size | weeks | -1 | 1
weeks_to_step_3 | uger til trin 3 | weeks to step 3 | uge, hvor den første relation nåede positiv koordinering; tomt, hvis ingen | week in which the first relation stood on positiv koordinering; empty if none | weeks | -1 | 4
weeks_to_step_4 | uger til trin 4 | weeks to step 4 | uge, hvor den første relation nåede innovation; tomt, hvis ingen | week in which the first relation stood on innovation; empty if none | weeks | -1 | 4
value_per_hour* | værdi pr. time | value per hour | værdi for beboerne delt med alle brugte timer | value for residents over all hours used | worth/hour | 1 | 0.02
hours_per_week* | timer pr. uge | hours per week | alle brugte timer til møder, koordinering, arbejde og dobbeltarbejde | all hours used in meetings, coordination, work and double work | hours/week | 0 | 5
meeting_share* | andel af timer i møder | share of hours in meetings | mødetimer delt med alle brugte timer | hours in meetings over all hours used | share | -1 | 0.02
double_share* | andel dobbeltarbejde | share of double work | dobbeltarbejde delt med alle arbejdstimer | double work over all hours of work | share | -1 | 0.01
conflicts_per_100* | grænsekonflikter pr. 100 sager | boundary conflicts per 100 cases | konflikter pr. 100 sager med delt arbejde | conflicts per 100 cases with shared work | conflicts | -1 | 2
""")

CATALOGUE: Final = (*_STOCKS, *_FLOWS, *_DERIVED)
OBSERVABLES: Final[dict[str, Observable]] = {row.name: row for row in CATALOGUE}
WEEKLY: Final = tuple(row.name for row in (*_STOCKS, *_FLOWS))
SUMMARY: Final = tuple(row.name for row in CATALOGUE)
N_STOCKS: Final = len(_STOCKS)
N_WEEKLY: Final = len(WEEKLY)
N_SUMMARY: Final = len(SUMMARY)
