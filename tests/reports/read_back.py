"""read_back.py WRITE_SAMPLES DIRECTORY: openpyxl reads the workbook and finds what the report holds."""

import datetime
import json
import subprocess
import sys
import unittest
import zipfile
from xml.etree import ElementTree

import openpyxl

PROGRAM, DIRECTORY = sys.argv[1], sys.argv[2]


def table_of(sheet, heading):
    """The rows below the row whose first cell is the heading."""
    rows = list(sheet.iter_rows())
    for index, row in enumerate(rows):
        if row[0].value == heading:
            return index + 1, rows[index + 1 :]
    raise AssertionError(f"no heading {heading} in {sheet.title}")


class Workbook(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        subprocess.run([PROGRAM, DIRECTORY], check=True)
        cls.en = openpyxl.load_workbook(f"{DIRECTORY}/en.xlsx")
        cls.zh = openpyxl.load_workbook(f"{DIRECTORY}/zh.xlsx")
        cls.full = openpyxl.load_workbook(f"{DIRECTORY}/full.xlsx")
        cls.stored = openpyxl.load_workbook(f"{DIRECTORY}/full.xlsx", data_only=True)
        cls.simulated = openpyxl.load_workbook(f"{DIRECTORY}/simulated.xlsx")

    def test_sheets_are_in_order(self):
        self.assertEqual(self.en.sheetnames, ["Cover", "Matrix", "Findings", "Observations"])
        self.assertEqual(self.zh.sheetnames, ["封面", "矩阵", "认定", "观测"])

    def test_properties(self):
        properties = self.en.properties
        self.assertEqual(properties.title, "Do links open across platforms?")
        self.assertTrue(properties.subject.startswith("Findings on link blocking"))
        self.assertEqual(properties.creator, "Compliance office, Example Holdings")
        self.assertEqual(properties.created, datetime.datetime(2022, 1, 27, 15, 59, 59))
        self.assertTrue(properties.description.startswith("Checkpoint 112 5d7c"))
        self.assertTrue(properties.keywords.startswith("linkaudit, 112 5d7c"))

    def test_cover_says_everything(self):
        texts = [str(cell.value) for row in self.zh["封面"].iter_rows() for cell in row if cell.value]
        for expected in ("互联互通链接开放情况", "21 项中 3 项", "强制条款的认定", "适用条款", "淘宝、闲鱼、抖音小店、京东、拼多多、网易云音乐",
                         "Asia/Shanghai (UTC+08:00)", "2022-01-27 23:59:59"):
            self.assertIn(expected, texts)
        self.assertTrue(any(text.startswith("112 5d7c6a52") for text in texts))

    def test_tiles_are_coloured_by_tone(self):
        fills = {cell.value: cell.fill.fgColor.rgb for row in self.en["Cover"].iter_rows() for cell in row if cell.value}
        self.assertEqual(fills["3 of 21"], "FFFBDDDA")
        self.assertEqual(fills["132 days"], "FFFFF1CF")

    def test_matrix_has_colour_sign_word_tier_text_and_comment(self):
        sheet = self.zh["矩阵"]
        first, rows = table_of(sheet, "平台")
        self.assertEqual([cell.value for cell in sheet[first]][:5], ["平台", "一对一聊天", "群聊", "朋友圈", "一对一聊天"])
        self.assertEqual([cell.value for cell in sheet[first - 1]][1:5], ["微信", None, None, "QQ"])
        self.assertIn(f"B{first - 1}:D{first - 1}", [str(area) for area in sheet.merged_cells.ranges])
        moments = rows[0][3]
        self.assertEqual(rows[0][0].value, "淘宝")
        self.assertEqual(moments.value, "✗ 需外部浏览器  A\n逾期 132 天")
        self.assertEqual(moments.fill.fgColor.rgb, "FFFBDDDA")
        self.assertIn("新闻编辑部在微信 8.0.19（安卓）中观测。\n记录 112", moments.comment.text)
        self.assertEqual(rows[1][2].value, "· 未观测")
        self.assertIsNone(rows[1][2].comment)
        self.assertEqual(sheet.freeze_panes, f"B{first + 1}")
        self.assertEqual(sheet.print_title_rows, f"${first - 1}:${first}")
        self.assertEqual(sheet.print_title_cols, "$A:$A")
        words = [cell.value for row in rows for cell in row]
        for expected in ("图例", "✓ 直接打开", "无需额外操作即显示平台页面", "G", "宿主应用公开链接网关的应答"):
            self.assertIn(expected, words)

    def test_findings_have_values_of_their_types(self):
        sheet = self.en["Findings"]
        first, rows = table_of(sheet, "Obligation")
        values = [cell.value for cell in rows[0]]
        self.assertEqual(values[1:4], ["Taobao", "WeChat · Moments", "✗ breached"])
        self.assertEqual(values[4], datetime.datetime(2021, 9, 17, 23, 59, 59))
        self.assertEqual(rows[0][4].number_format, "yyyy-mm-dd hh:mm:ss")
        self.assertEqual(values[5], 132)
        self.assertIsInstance(values[5], int)
        self.assertEqual(rows[0][5].number_format, "#,##0")
        self.assertEqual(values[6:8], ["yes", 0.5])
        self.assertEqual(rows[0][3].fill.fgColor.rgb, "FFFBDDDA")
        self.assertTrue(rows[0][8].alignment.wrap_text)
        self.assertFalse(rows[0][1].alignment.wrap_text)
        self.assertEqual([cell.value for cell in rows[3]][4:6], [None, None])
        self.assertEqual(sheet.column_dimensions["A"].width, 26 + 0.7109375)
        self.assertIn("All times in Asia/Shanghai (UTC+08:00)", sheet["A2"].value)

    def test_tables_are_frozen_filtered_and_headed(self):
        sheet = self.en["Findings"]
        first, rows = table_of(sheet, "Obligation")
        self.assertEqual(sheet.freeze_panes, f"D{first + 1}")
        self.assertEqual(sheet.auto_filter.ref, f"A{first}:I{first + 5}")
        self.assertEqual(sheet.print_title_rows, f"${first}:${first}")
        self.assertTrue(all(cell.font.b for cell in sheet[first]))
        self.assertEqual(self.en["Observations"].auto_filter.ref, f"A{first}:E{first + 120}")

    def test_numbers_equal_the_json(self):
        with open(f"{DIRECTORY}/en.json", encoding="utf-8") as file:
            observations = json.load(file)["tables"]["observations"]
        _, rows = table_of(self.en["Observations"], "Entry")
        zone = datetime.timezone(datetime.timedelta(hours=8))
        self.assertEqual(len(rows), len(observations))
        for row, one in zip(rows, observations):
            self.assertEqual(row[0].value, one["entry"])
            self.assertEqual(row[1].value.replace(tzinfo=zone), datetime.datetime.fromisoformat(one["at"]))
            self.assertEqual(row[4].value, one["url"])

    def test_entry_numbers_have_no_separators(self):
        _, rows = table_of(self.en["Observations"], "Entry")
        self.assertEqual(rows[0][0].number_format, "0")
        _, rows = table_of(self.full["Evidence"], "Entry")
        self.assertEqual([rows[0][3].value, rows[0][3].number_format], [112000, "0"])
        self.assertEqual(rows[1][3].value, "112000, 112001, 7")

    def test_sheets_come_in_the_order_asked_for(self):
        self.assertEqual(self.full.sheetnames, ["Cover", "Clauses", "Matrix", "Findings", "Gaps", "Timeline", "Drawing data",
                                                "Evidence", "Observations", "Lists"])
        hidden = [sheet.title for sheet in self.full.worksheets if sheet.sheet_state != "visible"]
        self.assertEqual(hidden, ["Drawing data", "Lists"])

    def test_every_sheet_is_protected_without_a_password_and_only_what_is_to_be_filled_in_is_open(self):
        opened = set()
        for sheet in self.full.worksheets:
            self.assertTrue(sheet.protection.sheet, sheet.title)
            self.assertIsNone(sheet.protection.password)
            if sheet.title != "Lists":  # False: not forbidden
                self.assertFalse(sheet.protection.autoFilter or sheet.protection.sort)
                self.assertFalse(sheet.protection.formatColumns or sheet.protection.formatRows)
            opened |= {(sheet.title, cell.column_letter) for row in sheet.iter_rows() for cell in row
                       if not cell.protection.locked}
        self.assertEqual(opened, {("Findings", letter) for letter in "JKLM"})

    def test_columns_to_be_filled_in_say_what_they_take(self):
        sheet = self.full["Findings"]
        first, rows = table_of(sheet, "Obligation")
        self.assertIn("To be filled in, on yellow: Owner, Action, Due, Remark.", sheet["A2"].value)
        last = first + len([row for row in rows if row[0].value])
        rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
        self.assertEqual(set(rules), {f"{letter}{first + 1}:{letter}{last}" for letter in "JKLM"})
        owner, action, due, remark = (rules[f"{letter}{first + 1}:{letter}{last}"] for letter in "JKLM")
        self.assertEqual([owner.type, owner.operator, owner.formula1, owner.prompt],
                         ["textLength", "lessThanOrEqual", "2000", "Who sees to it."])
        self.assertEqual([action.type, action.formula1, action.error],
                         ["list", '"ask the host app,ask the platform,none"', "One from the list."])
        self.assertEqual([due.type, due.operator, due.formula1, due.promptTitle],
                         ["date", "greaterThanOrEqual", "36526", "Due"])
        self.assertEqual([remark.type, remark.formula1], ["list", "'Lists'!$A$1:$A$3"])
        self.assertEqual([self.full["Lists"].cell(row, 1).value for row in (1, 2, 3)], ["a, b", 'c "d"', "=e"])
        for rule in rules.values():
            self.assertTrue(rule.showInputMessage and rule.showErrorMessage)
        self.assertEqual([cell.value for cell in rows[0][9:]],
                         ["=1+1", "ask the platform", datetime.datetime(2022, 1, 24), "a, b"])
        self.assertEqual(rows[0][9].data_type, "s")
        self.assertEqual(rows[0][11].number_format, "yyyy-mm-dd")

    def test_ranges_have_names(self):
        names = {name.name: name.attr_text for name in self.full.defined_names.definedName}
        first, rows = table_of(self.full["Findings"], "Obligation")
        last = first + len([row for row in rows if row[0].value])
        self.assertEqual(names["findings"], f"'Findings'!$A${first + 1}:$M${last}")
        self.assertEqual(names["findings_owner"], f"'Findings'!$J${first + 1}:$J${last}")
        self.assertIn("timeline_outcome", names)
        for name, area in names.items():
            if not name.startswith("_xlnm"):
                self.assertRegex(name, "^[a-z_0-9]+$")
                self.assertRegex(area, r"^'.*'!\$[A-Z]+\$\d+:\$[A-Z]+\$\d+$")

    def test_numbers_are_counted_again_by_formulas_that_hold_them(self):
        _, formulas = table_of(self.full["Clauses"], "Platform")
        _, values = table_of(self.stored["Clauses"], "Platform")
        self.assertEqual(formulas[0][1].value, '=COUNTIFS(findings_platform,"=Taobao",findings_status,"=✓ met")')
        self.assertEqual(formulas[3][3].value,
                         '=COUNTIFS(findings_platform,"=5~* ~~ ""~? =x",findings_status,"=~? undetermined")')
        self.assertRegex(formulas[0][4].value, r"^=SUM\(B\d+,C\d+,D\d+\)$")
        with open(f"{DIRECTORY}/full.json", encoding="utf-8") as file:
            clauses = json.load(file)["tables"]["clauses"]
        for row, one in zip(values, clauses):
            self.assertEqual([cell.value for cell in row[:5]], list(one.values()))

    def test_colours_follow_numbers_and_late_days(self):
        def rules(title):
            return {str(area.sqref): [rule.type for rule in found]
                    for area, found in self.full[title].conditional_formatting._cf_rules.items()}
        self.assertEqual(list(rules("Clauses").values()), [["dataBar"]])
        self.assertEqual(list(rules("Gaps").values()), [["colorScale"]])
        self.assertEqual(len(list(rules("Gaps"))[0].split()), 6)
        due = [rule for found in self.full["Findings"].conditional_formatting._cf_rules.values() for rule in found]
        self.assertEqual([due[0].type, due[0].operator, due[0].formula], ["cellIs", "between", ["1", "DATE(2022,1,27)-1"]])

    def test_charts_are_drawn_from_cells(self):
        with zipfile.ZipFile(f"{DIRECTORY}/full.xlsx") as book:
            charts = [book.read(name).decode("utf-8") for name in sorted(book.namelist()) if name.startswith("xl/charts/")]
        self.assertEqual(len(charts), 3)
        self.assertIn("<a:t> =Findings by platform</a:t>", charts[0])
        first, _ = table_of(self.full["Clauses"], "Platform")
        self.assertIn(f"<c:f>'Clauses'!$C${first + 1}:$C${first + 4}</c:f>", charts[0])
        self.assertIn("<a:t>WeChat</a:t>", charts[1])
        for chart in charts[1:]:
            self.assertNotIn("plotVisOnly", chart)  # what is on the hidden sheet is drawn
            self.assertIn('formatCode="yyyy-mm"', chart)

    def test_pictures_stand_in_their_rows(self):
        sheet = self.full["Evidence"]
        first, _ = table_of(sheet, "Entry")
        with zipfile.ZipFile(f"{DIRECTORY}/full.xlsx") as book:
            drawings = [ElementTree.fromstring(book.read(name)) for name in book.namelist() if "drawings/drawing" in name]
            self.assertEqual(len([name for name in book.namelist() if name.startswith("xl/media/")]), 2)
        rows, described = [], []
        for drawing in drawings:
            for anchor in drawing:
                if anchor.find("{*}pic") is not None:
                    rows.append([int(anchor.find(f"{{*}}{end}/{{*}}row").text) for end in ("from", "to")])
                    described.append(anchor.find(".//{*}cNvPr").get("descr"))
        self.assertEqual(rows, [[0, 0], [first, first], [first + 1, first + 1]])  # each within one row
        self.assertEqual(described, ["Compliance office, Example Holdings", "Screenshot of entry 112000",
                                     "Screenshot of entry 112001"])

    def test_pages_are_set_up(self):
        for sheet in self.en.worksheets:
            self.assertEqual(sheet.page_setup.orientation, "landscape")
            self.assertEqual(int(sheet.page_setup.paperSize), 9)
            self.assertEqual(int(sheet.page_setup.fitToWidth or 1), 1)
            self.assertEqual(int(sheet.page_setup.fitToHeight), 0)
            self.assertTrue(sheet.sheet_properties.pageSetUpPr.fitToPage)
            self.assertIn("Do links open", sheet.oddHeader.left.text)
            self.assertIn("As of 2022-01-27 23:59:59 Asia/Shanghai", sheet.oddFooter.left.text)
            self.assertIn("Page &P of &N", sheet.oddFooter.center.text)
            self.assertIn("112 5d7c6a52", sheet.oddFooter.right.text)
        self.assertIn("第 &P 页，共 &N 页", self.zh["封面"].oddFooter.center.text)

    def test_fonts_show_chinese(self):
        self.assertEqual(self.zh["认定"]["A1"].font.name, "Microsoft YaHei")
        self.assertEqual(self.en["Findings"]["A1"].font.name, "Calibri")

    def test_simulated_is_said_on_every_sheet_and_page(self):
        for sheet in self.simulated.worksheets:
            first_row = [str(cell.value) for cell in sheet[1] if cell.value]
            self.assertEqual(len(first_row), 1, sheet.title)
            self.assertTrue(first_row[0].startswith("SIMULATED 模拟"), sheet.title)
            self.assertIn("SIMULATED 模拟", sheet.oddHeader.center.text)
        for sheet in self.zh.worksheets:
            self.assertFalse(str(sheet["A1"].value).startswith("SIMULATED"))

    def test_odd_values(self):
        _, rows = table_of(self.simulated["Odd values"], "Kind")
        values = {row[0].value: row[1].value for row in rows}
        self.assertEqual(values["nothing"], None)
        self.assertEqual(values["largest"], "9223372036854775807")
        self.assertEqual(values["NaN"], None)
        self.assertEqual(values["real"], 0.1)
        self.assertEqual(values["minus"], -5)
        self.assertEqual(values["yes"], "是")
        self.assertEqual(values["before 1900"], "1874-12-08 02:45:43")
        self.assertEqual(values["milliseconds"], datetime.datetime(2022, 1, 27, 23, 59, 59, 250000))
        self.assertEqual(values["short row"], None)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
