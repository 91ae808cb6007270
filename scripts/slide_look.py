"""The PowerPoint template in its first form: the look of the Word templates. For make_document_templates.py."""

from pathlib import Path
from typing import Any

from lxml import etree  # type: ignore[import-untyped] # it carries no types
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE, PP_PLACEHOLDER
from pptx.oxml.ns import qn
from pptx.util import Mm

WIDTH, HEIGHT, EDGE = Mm(338.7), Mm(190.5), Mm(20)
BRAND, INK = "1C5A52", "1F2322"
FONT = "Arial"
MARKING = "For the practitioner workshop: check that nobody can be identified"
LETTERS = (
    '<a:lstStyle xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:lvl1pPr marL="0" indent="0" algn="{side}"><a:spcBef><a:spcPts val="1200"/></a:spcBef><a:buNone/>'
    '<a:defRPr sz="{size}" lang="en-GB"><a:latin typeface="Arial"/></a:defRPr></a:lvl1pPr></a:lstStyle>'
)
BREADTH = WIDTH - 2 * EDGE

# layout: where its title and its text stand (top, height), and how large their letters are
PLACES = {
    "Title Slide": ((Mm(50), Mm(45), 40), (Mm(100), Mm(40), 22)),
    "Title and Content": ((Mm(18), Mm(26), 30), (Mm(48), Mm(112), 26)),
    "Section Header": ((Mm(18), Mm(26), 24), (Mm(48), Mm(112), 36)),
}


def make_slides(path: Path) -> None:
    """Write the template of the slides."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    drop_layouts(deck)
    set_fonts(deck.slide_master)
    arrange(deck.slide_master, *PLACES["Title and Content"])
    for layout in deck.slide_layouts:
        arrange(layout, *PLACES[layout.name])
    band(deck)
    for part in (deck, deck.slide_master, *deck.slide_layouts):
        speak_english(part.element)
    deck.save(str(path))


def drop_layouts(deck: Any) -> None:
    """Keep the layouts that are used: for the title, for a list, for one message."""
    for layout in list(deck.slide_layouts):
        if layout.name not in PLACES:
            deck.slide_layouts.remove(layout)


def set_fonts(master: Any) -> None:
    """One typeface, whatever the theme says, and the colours of the Word templates."""
    styles = master._element.find(qn("p:txStyles"))
    for name, colour in (("p:titleStyle", BRAND), ("p:bodyStyle", INK)):
        for level in styles.find(qn(name)).iter(qn("a:defRPr")):
            for child in list(level):
                level.remove(child)
            fill = etree.SubElement(etree.SubElement(level, qn("a:solidFill")), qn("a:srgbClr"))
            fill.set("val", colour)
            etree.SubElement(level, qn("a:latin")).set("typeface", FONT)
            level.set("b", "1" if name == "p:titleStyle" else "0")


def arrange(page: Any, title: tuple[int, int, int], text: tuple[int, int, int]) -> None:
    """Put title, text, footer and number of a master or layout in their places."""
    for shape in list(page.placeholders):
        kind = shape.placeholder_format.type
        if kind in (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE):
            put(shape, EDGE, title[0], BREADTH, title[1], title[2])
        elif kind in (PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.SUBTITLE):
            put(shape, EDGE, text[0], BREADTH, text[1], text[2])
        elif kind is PP_PLACEHOLDER.FOOTER:
            put(shape, EDGE, Mm(172), Mm(200), Mm(10), 12)
            shape.text_frame.text = MARKING
        elif kind is PP_PLACEHOLDER.SLIDE_NUMBER:
            put(shape, WIDTH - EDGE - Mm(40), Mm(172), Mm(40), Mm(10), 12)
        else:
            shape._element.getparent().remove(shape._element)


def put(shape: Any, left: int, top: int, width: int, height: int, size: int) -> None:
    """Place a shape, and give its letters their size on every slide that has it."""
    shape.left, shape.top, shape.width, shape.height = int(left), int(top), int(width), int(height)
    body = shape.text_frame._txBody
    body.remove(body.find(qn("a:lstStyle")))
    right = shape.placeholder_format.type is PP_PLACEHOLDER.SLIDE_NUMBER
    body.insert(1, etree.fromstring(LETTERS.format(side="r" if right else "l", size=size * 100)))
    body.find(qn("a:bodyPr")).set("anchor", "t")


def speak_english(element: Any) -> None:
    """Say that the language is British English."""
    for marked in element.iter():
        if "lang" in marked.attrib:
            marked.set("lang", "en-GB")


def band(deck: Any) -> None:
    """A band of colour at the top of every slide; it says nothing, so a screen reader passes over it."""
    page = deck.slides.add_slide(
        deck.slide_layouts[0]
    )  # only a slide can have a new shape: it is drawn there and moved
    shape = page.shapes.add_shape(MSO_SHAPE.RECTANGLE, 0, 0, WIDTH, Mm(6))
    shape.fill.solid()
    shape.fill.fore_color.rgb = RGBColor.from_string(BRAND)  # type: ignore[no-untyped-call] # it has no types
    shape.line.fill.background()
    shape._element.remove(shape._element.find(qn("p:style")))  # it would cast a shadow
    deck.slide_master.shapes._spTree.insert(2, shape._element)
    listed = deck.slides._sldIdLst
    deck.part.drop_rel(listed[0].rId)
    listed.remove(listed[0])
