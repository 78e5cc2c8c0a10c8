"""The page as people meet it: the real command, in real Chromium, by keyboard."""

import itertools
import re
import shutil
import subprocess
import sys

import pytest

from tests.dashboard.visiting import ROOT, Visit, find_chromium, started_chromium, started_dashboard

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(find_chromium() is None, reason="there is no Chromium on this machine"),
]
FIGURES = ("staircase", "waiting", "trust", "price")


@pytest.fixture(scope="module")
def address():
    with started_dashboard() as where:
        yield where


@pytest.fixture(scope="module")
def chromium():
    with started_chromium() as browser:
        yield browser


@pytest.fixture
def visit(chromium, address):
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    seen = Visit(context.new_page())
    seen.open(address)
    yield seen
    context.close()


def test_choose_move_run_and_see_the_figures_change(visit):
    page = visit.page
    page.select_option("#tr-model", "lokal_semiprofessionel")
    visit.run()
    plain = {figure: visit.drawn(figure) for figure in FIGURES}
    organisation = page.inner_html(".tr-picture")
    visit.move("chain_length", *["ArrowRight"] * 3)
    page.wait_for_selector("text=Ekstra led i beslutningskæden: 3 led")
    page.wait_for_selector(".tr-stale")
    visit.run()
    for figure in FIGURES:
        assert visit.drawn(figure) != plain[figure]
    assert page.locator("[data-figure=staircase] svg").count() == 2
    assert page.inner_html(".tr-picture") != organisation
    assert "Ekstra led 3" in page.inner_html(".tr-picture")
    assert page.locator(".tr-number").count() == 3
    visit.assert_clean()


def test_reload_and_a_shared_link_open_the_same(visit, chromium):
    page = visit.page
    page.select_option("#tr-model", "central_professionel")
    visit.move("mandate", "End")
    visit.move("initial_trust", "ArrowLeft", "ArrowLeft")
    visit.run()
    page.wait_for_url(re.compile("shown=1"))
    before = [visit.drawn(figure) for figure in FIGURES]
    page.reload()
    page.wait_for_selector(".tr-number")
    assert page.locator("#tr-model").input_value() == "central_professionel"
    assert [visit.drawn(figure) for figure in FIGURES] == before
    other = Visit(chromium.new_context().new_page())
    other.open(page.url)
    other.page.wait_for_selector(".tr-number")
    assert [other.drawn(figure) for figure in FIGURES] == before
    for seen in (visit, other):
        seen.assert_clean()
    other.page.context.close()


def test_the_other_language_is_one_click_away_and_stays(visit):
    page = visit.page
    assert page.evaluate("document.documentElement.lang") == "da"
    visit.move("chain_length", "ArrowRight")
    visit.run()
    page.get_by_role("button", name="English").click()
    page.wait_for_selector("h2:text-is('Results')")
    assert page.evaluate("document.documentElement.lang") == "en"
    page.wait_for_url(re.compile("lang=en"))
    page.reload()
    page.wait_for_selector("h2:text-is('Results')")
    page.wait_for_selector("text=Extra bodies in the decision chain: 1 body")
    assert "æ" not in page.inner_text(".tr-controls")
    page.get_by_role("button", name="Dansk").click()
    page.wait_for_selector("h2:text-is('Resultater')")
    visit.assert_clean()


def test_keys_pressed_fast_all_count(visit):
    visit.move("initial_trust", *["ArrowRight"] * 7)
    visit.page.wait_for_selector("text=Tillid fra start: 0,80 af 1")
    visit.page.wait_for_url(re.compile(r"initial_trust=0\.8&"))
    visit.page.wait_for_timeout(500)
    assert "0,80" in visit.page.inner_text("label[for=tr-initial_trust]")


def test_reset_puts_the_levers_back(visit):
    visit.move("mandate", "Home")
    visit.page.wait_for_url(re.compile("mandate="))
    visit.page.get_by_role("button", name="Nulstil").click()
    visit.page.wait_for_function("!location.search.includes('mandate=')")
    visit.page.wait_for_selector("label[for=tr-mandate]:has-text('(som i modellen)')")
    assert "mandate=" not in visit.page.url


def test_all_other_levers_open_on_demand_and_stand_in_the_address(visit):
    page = visit.page
    assert not page.locator("#tr-meeting_format").is_visible()
    page.click(".tr-all > summary")
    page.click(".tr-group summary:has-text('Organer og møder')")
    page.select_option("#tr-meeting_format", label="dialog")
    page.wait_for_url(re.compile("meeting_format=dialogic"))
    page.wait_for_selector(".tr-all > summary:has-text('1 flyttet')")
    page.click(".tr-group summary:has-text('Medarbejdere')")
    assert "før du flytter" in page.inner_text("#tr-lent_leader")
    page.select_option("#tr-lent_hours", label="10")
    page.select_option("select#tr-lent_leader", index=1)
    page.wait_for_url(re.compile("lent_leader="))
    page.select_option("#tr-lent_hours", label="Som i modellen")
    page.wait_for_selector("[role=alert]:has-text('Udlånte medarbejderes leder')")
    page.wait_for_function("!location.search.includes('lent_')")
    page.reload()
    page.wait_for_selector("#tr-meeting_format")
    assert page.locator("#tr-meeting_format").is_visible()
    assert page.locator("#tr-meeting_format option:checked").inner_text() == "dialog"
    visit.assert_clean()


def test_secretariats_are_joined_and_a_large_model_is_not_silent(visit):
    page = visit.page
    page.click(".tr-join > summary")
    page.select_option("#tr-secretariat", "enmands_a")
    page.select_option("#tr-area", "omraade_2")
    page.wait_for_url(re.compile("model=lokal_fagprofessionel%2Benmands_a%2Bomraade_2"))
    page.wait_for_selector(".tr-picture:has-text('Områdesekretariat 2')")
    visit.run()
    page.select_option("#tr-area", "")
    page.select_option("#tr-secretariat", "")
    page.select_option("#tr-model", "odense_by")
    page.wait_for_selector("text=Modellen sættes sammen")
    page.wait_for_selector("text=Du har ændret noget")
    page.click(".tr-run")
    page.wait_for_selector("text=tilbage. Har kørt i")
    page.click(".tr-stop")
    page.wait_for_selector("text=Stoppet.")
    visit.assert_clean()


def test_everything_can_be_reached_and_worked_by_keyboard(visit):
    page = visit.page
    reached = []
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate("document.activeElement.id || document.activeElement.innerText")
        )
    for wanted in (
        "tr-chain_length",
        "tr-mandate",
        "tr-initial_trust",
        "tr-model",
        "Alle andre håndtag",
        "Kør",
        "Nulstil",
        "English",
    ):
        assert wanted in reached
    page.get_by_role("button", name="Kør", exact=True).press("Enter")
    page.wait_for_selector(".tr-number")
    large = page.get_by_role("button", name="Vis over hele skærmen")
    large.press("Enter")
    assert page.get_by_role("dialog").is_visible()
    page.keyboard.press("Escape")
    assert page.get_by_role("dialog").count() == 0


def test_every_control_and_drawing_has_a_name_and_zoom_is_allowed(visit):
    page = visit.page
    visit.run()
    unnamed = page.evaluate(
        """() => [...document.querySelectorAll('button, select, input')]
            .filter(e => e.offsetParent && !e.innerText && !(e.labels && e.labels.length)
                         && !e.ariaLabel).map(e => e.outerHTML)"""
    )
    assert unnamed == []
    drawings = page.locator("svg[role=img]")
    assert drawings.count() >= 4
    for place in range(drawings.count()):
        assert drawings.nth(place).evaluate("e => !!(e.ariaLabel || e.querySelector('title'))")
    viewport = page.get_attribute("meta[name=viewport]", "content")
    assert "user-scalable" not in viewport
    assert "maximum-scale" not in viewport
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1920, 1080)])
def test_text_is_large_enough_for_a_projector_and_stands_out(visit, width, height):
    page = visit.page
    page.set_viewport_size({"width": width, "height": height})
    page.click(".tr-all > summary")
    page.click(".tr-group summary:has-text('Medarbejdere')")
    visit.run()
    seen = page.evaluate(
        """() => [...document.querySelectorAll('.tr-page *')]
            .filter(e => !e.closest('.tr-picture') && e.getClientRects().length
                && [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()))
            .map(e => {
                const scale = e.ownerSVGElement
                    ? e.ownerSVGElement.getBoundingClientRect().width / 430 : 1;
                const style = getComputedStyle(e);
                let ground = e, colour = 'rgba(0, 0, 0, 0)';
                while (ground && colour === 'rgba(0, 0, 0, 0)') {
                    colour = getComputedStyle(ground).backgroundColor;
                    ground = ground.parentElement;
                }
                return {text: e.textContent.trim().slice(0, 40),
                        size: parseFloat(style.fontSize) * scale,
                        ink: e.ownerSVGElement ? style.fill : style.color, ground: colour};
            })"""
    )
    assert len(seen) > 40
    for item in seen:
        assert item["size"] >= height / 50 * 0.98, item
        assert contrast(item["ink"], item["ground"]) >= 4.5, item


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize(
    "asked",
    [
        "lang=da&chain_length=4",
        "lang=en&chain_length=4",
        "model=central_professionel%2Bstort_team%2Bomraade_4&budget_cut=0.2&areas=8",
    ],
)
@pytest.mark.parametrize(("width", "height"), [(390, 844), (1280, 800), (1920, 1080)])
def test_the_page_fits_its_screen_and_no_two_texts_of_a_figure_touch(
    visit, address, asked, width, height
):
    page = visit.page
    page.set_viewport_size({"width": width, "height": height})
    visit.open(f"{address}?{asked}")
    visit.run()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for figure in FIGURES:
        for drawing in page.locator(f"[data-figure={figure}] svg").all():
            boxes = drawing.evaluate(
                """svg => [svg, ...svg.querySelectorAll('text')].map(e => {
                    const b = e.getBoundingClientRect();
                    return [b.left, b.right, b.top + b.height * 0.2, b.bottom - b.height * 0.2];
                })"""
            )
            frame, texts = boxes[0], boxes[1:]
            for left, right, _, _ in texts:
                assert frame[0] - 1 <= left
                assert right <= frame[1] + 1
            for a, b in itertools.combinations(texts, 2):
                assert a[1] <= b[0] or b[1] <= a[0] or a[3] <= b[2] or b[3] <= a[2]


def test_a_long_run_shows_progress_and_can_be_stopped(visit, address):
    visit.open(f"{address}?runs=200&seed=4711")
    page = visit.page
    page.click(".tr-run")
    page.wait_for_selector("text=af 200 kørsler")
    page.click(".tr-stop")
    page.wait_for_selector("text=Stoppet.")
    page.click(".tr-run")
    page.wait_for_selector(".tr-number")
    visit.assert_clean()


def test_a_visitor_sees_nothing_of_another(visit, chromium, address):
    other = Visit(chromium.new_context().new_page())
    other.open(address)
    visit.move("mandate", "End")
    visit.run()
    assert "mandate" not in other.page.url
    assert other.page.locator(".tr-number").count() == 0
    other.page.context.close()


def test_it_works_where_there_is_no_network_at_all():
    if shutil.which("unshare") is None:
        pytest.skip("there is no unshare on this machine")
    allowed = subprocess.run(["unshare", "--net", "true"], capture_output=True, check=False)
    if allowed.returncode != 0:
        pytest.skip("this machine allows no network namespace of one's own")
    ended = subprocess.run(
        ["unshare", "--net", sys.executable, "-m", "tests.dashboard.offline"],
        cwd=ROOT, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stdout + ended.stderr
