"""Files of packs as they are written: their lines are counted, what can't be read is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from pack_texts import EVENT, FAULTY_LINE, HEAD, load_text, with_key

from knowledge.packs import files as pack_files
from knowledge.packs.complaints import Complaint
from knowledge.packs.loader import load_pack

# -- lines ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "before",
    [
        pytest.param(
            '[[entity]]\nkind = "work"\nname = "A"\ntext = """\n[[event]]\n"""\n', id='"""'
        ),
        pytest.param(
            "[[entity]]\nkind = 'work'\nname = 'A'\ntext = '''\n[[event]]\n[[event]]\n'''\n",
            id="'''",
        ),
        pytest.param(
            '[[entity]]\nkind = "work"\nname = "A"\ntext = """a\n\\"""\n[[event]]\n"""\n',
            id="escaped quotes",
        ),
        pytest.param(
            '[[entity]]\nkind = "work"\nname = "A"\ntext = """a\n\\\\"""\n# [[event]]\n',
            id="an escaped backslash before the end",
        ),
        pytest.param('# """\n[[entity]]\nkind = "work"\nname = "A"\n# [[event]]\n', id="comments"),
        pytest.param('[[entity]]\nkind = "work"\nname = "\'\'\'"\n', id="quotes in a string"),
        pytest.param(
            '[[entity]]\nkind = "work"\nname = "A"\ntext = """one""" # """\n', id="opened and shut"
        ),
        pytest.param(
            "[[entity]]\nkind = 'work'\nname = 'A'\ntext = '''a\n'''  # '''\n", id="shut, comment"
        ),
    ],
)
@pytest.mark.parametrize("header", ["[[event]]", "  [[ event ]]  # the fault", '[["event"]]'])
def test_lines_are_counted_by_headers_not_by_what_looks_like_one(
    tmp_path: Path, before: str, header: str
) -> None:
    (complaint,) = load_text(tmp_path, f"{before}{header}\ndate = 'never'\ntext = 'A bell.'\n")
    assert complaint.line == before.count("\n") + 1


def test_a_line_is_the_same_with_line_ends_of_windows(tmp_path: Path) -> None:
    text = HEAD + with_key(EVENT, 'date = "never"')
    file = tmp_path / "oberbach.toml"
    file.write_bytes(text.replace("\n", "\r\n").encode())
    (complaint,) = load_pack(file).complaints
    assert complaint.line == FAULTY_LINE


# -- files that can't be read ---------------------------------------------------------------------


def test_invalid_toml_is_named_with_the_line(tmp_path: Path) -> None:
    (complaint,) = load_text(tmp_path, HEAD + "[[event]]\ndate = \n")
    assert (complaint.line, complaint.key) == (FAULTY_LINE + 1, "")
    assert complaint.message.startswith("is no TOML: ")


@pytest.mark.parametrize(
    ("line", "key", "beginning"),
    [
        ('{"type": "event", ', "", "is no JSON: "),
        ("never", "", "is no JSON: "),
        ("[1, 2]", "", "is no entry: a line is one object, {...}"),
        ("null", "", "is no entry: a line is one object, {...}"),
        (
            '{"date": "1921"}',
            "type",
            "must be one of pack, source, event, entity, passage, not_event",
        ),
        ('{"type": "evnt"}', "type", "must be one of pack, source, event, entity, passage"),
        ('{"type": ["event"]}', "type", "must be one of pack, source, event, entity, passage"),
        ('{"type": {}}', "type", "must be one of pack, source, event, entity, passage"),
        ('{"type": null}', "type", "must be one of pack, source, event, entity, passage"),
        ('{"type": "event", "text": "\\ud800"}', "", "is no JSON: "),
        ('{"type": "event"} {"type": "event"}', "", "is no JSON: "),
        ("[" * 100_000, "", "is no JSON"),
        ('{"a":' * 100_000, "", "is no JSON"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_bad_line_of_json_is_named_and_the_others_are_still_read(
    tmp_path: Path, line: str, key: str, beginning: str
) -> None:
    bad = '{"type": "event", "date": "never", "text": "A bell cracks."}'
    first, second = load_text(tmp_path, f'{{"type": "pack"}}\n{line}\n{bad}\n', "oberbach.jsonl")
    assert (first.line, first.key) == (2, key)
    assert first.message.startswith(beginning)
    assert (second.line, second.key) == (3, "date")


@pytest.mark.parametrize("depth", [10, 100, 300, 500, 700, 800, 850, 900, 950, 1000, 10_000])
@pytest.mark.parametrize("name", ["oberbach.jsonl", "oberbach.toml"])
def test_a_deep_value_is_a_complaint_and_no_crash(tmp_path: Path, depth: int, name: str) -> None:
    value = "[" * depth + "]" * depth
    event = '"type": "event", "date": "1921", "text": "A bell."'
    texts = {
        "oberbach.jsonl": f'{{{event}, "also": {value}}}',
        "oberbach.toml": f"{EVENT}also = {value}\n",
    }
    (complaint,) = load_text(tmp_path, texts[name], name)
    assert complaint.line == 1
    assert len(str(complaint)) < 1000


@pytest.mark.parametrize(
    ("content", "line"),
    [(b"\xff\xfe", 1), (b"# a\n# b\n# \xe4\n", 3), ("# ä".encode("latin-1"), 1)],
)
@pytest.mark.parametrize("name", ["oberbach.toml", "oberbach.jsonl"])
def test_a_file_that_is_not_utf8_is_named_with_the_line(
    tmp_path: Path, content: bytes, line: int, name: str
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    assert load_pack(file).complaints == (
        Complaint(file, line, "", "is not UTF-8; save it with that encoding"),
    )


def test_a_file_that_is_not_there_is_a_complaint(tmp_path: Path) -> None:
    file = tmp_path / "oberbach.toml"
    assert load_pack(file).complaints == (
        Complaint(file, 1, "", "can't be read: No such file or directory"),
    )


def test_a_file_that_is_too_large_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pack_files, "LARGEST_FILE", 10)
    (complaint,) = load_text(tmp_path, EVENT)
    assert complaint.message == "is larger than 64 MiB; split it in several files"


def test_an_empty_folder_is_no_pack(tmp_path: Path) -> None:
    assert load_pack(tmp_path).complaints == (
        Complaint(tmp_path, 1, "", "holds no .toml or .jsonl file"),
    )
