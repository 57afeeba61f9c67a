"""Keeps messages/locales/ko.po in step with the texts in messages/: `update`, `fill FILE`, `prune`, `check`.

`fill` reads JSON, {"English": "한국어"}, and is safe when two people write at once.
"""

from __future__ import annotations

import fcntl
import json
import string
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
MESSAGES = ROOT / "messages"
KOREAN = MESSAGES / "locales" / "ko.po"
# `t("…")` is translated where it stands, `word("…")` is a table's entry that is translated when shown.
KEYWORDS: dict[str, None] = {"t": None, "word": None}


def extracted(folder: Path = MESSAGES) -> set[str]:
    """Every text that the code asks the catalogue for."""
    found = extract_from_dir(folder, method_map=[("**.py", "python")], keywords=KEYWORDS, comment_tags=())
    return {message if isinstance(message, str) else message[0] for _, _, message, _, _ in found}


def known(path: Path = KOREAN) -> tuple[dict[str, str], dict[str, str]]:
    """The translations in use and those kept of texts that are gone."""
    if not path.exists():
        return {}, {}
    with path.open("rb") as file:
        catalogue = read_po(file, locale="ko")
    used = {str(m.id): str(m.string) for m in catalogue if m.id}
    return used, {str(m.id): str(m.string) for m in catalogue.obsolete.values()}


def write(texts: Mapping[str, str], obsolete: Mapping[str, str], path: Path = KOREAN) -> None:
    catalogue = Catalog(locale="ko", project="naru", charset="utf-8", fuzzy=False)
    for english, korean in texts.items():
        catalogue.add(english, korean)
    for english, korean in obsolete.items():
        if korean:
            catalogue.obsolete[english] = Catalog().add(english, korean)
    path.parent.mkdir(exist_ok=True)
    fresh = path.with_suffix(".po.new")
    with fresh.open("wb") as file:
        write_po(file, catalogue, sort_output=True, omit_header=True, width=110)
    fresh.replace(path)


def update() -> list[str]:
    used, obsolete = known()
    before = {**obsolete, **used}
    now = extracted()
    write(
        {text: before.get(text, "") for text in now},
        {text: korean for text, korean in before.items() if text not in now},
    )
    return []


def prune() -> list[str]:
    used, _ = known()
    write(used, {})
    return []


def fill(given: Mapping[str, str]) -> list[str]:
    """Sets translations; a text that the code does not use is told and left out."""
    update()
    used, obsolete = known()
    write({**used, **{text: given[text] for text in given if text in used}}, obsolete)
    return [f"not used: {text}" for text in given if text not in used]


def check() -> list[str]:
    """Everything that is wrong with the catalogue, one line each."""
    used, obsolete = known()
    now = extracted()
    return [
        *(f"not in the catalogue: {text}" for text in sorted(now - used.keys())),
        *(f"no longer used: {text}" for text in sorted((used.keys() - now) | obsolete.keys())),
        *(f"not translated: {text}" for text, korean in sorted(used.items()) if not korean),
        *(
            f"other placeholders: {text}"
            for text, korean in sorted(used.items())
            if korean and placeholders(text) != placeholders(korean)
        ),
    ]


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@contextmanager
def alone() -> Iterator[None]:
    with Path(__file__).open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def main(arguments: list[str]) -> int:
    verbs: dict[str, Callable[[], list[str]]] = {"update": update, "prune": prune, "check": check}
    with alone():
        if arguments[:1] == ["fill"] and len(arguments) > 1:
            complaints = fill(json.loads(Path(arguments[1]).read_text(encoding="utf-8")))
        elif len(arguments) == 1 and arguments[0] in verbs:
            complaints = verbs[arguments[0]]()
        else:
            complaints = ["usage: catalogue.py update | fill FILE | prune | check"]
    sys.stdout.write("".join(f"{line}\n" for line in complaints))
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
