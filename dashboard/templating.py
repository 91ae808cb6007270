"""The pages: their Jinja2 environment, its filters, and the frame in which every page stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

import jinja2

from casework.clock.wording import day, day_at_time
from casework.reviews.files import LARGEST_FILE
from dashboard.clocks import clock
from dashboard.mistakes import Problem

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"

# what GOV.UK's page template and banner ask for by bare name and do without; any other unknown name is a slip of ours
OPTIONAL_NAMES = (
    *("htmlLang", "htmlClasses", "pageTitleLang", "assetPath", "assetUrl", "opengraphImageUrl", "cspNonce"),
    *("bodyClasses", "bodyAttributes", "headerClasses", "headerAttributes", "serviceName", "serviceUrl"),
    *("containerClasses", "containerAttributes", "mainClasses", "mainLang", "mainAttributes"),
    *("footerClasses", "footerAttributes"),
    *("successBanner", "typeClass"),  # of a notification banner that tells of no success
)


class Undefined(jinja2.ChainableUndefined):
    """Strict for names and attributes, so that a slip in a page fails; a dict may lack a key.

    The GOV.UK components take one dict of parameters, nearly all of them optional, and ask for each by key.
    """

    def __new__(
        cls,
        hint: str | None = None,
        obj: object = jinja2.utils.missing,
        name: str | None = None,
        exc: type[jinja2.TemplateRuntimeError] = jinja2.UndefinedError,
    ) -> "Undefined":
        absent = name is None or name == "caller" or isinstance(obj, Mapping)
        if absent:
            return super().__new__(cls)
        return cast("Undefined", jinja2.StrictUndefined(hint, obj, name, exc))


@dataclass(frozen=True)
class Section:
    """One entry of the navigation."""

    key: str
    title: str
    href: str


REVIEWS = Section("reviews", "Reviews", "/")
BOARDS = Section("boards", "Boards", "/boards")
CALENDAR = Section("calendar", "My calendar", "/calendar")
AGENCY = Section("agency", "My agency", "/agency")
LAUNCH = Section("launch", "Launch a review", "/launch")
LETTERS = Section("letters", "Letters", "/letters")
OUTBOX = Section("outbox", "Outbox", "/outbox")
MAILBOX = Section("mailbox", "Mailbox", "/mailbox")


@dataclass(frozen=True)
class Frame:
    """What surrounds every page: who is signed in, on which board, and what the page has to tell them.

    `section` is the key of the navigation entry to mark; `person` is empty for somebody not signed in, who gets no
    navigation; `on_a_board` says that they hold a role on one, `manages` that they are its business manager,
    `leads_agency` that they are an agency’s safeguarding lead; `success` is what a finished act says of itself;
    `problems` make the error summary; `troubles` are what is the matter with the installation. `alone` is the page of
    somebody who came by a link from a letter: nothing on it leads into the product.
    """

    csp_nonce: str
    board: str = ""
    person: str = ""
    csrf_token: str = ""
    section: str = ""
    on_a_board: bool = False
    manages: bool = False
    leads_agency: bool = False
    mail_is_local: bool = False
    demonstration: bool = False
    success: str = ""
    problems: tuple[Problem, ...] = ()
    troubles: tuple[str, ...] = ()
    alone: bool = False

    @property
    def sections(self) -> tuple[Section, ...]:
        """The navigation of this person: only what is theirs to open."""
        shown = (
            (REVIEWS, True),
            (CALENDAR, True),
            (AGENCY, self.leads_agency),
            (BOARDS, self.on_a_board),
            (LAUNCH, self.manages),
            (LETTERS, self.manages),
            (OUTBOX, self.manages),
            (MAILBOX, self.manages and self.mail_is_local),  # only the local mail server keeps what is sent
        )
        return tuple(section for section, theirs in shown if self.person and theirs)


@cache
def environment() -> jinja2.Environment:
    """The one environment of all pages: escapes everything, fails on unknown names."""
    components = jinja2.PackageLoader("govuk_frontend_jinja")
    environment = jinja2.Environment(
        loader=jinja2.ChoiceLoader(
            [jinja2.FileSystemLoader(TEMPLATES), jinja2.PrefixLoader({"govuk_frontend_jinja": components})]
        ),
        autoescape=True,
        undefined=Undefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(day=day, moment=day_at_time)
    environment.globals.update(dict.fromkeys(OPTIONAL_NAMES, ""), clock=clock, largest_file=LARGEST_FILE)
    environment.globals.update(undefined=Undefined(), null=None)  # GOV.UK's components compare with these
    return environment


def render(name: str, **context: object) -> str:
    """One page as HTML; `name` is the template's path under templates/, such as 'pages/reviews.html'.

    Raises jinja2.UndefinedError when the page asks for something that is not in `context`.
    """
    return environment().get_template(name).render(context)
