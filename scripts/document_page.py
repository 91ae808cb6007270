"""The page of every Word template: styles, size, header and footer. For make_document_templates.py."""

from typing import Any

from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

FONT = "Arial"
BRAND, INK, QUIET = RGBColor(0x1C, 0x5A, 0x52), RGBColor(0x1F, 0x23, 0x22), RGBColor(0x50, 0x5A, 0x5F)
PALE = "F3F6F5"
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
    set_style(callout, 11, False, INK, 14, 12)
    stand_out(callout)


def set_style(style: Any, size: int, bold: bool, colour: RGBColor, before: int, after: int) -> None:
    """One style: the same letters everywhere, whatever the theme says."""
    style.font.size, style.font.bold, style.font.italic, style.font.color.rgb = Pt(size), bold, False, colour
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    if style.name in ("Title", "Subtitle"):
        drop(style.element.get_or_add_pPr(), "w:pBdr", "w:numPr")
        drop(style.element.get_or_add_rPr(), "w:spacing", "w:kern")


def drop(properties: Any, *names: str) -> None:
    """Take these properties away, wherever they stand in Word's own style."""
    for found in [child for name in names for child in properties.findall(qn(name))]:
        properties.remove(found)


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
    below.add_run(f"{title}, " + "{{ review.standing }}\tPage ")
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
