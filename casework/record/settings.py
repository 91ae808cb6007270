"""Where the product lives and how it reaches the outside: environment variables, all `LEARNING_CYCLE_...`."""

import os
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from models.errors import LearningCycleError

Port = Annotated[int, Field(ge=0, le=65_535)]


class SettingsWrong(LearningCycleError):
    """Raised when an environment variable of the product has a value that it cannot have; one line for each."""


def data_directory() -> Path:
    """The user's data directory of this operating system, as the XDG rules give it where there are any."""
    if os.name == "nt":
        return Path(os.environ["LOCALAPPDATA"])
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")


class Settings(BaseSettings):
    """One installation. Every field is an environment variable with the prefix `LEARNING_CYCLE_`."""

    model_config = SettingsConfigDict(env_prefix="LEARNING_CYCLE_", env_ignore_empty=True, frozen=True)

    home: Path = Field(default_factory=lambda: data_directory() / "learning-cycle")
    boards: Path = Path(__file__).resolve().parents[2] / "deployments" / "boards"
    database_url: str | None = None
    prefect_database_url: SecretStr | None = None
    prefect_shows_dates: bool | None = None

    host: str = "127.0.0.1"
    port: Port = 8770
    prefect_port: Port = 8771
    local_mail_port: Port = 8772
    public_url: str | None = None

    smtp_host: str | None = None
    smtp_port: Port = 587
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    smtp_user: str | None = None
    smtp_password: SecretStr | None = None
    smtp_ca_file: Path | None = None
    mail_from: str = "learning-cycle@localhost.localdomain"

    def __init__(self, **given: Any) -> None:
        """Read the environment; raises SettingsWrong."""
        try:
            super().__init__(**given)
        except ValidationError as wrong:
            said = [f"{variable(error['loc'])}: {error['msg'].rstrip('.')}." for error in wrong.errors()]
            raise SettingsWrong("\n".join([*said, "Correct this in the environment and start again."])) from None

    @cached_property
    def database(self) -> str:
        """The address of the domain database: SQLite in the home folder unless one is named."""
        return self.database_url or f"sqlite:///{self.home / 'learning-cycle.db'}"

    @property
    def address(self) -> str:
        """The dashboard's address as people reach it, without a slash at the end."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def prefect_address(self) -> str:
        """Where the product's own Prefect server has its API."""
        return f"http://127.0.0.1:{self.prefect_port}/api"

    def shows_dates_in(self, prefect_address: str) -> bool:
        """Whether the Prefect server there is shown the stages of a review and the days they are due on.

        The product's own is, any other only where the operator has said so.
        """
        return self.prefect_address == prefect_address if self.prefect_shows_dates is None else self.prefect_shows_dates

    @property
    def mail_is_local(self) -> bool:
        """Whether no mail server is configured, so that the local one keeps what is sent."""
        return self.smtp_host is None

    @property
    def mailbox(self) -> Path:
        """The folder in which the local mail server keeps what was sent, one file a message."""
        return self.home / "mailbox"


def variable(place: tuple[int | str, ...]) -> str:
    """The environment variable of a setting; what it was set to is not said again, for some are passwords."""
    return f"LEARNING_CYCLE_{str(place[0]).upper()}"
