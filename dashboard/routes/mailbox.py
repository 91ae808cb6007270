"""What the local mail server has kept, where there is no other; sign-in links are in it."""

import re

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from markupsafe import Markup, escape

from casework.delivery.local_mail import kept_mail, kept_mail_by_id
from casework.people.roles import boards_in_use
from dashboard.security import Visiting
from dashboard.site import Visit
from models.errors import NotAllowed, NotFound

router = APIRouter()
LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]")


@router.get("/mailbox")
def mailbox(visit: Visiting) -> HTMLResponse:
    """The e-mails kept, the newest first."""
    check_may_read(visit)
    return visit.page("mailbox.html", visit.frame("mailbox"), kept=kept_mail(visit.site.settings))


@router.get("/mailbox/{mail_id}")
def mail(visit: Visiting, mail_id: str) -> HTMLResponse:
    """One e-mail as text, its links to be followed."""
    check_may_read(visit)
    kept = kept_mail_by_id(visit.site.settings, mail_id)
    return visit.page("mail.html", visit.frame("mailbox"), kept=kept, text=with_links(kept.text))


def check_may_read(visit: Visit) -> None:
    """Raises NotFound where mail goes to a real server, NotAllowed for anybody but the manager of all boards here."""
    if not visit.site.settings.mail_is_local:
        raise NotFound("E-mails go to the mail server of this installation; none are kept here.")
    with visit.reading() as session:
        manages_all = bool(visit.manages) and boards_in_use(session) <= set(visit.manages)
    if not manages_all:
        raise NotAllowed(
            "Only a business manager of every board here can see the mailbox, because its links sign people in."
        )


def with_links(text: str) -> Markup:
    """A text with its addresses as links, everything else escaped."""
    parts, end = [], 0
    for found in LINK.finditer(text):
        parts += [escape(text[end : found.start()]), link(found[0])]
        end = found.end()
    return Markup("").join([*parts, escape(text[end:])])


def link(address: str) -> Markup:
    """One link."""
    return Markup('<a class="govuk-link" href="{0}">{0}</a>').format(address)
