"""desk_page.py WRITE_DESK_SAMPLES DIRECTORY: the page in Chromium, as a reader uses it."""

import base64
import pathlib
import subprocess
import sys
import unittest

from chromium import Chromium

PROGRAM, DIRECTORY = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
AUDIT = (pathlib.Path(__file__).parent / "access.js").read_text(encoding="utf-8")
PHONE, DESK = (390, 844), (1400, 1000)

# A page that is spoilt so must be complained of by the rule.
SPOILT = [
    ("document.documentElement.removeAttribute('lang')", "html-has-lang"),
    ("document.title = ''", "document-title"),
    ("document.querySelector('table tr[id]').id = 'timeline'", "duplicate-id"),
    ("document.querySelector('img').removeAttribute('alt')", "image-alt"),
    ("document.querySelector('svg.chart title').textContent = ''", "svg-img-alt"),
    ("document.querySelector('thead button').textContent = ''", "button-name"),
    ("document.querySelector('input').removeAttribute('aria-label')", "label"),
    ("document.querySelector('select').labels[0].replaceWith(document.querySelector('select'))", "select-name"),
    ("document.querySelector('ul').append(document.createElement('p'))", "list"),
    ("document.querySelector('th').scope = ''", "scope-attr-valid"),
    ("document.querySelector('.list th').setAttribute('aria-sort', 'up')", "aria-valid-attr-value"),
    ("document.querySelector('svg').setAttribute('aria-labelledby', 'nothing')", "aria-valid-attr-value"),
    ("document.querySelector('nav').setAttribute('aria-hidden', 'true')", "aria-hidden-focus"),
    ("document.querySelector('summary').append(document.createElement('button'))", "nested-interactive"),
    ("document.querySelector('#timeline svg').remove(); document.querySelector('#table-gaps .scroll').removeAttribute("
     "'tabindex'); document.querySelectorAll('#table-gaps button').forEach((b) => b.replaceWith('x'.repeat(60)))",
     "scrollable-region-focusable"),
    ("document.querySelector('h3').outerHTML = '<h5>x</h5>'", "heading-order"),
    ("document.body.append(document.createElement('div'))", "region"),
    ("document.querySelectorAll('.scroll').forEach((e) => e.setAttribute('aria-label', 'same'))", "landmark-unique"),
]


class DeskPage(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        subprocess.run([PROGRAM, str(DIRECTORY)], check=True)
        cls.browser = Chromium(str(DIRECTORY))

    @classmethod
    def tearDownClass(cls):
        cls.browser.__exit__()

    def open(self, name, size=DESK, **how):
        self.browser.screen(*size, **how)
        self.browser.open((DIRECTORY / name).as_uri())

    def ask(self, expression):
        return self.browser.evaluate(expression)

    def column(self, section, index):
        return self.ask(f"[...document.querySelectorAll('#{section} tbody tr')].filter((row) => !row.hidden)"
                        f".map((row) => row.cells[{index}].textContent)")

    def test_nothing_is_said_and_nothing_asked_for(self):
        for name in ("en.html", "zh.html", "hostile.html"):
            self.open(name)
            self.assertEqual(self.browser.said(), [], name)
            self.assertEqual([one for one in self.browser.requests() if not one.startswith("data:")],
                             [(DIRECTORY / name).as_uri()])

    def test_policy_lets_nothing_else_in(self):
        self.open("en.html")
        self.ask("document.body.insertAdjacentHTML('beforeend', '<img src=\"http://127.0.0.1:9/x.png\">'"
                 " + '<p style=\"color: red\">x</p>' + '<b onclick=\"document.title = 1\">x</b>');"
                 "document.querySelector('b').click();"
                 "document.body.append(Object.assign(document.createElement('script'), {textContent: 'document.title = 2'}))")
        self.assertEqual(self.ask("document.title"), "Do links open across platforms?")
        self.assertGreaterEqual(len(self.browser.said()), 4)

    def test_pictures_and_the_logo_are_shown(self):
        self.open("en.html")
        self.ask("document.querySelector('#table-evidence').scrollIntoView()")
        sizes = self.ask("Promise.all([...document.images].map((one) => one.decode())).then(() => "
                         "[...document.images].map((one) => [one.alt, one.naturalWidth, one.naturalHeight]))")
        self.assertEqual(sizes, [["Compliance office, Example Holdings", 160, 40]] + [["the stop page", 120, 80]] * 3)

    def test_sorts_by_machine_values_and_back(self):
        self.open("en.html")
        original = self.column("table-breaches", 6)
        click = "document.querySelectorAll('#table-breaches thead button')[{}].click();"
        state = "[...document.querySelectorAll('#table-breaches th[aria-sort]')].map((th) => [th.cellIndex, th.ariaSort])"
        self.ask(click.format(6))  # days overdue: 9 comes before 10
        self.assertEqual([int(one) for one in self.column("table-breaches", 6)], sorted(int(one) for one in original))
        self.assertEqual(self.ask(state), [[6, "ascending"]])
        self.ask(click.format(6))
        self.assertEqual([int(one) for one in self.column("table-breaches", 6)],
                         sorted((int(one) for one in original), reverse=True))
        self.ask(click.format(6))
        self.assertEqual(self.column("table-breaches", 6), original)
        self.assertEqual(self.ask(state), [])
        self.ask(click.format(2))  # the platform: rows of one stay in the order they had
        self.assertEqual(self.column("table-breaches", 2), sorted(self.column("table-breaches", 2)))
        jd = [int(row[0]) for row in zip(self.column("table-breaches", 6), self.column("table-breaches", 2)) if row[1] == "JD"]
        self.assertEqual(jd, sorted(jd, reverse=True))
        self.ask(click.format(10))  # the owner: what is not known is last, either way
        self.assertEqual(self.column("table-breaches", 10)[0], "张敏")
        self.ask(click.format(10))
        self.assertEqual(self.column("table-breaches", 10)[0], "张敏")

    def test_filters_by_words_and_by_badge_and_says_how_many(self):
        self.open("en.html")
        self.assertEqual(self.ask("document.querySelector('#table-breaches output').value"), "33 of 33")
        self.ask("(() => { const box = document.querySelector('#table-breaches input'); box.value = 'TAOBAO moments';"
                 " box.dispatchEvent(new Event('input')); })()")
        self.assertEqual(set(self.column("table-breaches", 2)), {"Taobao"})
        self.assertEqual(set(self.column("table-breaches", 3)), {"WeChat · Moments"})
        self.assertEqual(self.ask("document.querySelector('#table-breaches output').value"), "2 of 33")
        self.ask("(() => { const box = document.querySelector('#table-breaches input'); box.value = '';"
                 " const one = document.querySelector('#table-breaches select'); one.selectedIndex = 2;"
                 " one.dispatchEvent(new Event('change')); })()")
        self.assertEqual(set(self.column("table-breaches", 5)), {"✗ text to copy"})
        self.assertEqual(self.ask("document.querySelector('#table-breaches output').value"), "8 of 33")
        self.assertEqual(self.ask("document.querySelectorAll('#table-changes input').length"), 0)  # two rows need none

    def test_link_to_a_row_that_is_filtered_away_shows_it(self):
        self.open("en.html")
        self.ask("(() => { const box = document.querySelector('#table-evidence input'); box.value = 'nothing';"
                 " box.dispatchEvent(new Event('input')); })()")
        self.assertEqual(self.column("table-evidence", 0), [])
        self.ask("new Promise((done) => { window.addEventListener('hashchange', () => setTimeout(done));"
                 " document.querySelector('#table-breaches a[href=\"#entry-12\"]').click(); })")
        self.assertEqual(len(self.column("table-evidence", 0)), 60)
        self.assertEqual(self.ask("document.querySelector(':target').cells[0].textContent"), "12")

    def test_without_script_all_is_there_and_no_control(self):
        self.browser.ask("Emulation.setScriptExecutionDisabled", value=True)
        try:
            self.open("en.html")
        finally:
            self.browser.ask("Emulation.setScriptExecutionDisabled", value=False)
        self.assertEqual(self.ask("document.querySelectorAll('button, input, select').length"), 0)
        self.assertEqual(len(self.column("table-breaches", 0)), 33)
        self.assertEqual(self.ask("document.querySelector('#table-breaches th').textContent"), "Finding")

    def test_everyone_can_read_it_light_and_dark_large_and_small(self):
        for name in ("en.html", "zh.html", "hostile.html"):
            for size in (DESK, PHONE):
                for dark in (False, True):
                    self.open(name, size, dark=dark, mobile=size == PHONE)
                    self.ask("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
                    found = [one for one in self.ask(AUDIT) if name != "hostile.html" or not one.startswith("landmark-unique")]
                    self.assertEqual(found, [], (name, size, dark))  # two tables of one title are among what is hostile
                    self.assertEqual(self.ask("document.documentElement.scrollWidth"), size[0], (name, dark))

    def test_audit_sees_what_is_spoilt(self):
        for spoil, rule in SPOILT:
            self.open("en.html", PHONE)
            self.ask(spoil)
            self.assertIn(rule, {one.split(":")[0] for one in self.ask(AUDIT)}, spoil)
        self.open("en.html")
        self.browser.screen(*DESK, dark=True)
        self.ask("document.adoptedStyleSheets = [new CSSStyleSheet()];"
                 "document.adoptedStyleSheets[0].replaceSync(':root { --ink: #444444; --bad-ink: #803030; }')")
        spoilt = [one for one in self.ask(AUDIT) if one.startswith("color-contrast")]
        self.assertTrue(any("<text" in one for one in spoilt) and any("<td" in one for one in spoilt), spoilt)

    def test_dark_is_dark_and_paper_is_light(self):
        light = "getComputedStyle(document.body).backgroundColor"
        self.open("en.html", dark=True)
        self.assertEqual(self.ask(light), "rgb(20, 24, 29)")
        self.browser.screen(*DESK, dark=True, media="print")
        self.assertEqual(self.ask(light), "rgb(255, 255, 255)")
        for gone in ("nav", ".controls", "#table-breaches th:last-child"):
            self.assertEqual(self.ask(f"getComputedStyle(document.querySelector('{gone}')).display"), "none", gone)
        printed = base64.b64decode(self.browser.ask("Page.printToPDF", preferCSSPageSize=True)["data"])
        self.assertTrue(printed.startswith(b"%PDF-"))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
