"""Why no conversation with a mail server comes about."""

import smtplib
import ssl

from casework.mail.mail_errors import in_short
from models.vocabulary import OutageCause


class LogInRefused(OSError):
    """Raised when the server does not accept user and password."""


def cause_of(trouble: Exception) -> OutageCause:
    """Why no conversation came about. Where encryption is asked for, a server without it is one not to trust."""
    if isinstance(trouble, LogInRefused):
        return OutageCause.LOG_IN
    if isinstance(trouble, (ssl.SSLError, smtplib.SMTPNotSupportedError)):
        return OutageCause.UNTRUSTED
    return OutageCause.UNREACHABLE


def words_of(trouble: Exception) -> str:
    """What the server said, or else what the machine says about the connection."""
    if isinstance(trouble, smtplib.SMTPResponseException):
        error = trouble.smtp_error
        return f"{trouble.smtp_code} {in_short(error)}"
    return in_short(str(trouble) or type(trouble).__name__)
