"""One plain form for everything that people type or say."""

import re
import unicodedata
from collections.abc import Mapping

_LONG_RUN = re.compile(r"([^\W\d_])\1{2,}")
_WORD = re.compile(r"[^\W_]+")


def plain(text: str) -> str:
    """Lower the case, drop accents and apostrophes, and shorten `toloooong` to `tolong`."""
    decomposed = unicodedata.normalize("NFKD", text.lower())
    letters = "".join(c for c in decomposed if not unicodedata.combining(c))
    return _LONG_RUN.sub(r"\1", letters.replace("'", "").replace("\u2019", ""))


def words(text: str, spelling: Mapping[str, str]) -> tuple[str, ...]:
    """Split into plain words, with chat spellings and common typos written out; "kjang2" is "kjang" said twice."""
    found: list[str] = []
    for word in _WORD.findall(plain(text)):
        once = word.rstrip("2")
        found.extend((spelling.get(word) or spelling.get(once) or word).split())
    return tuple(found)
