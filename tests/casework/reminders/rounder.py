"""A process that makes one round, at a moment that it is told to wait for; its settings come from the environment."""

import sys
from datetime import date, datetime

from casework.record.settings import Settings
from casework.record.store import open_store
from casework.reminders.rounds import escalate, remind


def main(name: str, on: str, now: str) -> None:
    """Say that all is ready, wait for a line, and make the round."""
    store = open_store(Settings(), migrate=False)
    say("ready")
    sys.stdin.readline()
    make = {"remind": remind, "escalate": escalate}[name]
    say(str(make(store, on=date.fromisoformat(on), now=datetime.fromisoformat(now)).queued))


def say(words: str) -> None:
    """Write a line for the test."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
