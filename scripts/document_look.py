"""The one look of every Word template: styles, header and footer, tables. Used by make_document_templates.py."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

FONT = "Arial"
BRAND, INK, QUIET = RGBColor(0x1C, 0x5A, 0x52), RGBColor(0x1F, 0x23, 0x22), RGBColor(0x50, 0x5A, 0x5F)
LINE, TINT, PALE = "B9C9C5", "E3EDEA", "F3F6F5"
MARKING, WHO = "OFFICIAL – SENSITIVE", "Restricted: need to know"
MARGIN = Mm(22)

# style: its size, whether it is bold, its colour, points above and below
STYLES = {
    "Normal": (11, False, INK, 0, 6),
    "Title": (24, True, BRAND, 6, 2),
    "Subtitle": (13, False, QUIET, 0, 12),
    "Heading 1": (15, True, BRAND, 18, 6),
    "Heading 2": (12, True, INK, 12, 4),
    "List Bullet": (11, False, INK, 0, 4),
    "Header": (9, False, QUIET, 0, 0),
    "Footer": (9, False, QUIET, 0, 0),
}


def element(name: str, **attributes: str) -> Any:
    """An element of WordprocessingML with its attributes, all in the namespace w."""
    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


class Template:
    """A Word template in the making. Text in double curly brackets is filled in when a document is made."""

    def __init__(self, title: str, *, landscape: bool = False) -> None:
        self.document = docx.Document()
        self.title = title
        speak_english(self.document)
        set_styles(self.document)
        width = set_page(self.document.sections[0], landscape=landscape)
        set_header_and_footer(self.document.sections[0], title, width)
        self.width = width
        self.document.core_properties.title = title
        self.document.core_properties.author = ""
        self.document.core_properties.comments = ""
        self.document.add_paragraph("{{ review.name }}: " + title.lower(), style="Title")
        self.document.add_paragraph("{{ review.board }}", style="Subtitle")

    def heading(self, text: str, level: int = 1) -> None:
        """A heading of this level."""
        self.document.add_heading(text, level)

    def text(self, *texts: str) -> None:
        """Paragraphs."""
        for text in texts:
            self.document.add_paragraph(text)

    def bullets(self, *texts: str) -> None:
        """A bulleted list."""
        for text in texts:
            self.document.add_paragraph(text, style="List Bullet")

    def callout(self, text: str) -> None:
        """A paragraph that stands out."""
        self.document.add_paragraph(text, style="Callout")

    def hint(self, text: str) -> None:
        """What a person has to write here."""
        self.document.add_paragraph(f"[{text}]", style="Hint")

    def either(self, value: str, hint: str) -> None:
        """A recorded value, or what to write where there is none."""
        self.tag(f"if {value}")
        self.text("{{ " + value + " }}")
        self.tag("else")
        self.hint(hint)
        self.tag("endif")

    def tag(self, words: str) -> None:
        """A paragraph with a Jinja tag; it leaves no trace in the document."""
        self.document.add_paragraph("{%p " + words + " %}")

    @contextmanager
    def when(self, condition: str) -> Iterator[None]:
        """What stands only where a condition holds."""
        self.tag(f"if {condition}")
        yield
        self.tag("endif")

    @contextmanager
    def each(self, loop: str) -> Iterator[None]:
        """What stands once for each: "agency in review.agencies"."""
        self.tag(f"for {loop}")
        yield
        self.tag("endfor")

    def facts(self, *pairs: tuple[str, str]) -> None:
        """A table of what identifies the document: its first column are headings."""
        table = self.new_table(2, "What this document belongs to", (0.28, 0.72), heads="firstColumn")
        for label, value in pairs:
            cells = table.add_row().cells
            fill(cells[0], label, bold=True)
            fill(cells[1], value)
        self.document.add_paragraph()

    def table(
        self,
        name: str,
        heads: Sequence[str],
        shares: Sequence[float],
        loop: str,
        cells: Sequence[str],
        *,
        tall: bool = False,
    ) -> None:
        """A table with a row for each of `loop`, its header repeated on every page; `tall` leaves room to write."""
        table = self.new_table(len(heads), name, shares, heads="firstRow")
        for cell, head in zip(table.add_row().cells, heads, strict=True):
            fill(cell, head, bold=True)
            cell._tc.get_or_add_tcPr().append(element("shd", val="clear", color="auto", fill=TINT))
        table.rows[0]._tr.get_or_add_trPr().extend([element("cantSplit"), element("tblHeader")])
        table.add_row().cells[0].text = "{%tr for " + loop + " %}"
        row = table.add_row()
        for cell, value in zip(row.cells, cells, strict=True):
            fill(cell, value)
        if tall:
            row.height = Mm(14)
        table.add_row().cells[0].text = "{%tr endfor %}"
        self.document.add_paragraph()

    def new_table(self, columns: int, name: str, shares: Sequence[float], *, heads: str) -> Any:
        """An empty table with ruled lines, whose name a screen reader can read."""
        table = self.document.add_table(0, columns)
        table.autofit = False
        for column, share in zip(table.columns, shares, strict=True):
            column.width = int(self.width * share)
        properties = table._tbl.tblPr
        properties.remove(properties.find(qn("w:tblLook")))
        marks = {"firstRow": "0", "firstColumn": "0"} | {heads: "1"}
        layout = properties.find(qn("w:tblLayout"))
        layout.addprevious(ruled())  # the order of these elements is laid down
        layout.addnext(padded())
        properties.append(element("tblLook", lastRow="0", lastColumn="0", noHBand="1", noVBand="1", **marks))
        properties.append(element("tblCaption", val=name))
        return table

    def save(self, path: Path) -> None:
        """Write the template."""
        self.document.save(str(path))


def fill(cell: Any, text: str, *, bold: bool = False) -> None:
    """The text of a cell."""
    paragraph = cell.paragraphs[0]
    paragraph.style = "Table Text"
    paragraph.add_run(text).bold = bold or None


def ruled() -> Any:
    """Thin lines between the rows, and a stronger one above and below."""
    borders = element("tblBorders")
    for side, size in (("top", "8"), ("bottom", "8"), ("insideH", "4")):
        borders.append(element(side, val="single", sz=size, space="0", color=LINE))
    return borders


def padded() -> Any:
    """Room around the text of a cell, in twentieths of a point."""
    margins = element("tblCellMar")
    for side, width in (("top", "50"), ("left", "90"), ("bottom", "50"), ("right", "90")):
        margins.append(element(side, w=width, type="dxa"))
    return margins


def speak_english(document: Any) -> None:
    """Say that the language is British English, for spelling and for screen readers."""
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    for language in document.settings.element.iter(qn("w:themeFontLang")):
        language.set(qn("w:val"), "en-GB")
    document.core_properties.language = "en-GB"


def set_styles(document: Any) -> None:
    """The styles of every template."""
    for name, look in STYLES.items():
        set_style(document.styles[name], *look)
    document.styles["Normal"].paragraph_format.line_spacing = 1.15
    table_text = document.styles.add_style("Table Text", WD_STYLE_TYPE.PARAGRAPH)
    table_text.base_style = document.styles["Normal"]
    set_style(table_text, 10, False, INK, 0, 3)
    hint = document.styles.add_style("Hint", WD_STYLE_TYPE.PARAGRAPH)
    hint.base_style = document.styles["Normal"]
    set_style(hint, 11, False, QUIET, 0, 10)
    hint.font.italic = True
    callout = document.styles.add_style("Callout", WD_STYLE_TYPE.PARAGRAPH)
    callout.base_style = document.styles["Normal"]
    set_style(callout, 11, False, INK, 6, 12)
    stand_out(callout)


def set_style(style: Any, size: int, bold: bool, colour: RGBColor, before: int, after: int) -> None:
    """One style: the same letters everywhere, whatever the theme says."""
    style.font.size, style.font.bold, style.font.italic, style.font.color.rgb = Pt(size), bold, False, colour
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    properties = style.element.get_or_add_pPr()
    for border in properties.findall(qn("w:pBdr")):
        properties.remove(border)


def stand_out(style: Any) -> None:
    """A line at the left and a pale ground."""
    properties = style.element.get_or_add_pPr()
    border = element("pBdr")
    border.append(element("left", val="single", sz="24", space="8", color=str(BRAND)))
    shade = element("shd", val="clear", color="auto", fill=PALE)
    properties.insert_element_before(border, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")
    properties.insert_element_before(shade, "w:tabs", "w:spacing", "w:ind", "w:jc")
    style.paragraph_format.left_indent = Mm(4)


def set_page(section: Any, *, landscape: bool) -> int:
    """A4 with even margins; returns the width between them."""
    width, height = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = width, height
    section.left_margin = section.right_margin = section.bottom_margin = MARGIN
    section.top_margin = Mm(28)
    section.header_distance = section.footer_distance = Mm(11)
    return int(width - 2 * MARGIN)


def set_header_and_footer(section: Any, title: str, width: int) -> None:
    """Whose document it is and how it is marked above, what it is and the page below."""
    above = section.header.paragraphs[0]
    to_the_right(above, width)
    above.add_run("{{ review.board }}")
    above.add_run(f"\t{MARKING}").bold = True
    second = section.header.add_paragraph(style="Header")
    to_the_right(second, width)
    second.add_run("{{ review.reference }}\t" + WHO)
    below = section.footer.paragraphs[0]
    to_the_right(below, width)
    below.add_run(f"{title}, draft of " + "{{ review.made_on }}\tPage ")
    add_field(below, "PAGE")
    below.add_run(" of ")
    add_field(below, "NUMPAGES")


def to_the_right(paragraph: Any, width: int) -> None:
    """What follows a tab stands at the right margin; the style's own stops are taken away."""
    stops = paragraph.paragraph_format.tab_stops
    for stop in paragraph.style.paragraph_format.tab_stops:
        stops.add_tab_stop(stop.position, WD_TAB_ALIGNMENT.CLEAR)
    stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT)


def add_field(paragraph: Any, name: str) -> None:
    """A number that the word processor fills in."""
    field = element("fldSimple", instr=name)
    run, text = element("r"), element("t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)
