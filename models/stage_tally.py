"""The open stages counted in advance, so that no page has to count a hundred thousand of them."""

from datetime import date

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel


class StageTally(SQLModel, table=True):
    """How many stages of one kind are open, and for how many of them the deadline lay before the tally's day.

    Triggers on the table of stages keep it, in the transaction that changes a stage; nothing else writes it but what
    rolls it on each morning. The figures of all `part`s add up. SQLite keeps part 0 alone; on PostgreSQL each
    transaction writes a part of its own, numbered as the transaction is, so that none waits for another, until the
    tally is rolled on.
    """

    board: str = Field(primary_key=True, max_length=60)
    type: str = Field(primary_key=True, max_length=60)
    key: str = Field(primary_key=True, max_length=60)
    part: int = Field(primary_key=True, sa_type=BigInteger)
    open_count: int
    overdue_count: int


class StageTallyDay(SQLModel, table=True):
    """The one row that says as of which day overdue stages are tallied; no day before the first morning."""

    id: int = Field(primary_key=True)
    day: date | None = None
