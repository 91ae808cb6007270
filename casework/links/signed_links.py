"""Links that open one task for one person: made from what a letter knows already, without a word to the database.

A link says whose it is, which task it opens and when it was issued, in numbers; its signature keeps anybody from
making one. The same letter written twice carries the same link. Whether one still opens anything: see
casework.links.link_state.
"""

import hmac
import re
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from models.kept import LARGEST
from models.vocabulary import TaskKind

PATH = "/answer/"
KINDS = tuple(TaskKind)
SAYS = struct.Struct(">BIIQ")  # the kind's place, the task's number, the person's, microseconds since EPOCH
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
SIGNATURE = 16  # bytes: nobody guesses one of 2 to the power of 128
LENGTH = (SAYS.size + SIGNATURE) * 4 // 3  # of a token; no padding is left over
IN_TEXT = re.compile(rf"{PATH}[A-Za-z0-9_-]{{{LENGTH}}}")
BETWEEN_WORDS = re.compile(r"(\s+)")
KEY_BYTES = 32
LINK, FORM = b"learning-cycle: link to answer by", b"learning-cycle: form behind a link"  # one key for each use


@dataclass(frozen=True)
class LinkTask:
    """One thing that one person is asked: its kind, and the number of the row that it is about."""

    kind: TaskKind
    id: int


@dataclass(frozen=True)
class SignedLink:
    """What a link says, once its signature has been found right."""

    task: LinkTask
    person_id: int
    issued_at: datetime


def answer_link(*, address: str, secret: bytes, task: LinkTask, person_id: int, issued_at: datetime) -> str:
    """The link by which a person answers one task; `issued_at` is the moment from which it counts."""
    return f"{address}{PATH}{token_of(secret, SignedLink(task, person_id, issued_at))}"


def token_of(secret: bytes, link: SignedLink) -> str:
    """A link as it stands in an address: numbers and their signature, in letters that need no escaping."""
    moment = (link.issued_at.astimezone(UTC) - EPOCH) // MICROSECOND
    said = SAYS.pack(KINDS.index(link.task.kind), link.task.id, link.person_id, moment)
    return urlsafe_b64encode(said + signature(secret, said)).decode()


def read_token(secret: bytes, token: str) -> SignedLink | None:
    """What a token says; None for one that was not made here."""
    whole = decoded(token)
    said, signed = whole[: SAYS.size], whole[SAYS.size :]
    if not hmac.compare_digest(signed, signature(secret, said)):
        return None
    place, task_id, person_id, moment = SAYS.unpack(said)
    if place >= len(KINDS) or max(task_id, person_id) > LARGEST:
        return None  # of a later version of the product
    return SignedLink(LinkTask(KINDS[place], task_id), person_id, EPOCH + moment * MICROSECOND)


def without_answer_links(text: str, instead: str) -> str:
    """A letter's text as it may be kept: a link to answer by was for one pair of eyes."""
    return "".join(word_without_link(word, instead) for word in BETWEEN_WORDS.split(text)) if PATH in text else text


def word_without_link(word: str, instead: str) -> str:
    """A word with `instead` for all of it up to the end of its last link; one look at each letter is enough."""
    ends = [found.end() for found in IN_TEXT.finditer(word)]
    return instead + word[ends[-1] :] if ends else word


def decoded(token: str) -> bytes:
    """The bytes of a token; none where it is not one. Each link has one spelling alone."""
    try:
        whole = urlsafe_b64decode(token.encode("ascii"))
    except ValueError:
        return b""
    return whole if urlsafe_b64encode(whole).decode() == token and len(token) == LENGTH else b""


def form_token(secret: bytes, token: str) -> str:
    """What a form behind a link carries, so that only the page which the link opened can send it."""
    return hmac.new(key_for(secret, FORM), token.encode(), "sha256").hexdigest()


def signature(secret: bytes, said: bytes) -> bytes:
    """What nobody can make without the installation's secret."""
    return hmac.new(key_for(secret, LINK), said, "sha256").digest()[:SIGNATURE]


@lru_cache(maxsize=8)
def key_for(secret: bytes, use: bytes) -> bytes:
    """The key for one use, derived from the installation's secret: what is signed for one is nothing to another."""
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=use).derive(secret)
