"""The environment, read once: each variable's good values, and the sentence for each bad one."""

from __future__ import annotations

import logging
import os
import pickle
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.config import Config, load_config
from bot.errors import ConfigurationError
from bot.rate import Rate
from bot.settings import Address, Secret


def packs(environment: dict[str, str]) -> list[str]:
    return [path.stem for path in load_config(environment).packs]


# -- DAYBOOK_PACKS --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("environment", "names"),
    [
        ({}, ["leon-trotsky", "nobel-laureates"]),
        ({"DAYBOOK_PACKS": ""}, []),
        ({"DAYBOOK_PACKS": "  "}, []),
        ({"DAYBOOK_PACKS": ","}, []),
        ({"DAYBOOK_PACKS": "leon-trotsky"}, ["leon-trotsky"]),
        ({"DAYBOOK_PACKS": "nobel-laureates,leon-trotsky"}, ["nobel-laureates", "leon-trotsky"]),
        (
            {"DAYBOOK_PACKS": " leon-trotsky , nobel-laureates, "},
            ["leon-trotsky", "nobel-laureates"],
        ),
        ({"DAYBOOK_PACKS": "leon-trotsky,leon-trotsky"}, ["leon-trotsky"]),
    ],
)
def test_built_in_packs_are_those_named_or_all(
    environment: dict[str, str], names: list[str]
) -> None:
    assert packs(environment) == names


# -- DAYBOOK_KNOWLEDGE ----------------------------------------------------------------------------


def test_knowledge_files_are_added_behind_the_built_in_packs_in_order(tmp_path: Path) -> None:
    first, second = tmp_path / "first.toml", tmp_path / "second with space.jsonl"
    first.touch()
    second.touch()
    environment = {
        "DAYBOOK_PACKS": "leon-trotsky",
        "DAYBOOK_KNOWLEDGE": f"{second}{os.pathsep}{first}{os.pathsep}",
    }
    assert packs(environment) == ["leon-trotsky", "second with space", "first"]


def test_a_folder_may_be_a_pack(tmp_path: Path) -> None:
    assert load_config({"DAYBOOK_PACKS": "", "DAYBOOK_KNOWLEDGE": str(tmp_path)}).packs == (
        tmp_path,
    )


# -- DAYBOOK_ZONE, DAYBOOK_LOG --------------------------------------------------------------------


@pytest.mark.parametrize("name", ["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires"])
def test_a_zone_is_an_iana_zone(name: str) -> None:
    assert str(load_config({"DAYBOOK_ZONE": name}).zone) == name


@pytest.mark.parametrize("environment", [{}, {"DAYBOOK_ZONE": ""}])
def test_without_a_zone_there_is_none(environment: dict[str, str]) -> None:
    assert load_config(environment).zone is None


@pytest.mark.parametrize(
    ("value", "level"),
    [
        ("debug", logging.DEBUG),
        ("INFO", logging.INFO),
        ("Warning", logging.WARNING),
        ("eRRoR", logging.ERROR),
        ("", None),
    ],
)
def test_a_log_level_is_a_word_in_any_case(value: str, level: int | None) -> None:
    assert load_config({"DAYBOOK_LOG": value}).log_level == level


def test_an_empty_environment_is_a_good_one() -> None:
    assert load_config({}).log_level is None


def test_what_is_not_ours_is_left_alone() -> None:
    assert load_config({"PATH": "x", "LANG": "C", "DAYBOOKS_ZONE": "nowhere"}) == load_config({})


# -- tokens ---------------------------------------------------------------------------------------

TELEGRAM = "7311840265:AAF4q-Zt_9wLkXo2mVb8RsYd1NcJ6hUePg0"
DISCORD = "MTE4NzQwMjk5NTUxMzM3NDcy.GhT3xQ.k2Vd9-fLq_0aYw7RzUcXb5NmJt8eHs1oPgiKv4"


def discord_token(environment: dict[str, str]) -> str:
    settings = load_config(environment).discord
    assert settings is not None
    return settings.token.reveal()


def telegram_token(environment: dict[str, str]) -> str:
    settings = load_config(environment).telegram
    assert settings is not None
    return settings.token.reveal()


@pytest.mark.parametrize("token", [DISCORD, "test-token", "a", "token=with=padding==", "1.2.3"])
def test_a_token_of_discord_may_look_like_anything_that_a_server_takes(token: str) -> None:
    assert discord_token({"DISCORD_TOKEN": token}) == token


@pytest.mark.parametrize("token", [TELEGRAM, "123456:TEST-token_1", "token", "1:a"])
def test_a_token_of_telegram_may_look_like_anything_that_a_server_takes(token: str) -> None:
    assert telegram_token({"TELEGRAM_TOKEN": token}) == token


@pytest.mark.parametrize("platform", ["DISCORD", "TELEGRAM"])
@pytest.mark.parametrize("content", ["", "\n", "  \n", "\r\n\r\n"])
def test_an_empty_file_counts_as_unset(tmp_path: Path, platform: str, content: str) -> None:
    file = tmp_path / "token"
    file.write_text(content, "utf-8")
    config = load_config({f"{platform}_TOKEN_FILE": str(file), f"{platform}_TOKEN": ""})
    assert (config.discord, config.telegram, config.warnings) == (None, None, ())


@pytest.mark.parametrize("content", ["{}", "{}\n", "{}\r\n", "\ufeff{}\n"])
def test_a_file_holds_a_token_on_its_line(tmp_path: Path, content: str) -> None:
    file = tmp_path / "token"
    file.write_bytes(content.format(DISCORD).encode())
    file.chmod(0o600)
    environment = {"DISCORD_TOKEN_FILE": str(file)}
    assert discord_token(environment) == DISCORD
    assert load_config(environment).warnings == ()


def test_an_empty_file_beside_a_variable_leaves_the_variable(tmp_path: Path) -> None:
    (tmp_path / "token").touch()
    environment = {"DISCORD_TOKEN_FILE": str(tmp_path / "token"), "DISCORD_TOKEN": DISCORD}
    assert discord_token(environment) == DISCORD


@pytest.mark.skipif(os.name != "posix", reason="who may read a file is kept elsewhere")
@pytest.mark.parametrize(
    ("mode", "warns"), [(0o600, False), (0o400, False), (0o640, True), (0o604, True), (0o644, True)]
)
def test_a_file_that_others_may_read_is_a_warning(tmp_path: Path, mode: int, warns: bool) -> None:
    file = tmp_path / "token"
    file.write_text(TELEGRAM, "utf-8")
    file.chmod(mode)
    config = load_config({"TELEGRAM_TOKEN_FILE": str(file)})
    assert [warning.startswith("TELEGRAM_TOKEN_FILE: ") for warning in config.warnings] == (
        [True] if warns else []
    )


def test_every_secret_is_known_for_the_log() -> None:
    config = load_config({"DISCORD_TOKEN": DISCORD, "TELEGRAM_TOKEN": TELEGRAM, **WEBHOOK})
    assert config.secrets == (Secret(DISCORD), Secret(TELEGRAM), Secret("canary-secret"))


@pytest.mark.parametrize("show", [repr, str, "{}".format, "{!r:>9}".format, lambda x: f"{x!s}"])
def test_a_configuration_shows_no_secret(show: Callable[[Config], str]) -> None:
    config = load_config({"DISCORD_TOKEN": DISCORD, "TELEGRAM_TOKEN": TELEGRAM, **WEBHOOK})
    shown = show(config)
    assert not [
        secret for secret in (DISCORD, TELEGRAM, "canary-secret", DISCORD[-20:]) if secret in shown
    ]


@pytest.mark.parametrize("show", [repr, str, "{}".format, "{:>9}".format, "%s".__mod__])
def test_a_secret_shows_nothing(show: Callable[[Secret], str]) -> None:
    assert show(Secret(DISCORD)).strip() == "***"


def test_a_secret_cannot_be_written_to_a_file_by_accident() -> None:
    with pytest.raises(TypeError):
        pickle.dumps(Secret(DISCORD))


# -- servers, webhook, rate, port -----------------------------------------------------------------

WEBHOOK = {
    "TELEGRAM_WEBHOOK_URL": "https://bot.example.org/hook",
    "TELEGRAM_WEBHOOK_SECRET": "canary-secret",
    "TELEGRAM_WEBHOOK_LISTEN": "127.0.0.1:8443",
}


def test_without_urls_the_platforms_own_servers_are_used() -> None:
    config = load_config({"DISCORD_TOKEN": DISCORD, "TELEGRAM_TOKEN": TELEGRAM})
    assert config.discord is not None
    assert config.telegram is not None
    urls = config.discord.api_url, config.discord.gateway_url, config.telegram.api_url
    assert urls == (None, None, None)
    assert config.telegram.webhook is None


NEAR = ["127.0.0.1", "127.8.8.8", "localhost", "[::1]", "10.1.2.3", "172.16.0.1", "172.31.255.254"]
NEAR += ["192.168.0.10", "[fd00::1]", "[::ffff:127.0.0.1]"]
FAR = [
    "8.8.8.8",
    "example.org",
    "172.32.0.1",
    "192.0.2.1",
    "[2001:db8::1]",
    "2130706433",
    "0.0.0.0",  # noqa: S104 - nothing is bound here, nor below
]
FAR += ["localhost.example.org", "127.0.0.1.nip.io", "[::ffff:8.8.8.8]", "169.254.169.254"]


@pytest.mark.parametrize("host", NEAR)
def test_plain_http_is_taken_to_loopback_and_private_addresses(host: str) -> None:
    config = load_config(
        {
            "DISCORD_TOKEN": DISCORD,
            "DISCORD_API_URL": f"http://{host}:8000/api/v10/",
            "DISCORD_GATEWAY_URL": f"ws://{host}:8000/gateway",
            "TELEGRAM_TOKEN": TELEGRAM,
            "TELEGRAM_API_URL": f"http://{host}:8001/bot",
        }
    )
    assert config.discord is not None
    assert config.telegram is not None
    assert config.discord.api_url == f"http://{host}:8000/api/v10"
    assert config.discord.gateway_url == f"ws://{host}:8000/gateway"
    assert config.telegram.api_url == f"http://{host}:8001/bot"


@pytest.mark.parametrize("host", FAR)
@pytest.mark.parametrize(
    ("variable", "url"),
    [
        ("DISCORD_API_URL", "http://{}/api/v10"),
        ("DISCORD_GATEWAY_URL", "ws://{}/gateway"),
        ("TELEGRAM_API_URL", "http://{}/bot"),
    ],
)
def test_plain_http_is_taken_nowhere_else(host: str, variable: str, url: str) -> None:
    with pytest.raises(ConfigurationError, match=f"^{variable}: "):
        load_config({variable: url.format(host)})


@pytest.mark.parametrize("host", [host for host in FAR if host != "2130706433"])
def test_with_tls_any_server_is_taken(host: str) -> None:
    config = load_config({"DISCORD_TOKEN": "x", "DISCORD_API_URL": f"https://{host}/api/v10"})
    assert config.discord is not None
    assert config.discord.api_url == f"https://{host}/api/v10"


def test_a_webhook_has_a_url_a_secret_and_an_address() -> None:
    settings = load_config({"TELEGRAM_TOKEN": TELEGRAM, **WEBHOOK}).telegram
    assert settings is not None
    assert settings.webhook is not None
    assert (settings.webhook.url, settings.webhook.host, settings.webhook.port) == (
        "https://bot.example.org/hook",
        "127.0.0.1",
        8443,
    )
    assert settings.webhook.secret.reveal() == "canary-secret"


def test_a_secret_of_the_webhook_that_nobody_chose_is_a_new_one_each_time() -> None:
    environment = {"TELEGRAM_TOKEN": TELEGRAM, **WEBHOOK, "TELEGRAM_WEBHOOK_SECRET": ""}
    made = [load_config(environment).secrets[1].reveal() for _ in range(3)]
    assert len(set(made)) == 3
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{32,256}", secret) for secret in made)


def test_a_webhook_may_be_plain_to_loopback() -> None:
    urls = {"TELEGRAM_WEBHOOK_URL": "http://127.0.0.1:8090/hook"}
    urls["TELEGRAM_API_URL"] = "http://127.0.0.1:8001/bot"
    settings = load_config({"TELEGRAM_TOKEN": TELEGRAM, **WEBHOOK, **urls}).telegram
    assert settings is not None
    assert settings.webhook is not None
    assert settings.webhook.url == "http://127.0.0.1:8090/hook"


@pytest.mark.parametrize("port", ["", ":443", ":80", ":88", ":8443"])
def test_telegram_sends_to_four_ports(port: str) -> None:
    url = f"https://bot.example.org{port}/hook"
    settings = load_config(
        {"TELEGRAM_TOKEN": TELEGRAM, **WEBHOOK, "TELEGRAM_WEBHOOK_URL": url}
    ).telegram
    assert settings is not None
    assert settings.webhook is not None
    assert settings.webhook.url == url


@pytest.mark.parametrize("left_out", ["TELEGRAM_WEBHOOK_URL", "TELEGRAM_WEBHOOK_LISTEN"])
def test_a_webhook_needs_its_url_and_its_address(left_out: str) -> None:
    environment = {"TELEGRAM_TOKEN": TELEGRAM, **WEBHOOK, left_out: ""}
    with pytest.raises(ConfigurationError, match=f"^{left_out}: "):
        load_config(environment)


@pytest.mark.parametrize(
    ("value", "rate"),
    [
        ("", Rate(20, 60)),
        ("20/min", Rate(20, 60)),
        ("5/s", Rate(5, 1)),
        ("100/h", Rate(100, 3600)),
        ("1/h", Rate(1, 3600)),
        ("off", None),
        ("OFF", None),
    ],
)
def test_a_rate_is_so_many_in_a_time_or_off(value: str, rate: Rate | None) -> None:
    assert load_config({"DAYBOOK_RATE": value}).rate == rate


@pytest.mark.parametrize(
    ("value", "address"),
    [
        ("", None),
        ("127.0.0.1:8080", Address("127.0.0.1", 8080)),
        ("localhost:1", Address("localhost", 1)),
        ("[::1]:65535", Address("::1", 65535)),
        ("0.0.0.0:80", Address("0.0.0.0", 80)),  # noqa: S104
        ("[::]:80", Address("::", 80)),
        ("metrics.example.org:9000", Address("metrics.example.org", 9000)),
    ],
)
def test_a_port_is_opened_at_an_address(value: str, address: Address | None) -> None:
    assert load_config({"DAYBOOK_HTTP": value}).http == address


@pytest.mark.parametrize("text", ["127.0.0.1:8080", "[::1]:8080"])
def test_an_address_is_written_as_it_is_read(text: str) -> None:
    assert str(load_config({"DAYBOOK_HTTP": text}).http) == text


# -- bad values -----------------------------------------------------------------------------------

BAD = [
    ("DAYBOOK_PACKS", "napoleon"),
    ("DAYBOOK_PACKS", "leon-trotsky,napoleon"),
    ("DAYBOOK_PACKS", "Leon Trotsky"),
    ("DAYBOOK_KNOWLEDGE", "no/such/file.toml"),
    ("DAYBOOK_KNOWLEDGE", f"pyproject.toml{os.pathsep}no/such/file.toml"),
    ("DAYBOOK_KNOWLEDGE", "a\0b"),
    ("DAYBOOK_KNOWLEDGE", "x" * 5000),
    ("DAYBOOK_KNOWLEDGE", "~no-such-user-anywhere/pack.toml"),
    ("DAYBOOK_ZONE", "Berlin"),
    ("DAYBOOK_ZONE", "Europe/Berlín"),
    ("DAYBOOK_ZONE", "../../etc/passwd"),
    ("DAYBOOK_ZONE", "/etc/passwd"),
    ("DAYBOOK_ZONE", "+02:00"),
    ("DAYBOOK_ZONE", "Europe"),
    ("DAYBOOK_ZONE", " "),
    ("DAYBOOK_ZONE", "a\0b"),
    ("DAYBOOK_ZONE", "x" * 5000),
    ("DAYBOOK_LOG", "loud"),
    ("DAYBOOK_LOG", "10"),
    *[
        (variable, value)
        for variable in ("DISCORD_TOKEN", "TELEGRAM_TOKEN")
        for value in (
            " ",
            "two words",
            " leading",
            "trailing ",
            "a line\n",
            "a\r\nb",
            "tab\tbed",
            '"quoted"',
            "'quoted'",
            "“quoted”",
            "Bot abcdef",
            "bot  abcdef",
            "Bearer abcdef",
            "a\0b",
            "\x1b[31m",
            "токен",
            "a\u00a0b",
            "a/b",
            "a?b#c",
            "<your token>",
            "x" * 5000,
        )
    ],
    ("DISCORD_TOKEN", TELEGRAM),
    ("TELEGRAM_TOKEN", DISCORD),
    ("DISCORD_TOKEN_FILE", "no/such/file"),
    ("DISCORD_TOKEN_FILE", "."),
    ("TELEGRAM_TOKEN_FILE", "a\0b"),
    ("TELEGRAM_TOKEN_FILE", "~no-such-user-anywhere/token"),
    ("TELEGRAM_TOKEN_FILE", "uv.lock/x"),
    *[
        (variable, value)
        for variable in ("DISCORD_API_URL", "DISCORD_GATEWAY_URL", "TELEGRAM_API_URL")
        for value in (
            "discord.com",
            "ftp://127.0.0.1/bot",
            "https:///bot",
            "wss://",
            "https://host:port/bot",
            "https://host:99999/bot",
            "https://host:0/bot",
            "https://[::1/bot",
            "https://user:password@host/bot",
            "https://host/bot?x=1",
            "https://host/bot#x",
            "https://host/a b/bot",
            "https://host/bot\n",
            "//host/bot",
        )
    ],
    ("DISCORD_API_URL", "wss://host/api"),
    ("DISCORD_GATEWAY_URL", "https://host/gateway"),
    ("TELEGRAM_API_URL", "https://host"),
    ("TELEGRAM_API_URL", "https://host:8081"),
    ("TELEGRAM_API_URL", f"https://host/bot{TELEGRAM}"),
    ("TELEGRAM_WEBHOOK_URL", "http://bot.example.org/hook"),
    ("TELEGRAM_WEBHOOK_URL", "http://10.0.0.1/hook"),
    ("TELEGRAM_WEBHOOK_URL", "https://bot.example.org:8080/hook"),
    ("TELEGRAM_WEBHOOK_LISTEN", "8443"),
    ("TELEGRAM_WEBHOOK_SECRET", "with space"),
    ("TELEGRAM_WEBHOOK_SECRET", "ünicode"),
    ("TELEGRAM_WEBHOOK_SECRET", "x" * 257),
    *[
        ("DAYBOOK_RATE", value)
        for value in (
            "20",
            "0/min",
            "-1/min",
            "20/day",
            "20 / min",
            "1.5/s",
            "x/min",
            "none",
            "²/s",
        )
    ],
    *[
        ("DAYBOOK_HTTP", value)
        for value in (
            "8080",
            ":8080",
            "127.0.0.1",
            "127.0.0.1:",
            "127.0.0.1:65536",
            "127.0.0.1:http",
            "::1:8080",
            "[::1]",
            "[127.0.0.1]:80",
            "http://127.0.0.1:8080",
            "a b:80",
            "127.0.0.1:8080\n",
        )
    ],
]


@pytest.mark.parametrize(
    ("variable", "value"), BAD, ids=[f"{name}={value[:30]!a}" for name, value in BAD]
)
def test_a_bad_value_is_one_line_that_begins_with_its_variable(variable: str, value: str) -> None:
    with pytest.raises(ConfigurationError) as error:
        load_config({variable: value})
    assert error.value.message.startswith(f"{variable}: ")
    assert "\n" not in error.value.message


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        (variable, value)
        for variable, value in BAD
        if len(value) > 6 and variable.startswith(("DISCORD", "TELEGRAM"))
    ],
    ids=ascii,
)
def test_a_complaint_about_a_secret_or_a_url_does_not_repeat_it(variable: str, value: str) -> None:
    with pytest.raises(ConfigurationError) as error:
        load_config({variable: value})
    assert value.strip() not in error.value.message


def test_a_token_in_the_place_of_its_file_is_not_repeated() -> None:
    with pytest.raises(ConfigurationError) as error:
        load_config({"TELEGRAM_TOKEN_FILE": TELEGRAM})
    assert TELEGRAM not in error.value.message


@pytest.mark.parametrize(
    ("content", "hint"),
    [
        (b"two words\n", "white space"),
        (b"one\ntwo\n", "white space"),
        (b"\xff\xfe", "UTF-8"),
        (b"x" * 5000, "too long"),
        (TELEGRAM.encode(), "Telegram"),
    ],
)
def test_a_file_is_checked_as_its_variable_is(tmp_path: Path, content: bytes, hint: str) -> None:
    file = tmp_path / "token"
    file.write_bytes(content)
    with pytest.raises(ConfigurationError, match=f"^DISCORD_TOKEN_FILE: .*{hint}") as error:
        load_config({"DISCORD_TOKEN_FILE": str(file)})
    assert "two words" not in error.value.message


def test_a_token_that_is_given_twice_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text(DISCORD, "utf-8")
    with pytest.raises(ConfigurationError, match=r"^DISCORD_TOKEN: .*DISCORD_TOKEN_FILE"):
        load_config({"DISCORD_TOKEN": DISCORD, "DISCORD_TOKEN_FILE": str(file)})


@pytest.mark.parametrize(
    ("variable", "value", "word"),
    [
        ("DAYBOOK_PACKS", "napoleon", "napoleon"),
        ("DAYBOOK_KNOWLEDGE", "no/such/file.toml", "no/such/file.toml"),
        ("DAYBOOK_ZONE", "Berlin", "Berlin"),
        ("DAYBOOK_LOG", "loud", "loud"),
    ],
)
def test_a_complaint_repeats_what_was_written(variable: str, value: str, word: str) -> None:
    with pytest.raises(ConfigurationError, match=word):
        load_config({variable: value})


@pytest.mark.parametrize(
    ("variable", "value", "hint"),
    [
        ("DAYBOOK_PACKS", "napoleon", "leon-trotsky"),
        ("DAYBOOK_ZONE", "Berlin", "Europe/Berlin"),
        ("DAYBOOK_LOG", "loud", "warning"),
        ("DAYBOOK_RATE", "20", "20/min"),
        ("DAYBOOK_HTTP", "8080", "127.0.0.1:8080"),
        ("DISCORD_TOKEN", "Bot abcdef", "without"),
        ("DISCORD_TOKEN", TELEGRAM, "exchange"),
        ("TELEGRAM_API_URL", "http://8.8.8.8/bot", "https"),
    ],
)
def test_a_complaint_says_what_would_do(variable: str, value: str, hint: str) -> None:
    with pytest.raises(ConfigurationError, match=hint):
        load_config({variable: value})


# -- DAYBOOK_STATE --------------------------------------------------------------------------------


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
