"""A Word template in the making: headings, text, hints and tables. For make_document_templates.py."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import docx
from document_page import element, set_header_and_footer, set_page, set_styles, speak_english
from docx.oxml.ns import qn
from docx.shared import Mm

LINE, TINT = "B9C9C5", "E3EDEA"


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
        self.document.add_paragraph("{{ review.name }}: " + title[0].lower() + title[1:], style="Title")
        self.document.add_paragraph("{{ review.board }}", style="Subtitle")

    def heading(self, text: str, level: int = 1, *, new_page: bool = False) -> None:
        """A heading of this level, on a new page where asked."""
        self.document.add_heading(text, level).paragraph_format.page_break_before = new_page or None

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
        """A value; where there is none, what to write in a draft."""
        self.tag(f"if {value}")
        self.text("{{ " + value + " }}")
        self.tag("elif review.for_the_record")
        self.text("Nothing was recorded.")
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
        row._tr.get_or_add_trPr().append(element("cantSplit"))
        if tall:
            row.height = Mm(14)
        table.add_row().cells[0].text = "{%tr endfor %}"

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
