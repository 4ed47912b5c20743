"""The Dockerfile installs only what is checked, and runs as nobody in particular."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
COMPOSE = ROOT / "docker-compose.yml"
DOCKERFILE = ROOT / "Dockerfile"
DOCKERIGNORE = ROOT / ".dockerignore"

# --------------------------------------------------------------------------------------------
# Dockerfile
# --------------------------------------------------------------------------------------------

Stage = list[tuple[str, str]]


def stages(text: str) -> list[Stage]:
    """Split a Dockerfile into its stages, each a list of (INSTRUCTION, the rest on one line)."""
    kept = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    joined = re.sub(r"\\\n", " ", "\n".join(kept))
    found: list[Stage] = []
    for line in filter(None, map(str.strip, joined.splitlines())):
        instruction, _, rest = line.partition(" ")
        if instruction.upper() == "FROM":
            found.append([])
        assert found, f"{instruction} before the first FROM"
        found[-1].append((instruction.upper(), " ".join(rest.split())))
    return found


def values(stage: Stage, instruction: str) -> list[str]:
    return [rest for name, rest in stage if name == instruction]


def environment(stage: Stage) -> dict[str, str]:
    """Read what a stage sets: later settings win."""
    words = (word for rest in values(stage, "ENV") for word in shlex.split(rest))
    return dict(word.split("=", 1) for word in words)


def commands(stage: Stage) -> list[list[str]]:
    """Take RUN lines apart into single commands, each a list of words."""
    lines = (part for rest in values(stage, "RUN") for part in rest.split("&&"))
    return [shlex.split(line) for line in lines]


def copied(stage: Stage) -> list[str]:
    """List what is copied from the source tree, not from another stage."""
    words = [shlex.split(rest) for rest in values(stage, "COPY")]
    return [
        source
        for parts in words
        if not any(part.startswith("--from=") for part in parts)
        for source in [part for part in parts if not part.startswith("--")][:-1]
    ]


@pytest.fixture(scope="module")
def dockerfile() -> list[Stage]:
    return stages(DOCKERFILE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def build(dockerfile: list[Stage]) -> Stage:
    return dockerfile[0]


@pytest.fixture(scope="module")
def final(dockerfile: list[Stage]) -> Stage:
    return dockerfile[-1]


def build_command(stage: Stage) -> list[str]:
    (found,) = [words for words in commands(stage) if words[:2] == ["daybook", "build"]]
    return found


def test_a_dockerfile_is_read_with_its_continued_lines_and_comments() -> None:
    text = "FROM a AS b\nRUN one \\\n # why\n && two 'x y'\nENV A=1 \\\n  B=\"\"\nFROM c\nUSER 5\n"
    first, second = stages(text)
    assert commands(first) == [["one"], ["two", "x y"]]
    assert environment(first) == {"A": "1", "B": ""}
    assert second == [("FROM", "c"), ("USER", "5")]


def test_there_are_two_stages_on_the_same_small_base(dockerfile: list[Stage]) -> None:
    assert [stage[0] for stage in dockerfile] == [
        ("FROM", "python:3.11-slim AS build"),
        ("FROM", "python:3.11-slim"),
    ]


def test_every_package_is_checked_against_its_hash(build: Stage) -> None:
    installs = [words for words in commands(build) if words[:2] == ["pip", "install"]]
    dependencies, project = installs
    assert {"--require-hashes", "--only-binary", "-r", "requirements.txt"} <= set(dependencies)
    assert "requirements-build.txt" in dependencies  # what builds the project is checked as well
    assert project == ["pip", "install", "--no-deps", "--no-build-isolation", "."]


def test_nothing_is_fetched_but_by_pip(dockerfile: list[Stage]) -> None:
    for stage in dockerfile:
        assert values(stage, "ADD") == []
        programs = {words[0] for words in commands(stage)}
        assert not programs & {"curl", "wget", "git", "apt", "apt-get"}


def test_the_last_user_before_the_entry_point_is_not_root(
    final: Stage, service: dict[str, Any]
) -> None:
    names = [name for name, _ in final]
    assert names[-1] == "ENTRYPOINT"
    assert names.index("USER") < names.index("ENTRYPOINT")
    user = values(final, "USER")[-1]
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", user), "a number, so that it can be seen not to be 0"
    assert user == service["user"]


def test_the_user_is_made_with_the_very_number_and_owns_data(final: Stage) -> None:
    uid, gid = values(final, "USER")[-1].split(":")
    made = {words[0]: words for words in commands(final)}
    assert ["--gid", gid] == made["groupadd"][1:3]
    assert ["--uid", uid, "--gid", gid] == made["useradd"][1:5]
    assert {f"--owner={uid}", f"--group={gid}", "/data"} <= set(made["install"])


def test_state_goes_to_the_volume_and_caches_to_tmp(final: Stage, service: dict[str, Any]) -> None:
    settings = environment(final)
    assert values(final, "VOLUME") == ["/data"]
    assert settings["XDG_DATA_HOME"] == "/data"
    assert [mount.split(":")[1] for mount in service["volumes"]] == ["/data"]
    assert settings["XDG_CACHE_HOME"].startswith("/tmp/")  # noqa: S108 - inside the container
    assert settings["PYTHONUNBUFFERED"] == "1"


def test_without_a_command_it_is_the_console(final: Stage) -> None:
    assert values(final, "ENTRYPOINT") == ['["daybook"]']
    assert values(final, "CMD") == []


def test_the_knowledge_that_is_read_is_the_file_that_is_built(build: Stage, final: Stage) -> None:
    settings, command = environment(final), build_command(build)
    output = command[command.index("--output") + 1]
    assert settings["DAYBOOK_KNOWLEDGE"] == output
    copies = [shlex.split(rest) for rest in values(final, "COPY")]
    folder = str(Path(output).parent)
    assert ["--from=build", folder, folder] in copies


def test_no_fact_is_told_twice(build: Stage, final: Stage) -> None:
    """Both built-in packs are in the knowledge file, so the image must not add them again."""
    assert environment(final)["DAYBOOK_PACKS"] == ""
    command = build_command(build)
    assert command[2 : command.index("--output")] == [
        "knowledge/packs/leon-trotsky",
        "knowledge/packs/nobel-laureates.jsonl",
    ]


def test_compose_does_not_undo_what_the_image_sets(final: Stage, service: dict[str, Any]) -> None:
    assert not set(service["environment"]) & set(environment(final))


def test_every_copied_source_exists_and_gets_past_dockerignore(build: Stage, final: Stage) -> None:
    sources = copied(build) + copied(final)
    packs = [word for word in build_command(build) if word.startswith("knowledge/packs/")]
    assert len(sources) >= 6
    rules = DOCKERIGNORE.read_text(encoding="utf-8")
    assert [name for name in sources + packs if not (ROOT / name).exists()] == []
    assert [name for name in sources + packs if ignored(name, rules)] == []


# --------------------------------------------------------------------------------------------
# .dockerignore, and secrets
# --------------------------------------------------------------------------------------------


def ignored(path: str, rules: str) -> bool:
    """Judge as Docker does: the last rule that matches the path, or a folder above it, decides."""
    out = False
    for line in map(str.strip, rules.splitlines()):
        if not line or line.startswith("#"):
            continue
        pattern = line.removeprefix("!").strip("/")
        regex = "".join(
            {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}.get(
                part, part if part.startswith("[") else re.escape(part)
            )
            for part in re.findall(r"\*\*/|\*\*|\*|\?|\[[^\]]*\]|[^*?\[]+", pattern)
        )
        if re.fullmatch(f"{regex}(?:/.*)?", path):
            out = not line.startswith("!")
    return out


def test_dockerignore_rules_are_read_as_docker_reads_them() -> None:
    rules = "# all\n*\n!src\n**/*.py[co]\n**/.*\n"
    assert ignored("notes.txt", rules)
    assert ignored("other/deep/file", rules)
    assert not ignored("src/deep/file.py", rules)
    assert ignored("src/deep/file.pyc", rules)
    assert ignored("src/.env", rules)


@pytest.mark.parametrize(
    "path",
    [
        ".env",
        ".env.production",
        ".git/config",
        "token.txt",
        "secrets/discord",
        "state.sqlite",
        "bot/.env",
        "bot/state.sqlite",
        "bot/state.sqlite-wal",
        "knowledge/__pycache__/model.cpython-311.pyc",
        "tests/test_container_files.py",
        "docker-compose.yml",
    ],
)
def test_what_does_not_belong_in_an_image_stays_out(path: str) -> None:
    assert ignored(path, DOCKERIGNORE.read_text(encoding="utf-8"))


SECRET_NAME = re.compile(r"TOKEN|SECRET|PASSW|CREDENTIAL|API_?KEY", re.IGNORECASE)
SECRET_VALUE = re.compile(
    r"\b\d{8,10}:[A-Za-z0-9_-]{35}\b"  # Telegram
    r"|\b[A-Za-z0-9_-]{24,28}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,}"  # Discord
    r"|-----BEGIN [A-Z ]*PRIVATE KEY"
    r"|\b(?:gh[pousr]|xox[bp]|sk)[-_][A-Za-z0-9-]{20,}"
)


@pytest.mark.parametrize("file", [COMPOSE, DOCKERFILE, DOCKERIGNORE], ids=lambda file: file.name)
def test_no_secret_stands_in_a_container_file(file: Path) -> None:
    assert SECRET_VALUE.findall(file.read_text(encoding="utf-8")) == []


def test_no_secret_is_set_in_the_image_or_in_the_service(
    dockerfile: list[Stage], service: dict[str, Any]
) -> None:
    """A token belongs in a file that `..._FILE` names: image layers and settings are readable."""
    names = [name for stage in dockerfile for name in environment(stage)]
    names += [rest for stage in dockerfile for rest in values(stage, "ARG")]
    names += [name for name in service["environment"] if not name.endswith("_FILE")]
    assert [name for name in names if SECRET_NAME.search(name)] == []


def test_a_secret_would_be_noticed() -> None:
    assert SECRET_NAME.search("DISCORD_TOKEN")
    assert SECRET_VALUE.search("x: 123456789:" + "Ab" * 17 + "c")
    assert SECRET_VALUE.search("M" * 24 + ".abcdef." + "x" * 30)
