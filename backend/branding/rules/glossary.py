"""A client's own terms in our texts: "associate" where we would say "employee", in every form the language has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from backend.kit.refusal import Refusal

UNKNOWN_TERM = "branding.unknown_term"
TERM_HALF_SAID = "branding.term_half_said"

_VOWELS = "aeiouáàâéêíóôú"


@dataclass(frozen=True, slots=True)
class Term:
    """How one language says a term of ours.

    ``forms`` are all ways we write it, ``untouched`` phrases in which the same word means something else,
    ``not_named`` beginnings of the names of texts (``mydata.``, ``referral``) in which it does. ``plural`` is the term
    for several of it, '' where the language has no other form.
    """

    forms: tuple[str, ...]
    untouched: tuple[str, ...] = ()
    not_named: tuple[str, ...] = ()
    plural: str = ""


@dataclass(frozen=True, slots=True)
class Speech:
    """A language's terms by name. ``endings`` may follow a word (``nya``); ``articles``: "a" or "an" by the word."""

    terms: Mapping[str, Term]
    endings: tuple[str, ...] = ()
    articles: bool = False


@dataclass(frozen=True, slots=True)
class Wording:
    """A term with what a client says instead."""

    term: Term
    becomes: str


@dataclass(frozen=True, slots=True)
class Wordings:
    """Everything that one client says otherwise in one language."""

    all: tuple[Wording, ...]
    endings: tuple[str, ...] = ()
    articles: bool = False


def wordings(speech: Speech, own: Mapping[str, str]) -> Wordings:
    """A client's ``own`` words by term, for the terms that ``speech`` has; the others change nothing."""
    chosen = tuple(Wording(speech.terms[name], said) for name, said in own.items() if name in speech.terms)
    return Wordings(chosen, speech.endings, speech.articles)


def reworded(text: str, own: Wordings, named: str = "") -> str:
    """``text`` in the client's words (S0-87); what is filled in later, in braces, stays as it is.

    ``named`` is what the text is called: a word may mean something else in some of them. Whole words are replaced
    whatever their case; their ending and a capital stay. What already is in the client's words does not change.
    """
    pattern, becomes = _pattern(own, named)
    if pattern is None:
        return text

    def replaced(match: re.Match[str]) -> str:
        form = match.group("form")
        if form is None:
            return match.group()
        said = _in_its_case(becomes[form.casefold()], form)
        return f"{_article(match.group('article'), said)}{said}{match.group('ending') or ''}"

    return pattern.sub(replaced, text)


@lru_cache(maxsize=512)
def _pattern(own: Wordings, named: str) -> tuple[re.Pattern[str] | None, Mapping[str, str]]:
    here = [one for one in own.all if not any(named.startswith(part) for part in one.term.not_named)]
    if not here:
        return None, {}
    becomes = {form.casefold(): one.becomes for one in here for form in one.term.forms}
    kept = [*(phrase for one in here for phrase in one.term.untouched), *(one.becomes for one in here)]
    article = r"(?:(?P<article>an?)\s+)?" if own.articles else r"(?P<article>(?!))?"
    ending = rf"(?P<ending>{_either(own.endings)})?" if own.endings else "(?P<ending>(?!))?"
    word = rf"{article}(?P<form>{_either(becomes)}){ending}"
    as_it_is = rf"(?:an?\s+)?(?:{_either(kept)})"
    whole = rf"\{{[^{{}}]*\}}|(?<![\w-])(?:{as_it_is}|{word})(?![\w-])"
    return re.compile(whole, re.IGNORECASE), becomes


def _either(words: Iterable[str]) -> str:
    """Any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


def _in_its_case(said: str, form: str) -> str:
    if len(form) > 1 and form.isupper():
        return said.upper()
    return said[:1].upper() + said[1:] if form[:1].isupper() else said


def _article(given: str | None, said: str) -> str:
    if not given:
        return ""
    fitting = "an" if said[:1].casefold() in _VOWELS else "a"
    return f"{given[0]}{fitting[1:]} "


def glossary_defects(speeches: Mapping[str, Speech], glossary: Mapping[str, Mapping[str, str]]) -> Iterator[Refusal]:
    """Terms that a language does not have, and terms said otherwise for one but not for several (or the reverse)."""
    for language, own in glossary.items():
        terms = speeches[language].terms if language in speeches else {}
        for name in own:
            if name not in terms:
                figures = {"term": name, "language": language, "known": ", ".join(terms)}
                yield Refusal(UNKNOWN_TERM, figures)
        yield from _half_said(language, terms, own)


def _half_said(language: str, terms: Mapping[str, Term], own: Mapping[str, str]) -> Iterator[Refusal]:
    pairs: Sequence[tuple[str, str]] = [(name, term.plural) for name, term in terms.items() if term.plural]
    for one, several in pairs:
        for said, unsaid in ((one, several), (several, one)):
            if said in own and unsaid not in own:
                yield Refusal(TERM_HALF_SAID, {"term": said, "other": unsaid, "language": language})
