"""The mailbox of an installation without a mail server."""

from casework.delivery.local_mail import Mailbox
from casework.record.settings import Settings
from casework.record.store import Store
from dashboard.routes.mailbox import with_links
from tests.dashboard.house import House, house, words
from tests.walking import CHAIR, MANAGER, launched

MAIL = (
    b"Message-ID: <1@board.example>\r\nTo: Petra <petra@board.example>\r\nSubject: A stage <opened>\r\n"
    b"Date: Mon, 06 Jan 2020 09:30:00 +0000\r\n\r\nOpen http://testserver/reviews/X. <b>\r\n"
)


def test_what_is_kept_is_read_as_text_with_its_links(home: House) -> None:
    launched(home.store)
    Mailbox(home.app.state.site.settings.mailbox).keep(MAIL)
    browser = home.signed_in(MANAGER)
    listed = browser.get("/mailbox")
    address = listed.text.partition('href="/mailbox/')[2].partition('"')[0]
    page = browser.get(f"/mailbox/{address}")

    assert "A stage <opened> To Petra <petra@board.example> Sent 6 January 2020 at 9:30am" in words(listed)
    assert "Anyone who opens a sign-in link in one of them signs in as that person." in words(listed)
    assert (
        '<a class="govuk-link" href="http://testserver/reviews/X">http://testserver/reviews/X</a>. &lt;b&gt;'
        in page.text
    )


def test_there_is_no_mailbox_where_mail_goes_to_a_server(settings: Settings, store: Store) -> None:
    home = house(Settings(home=settings.home, smtp_host="mail.board.example"), store)
    launched(store)
    browser = home.signed_in(MANAGER)

    assert [browser.get(path).status_code for path in ("/mailbox", f"/mailbox/{'0' * 64}")] == [404, 404]
    assert 'href="/mailbox"' not in browser.get("/").text


def test_a_mail_that_is_not_there_and_a_path_are_not_found(home: House) -> None:
    launched(home.store)
    browser = home.signed_in(MANAGER)

    assert [browser.get(f"/mailbox/{name}").status_code for name in ("0" * 64, "..%2Fkeys.json")] == [404, 404]


def test_the_mailbox_is_not_for_the_chair(home: House) -> None:
    launched(home.store)

    assert home.signed_in(CHAIR).get("/mailbox").status_code == 403


def test_only_addresses_become_links() -> None:
    assert with_links("javascript:alert(1) http://a.example/b?c=d&e, <i>") == (
        'javascript:alert(1) <a class="govuk-link" href="http://a.example/b?c=d&amp;e">'
        "http://a.example/b?c=d&amp;e</a>, &lt;i&gt;"
    )
