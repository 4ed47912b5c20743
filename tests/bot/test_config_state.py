"""Where the state is, a file or PostgreSQL, as the environment says it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.config import load_config
from bot.errors import ConfigurationError


@pytest.mark.parametrize(
    ("text", "file"),
    [
        ("sqlite:////var/lib/daybook/state.sqlite", "/var/lib/daybook/state.sqlite"),
        ("sqlite:///state.sqlite", "state.sqlite"),
        ("sqlite:////with space/ä.db", "/with space/ä.db"),
    ],
)
def test_the_state_may_be_a_file(text: str, file: str) -> None:
    state = load_config({"DAYBOOK_STATE": text}).state
    assert state
    assert (state.file, state.url) == (Path(file), None)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "postgresql://ada:p%40ss@db.example:5433/daybook",
            "postgresql://ada@db.example:5433/daybook",
        ),
        ("postgres://db/daybook?sslmode=require&password=p%40ss", "postgres://db/daybook"),
        ("postgresql:///daybook?host=/var/run/postgresql", "postgresql:///daybook"),
        ("postgresql://[::1]/daybook", "postgresql://[::1]/daybook"),
    ],
)
def test_the_state_may_be_postgres_and_its_password_is_not_shown(text: str, shown: str) -> None:
    state = load_config({"DAYBOOK_STATE": text}).state
    assert state
    assert state.url
    assert state.url.reveal() == text
    assert str(state) == shown
    assert "p%40ss" not in repr(state)


def test_a_password_of_the_state_is_a_secret_as_it_is_written_and_as_it_is() -> None:
    config = load_config({"DAYBOOK_STATE": "postgresql://ada:p%40ss@db/daybook"})
    assert [secret.reveal() for secret in config.secrets] == ["p%40ss", "p@ss"]


@pytest.mark.parametrize(
    "text",
    [
        "sqlite://",
        "sqlite:///",
        "sqlite:////var/lib/",
        "sqlite:///:memory:",
        "sqlite:///a?mode=ro",
        "sqlite:///a\0b",
        "/var/lib/daybook.sqlite",
        "mysql://ada:p4ssw0rd@db/daybook",
        "postgresql://",
        "postgresql:///daybook",
        "postgresql://ada:p4ssw0rd@db",
        "postgresql://ada:p4ssw0rd@db/",
        "postgresql://ada:p4ssw0rd@db:99999/daybook",
        "postgresql://ada:p4ss#w0rd@db/daybook",
        "postgresql://ada:p4ss w0rd@db/daybook",
    ],
)
def test_a_state_that_cannot_be_is_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(ConfigurationError, match=r"^DAYBOOK_STATE: ") as raised:
        load_config({"DAYBOOK_STATE": text})
    assert "p4ss" not in raised.value.message


@pytest.mark.parametrize("environment", [{}, {"DAYBOOK_STATE": ""}])
def test_without_a_state_it_is_in_the_users_data_directory(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    config = load_config(environment)
    assert config.state is None
    assert config.state_or_default.file == tmp_path / "daybook" / "state.sqlite"
