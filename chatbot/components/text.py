"""One way to read a sentence, however it was typed: pure, used in training, serving and evaluation."""

import re
import unicodedata

NUMBER = "0"
_LONG_RUN = re.compile(r"([^\W\d])\1{2,}")
_NUMBER = re.compile(r"\d[\d.,:/-]*")
_TOKEN = re.compile(r"[^\W_]+")


def plain(text: str) -> str:
    """Lower the case, drop accents and apostrophes, shorten `haloooo` to `halo`, hide numbers behind `0`."""
    decomposed = unicodedata.normalize("NFKD", text.lower())
    letters = "".join(c for c in decomposed if not unicodedata.combining(c))
    letters = letters.replace("'", "").replace("\u2019", "")
    return _NUMBER.sub(f" {NUMBER} ", _LONG_RUN.sub(r"\1", letters))


def words(text: str, spelling: dict[str, str]) -> list[str]:
    """Split into words in plain form, with chat spellings written out (`blm` → `belum`)."""
    found: list[str] = []
    for word in _TOKEN.findall(plain(text)):
        found.extend(spelling.get(word, word).split())
    return found


def concepts(tokens: list[str], vocabulary: dict[str, tuple[str, ...]]) -> list[str]:
    """Name the meanings of the words: the longest of one, two or three words in the vocabulary wins."""
    found: list[str] = []
    position = 0
    while position < len(tokens):
        for length in (3, 2, 1):
            meanings = vocabulary.get(" ".join(tokens[position : position + length]))
            if meanings and position + length <= len(tokens):
                found.extend(meanings)
                break
        else:
            length = 1
        position += length
    return found
