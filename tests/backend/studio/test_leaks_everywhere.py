"""A vendor's and another client's name, written where each artefact's words come from, are seen in that artefact."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from backend.branding import loader
from backend.branding.loader import Brand
from backend.branding.vocabulary import speeches
from backend.conversations import speech
from backend.studio import artefacts as looking
from backend.studio import gate
from backend.studio.papers import PAPERS
from tests.conftest import ROOT

LANGUAGE = "id"
VENDOR, OTHER = "Twilio", "Índico Saúde"
PLANTED = f" {VENDOR} {OTHER}"
Patch = Callable[[pytest.MonkeyPatch], None]


def _grown(tree: Any) -> Any:
    """The same words with two names behind every one of them."""
    if isinstance(tree, Mapping):
        return {key: _grown(inner) for key, inner in tree.items()}
    if isinstance(tree, list | tuple):
        return type(tree)(_grown(inner) for inner in tree)
    return f"{tree}{PLANTED}" if isinstance(tree, str) else tree


def in_the_words(place: str, *kept: str) -> Patch:
    """The words of a paper, whose function of a module is at ``place``; ``kept`` keys stay (patterns of dates)."""

    def patch(monkeypatch: pytest.MonkeyPatch) -> None:
        module, _, name = place.rpartition(".")
        words = _found(module, name)()
        grown = {language: {**_grown(own), **{key: own[key] for key in kept}} for language, own in words.items()}
        monkeypatch.setattr(place, lambda: grown)

    return patch


def _found(module: str, name: str) -> Any:
    return getattr(__import__(module, fromlist=[name]), name)


def in_every(place: str) -> Patch:
    """What a function at ``place`` gives, a text or many by name, whoever asks for it."""

    def patch(monkeypatch: pytest.MonkeyPatch) -> None:
        module, _, name = place.rpartition(".")
        before = _found(module, name)
        monkeypatch.setattr(place, lambda *given, **named: _grown(before(*given, **named)))

    return patch


def in_the_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "page", lambda name, values: f"<p>{PLANTED}</p> // {name}")


def in_the_apps_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "_of_app", lambda _language: iter([("tab.home", PLANTED)]))


def in_the_files_of_paper_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "_leaves", lambda tree: iter([PLANTED]))


def in_the_helplines_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    def spoken(brand: Brand) -> speech.Manner:
        return speech.Manner({}, lambda text, _language, _named: f"{text}{PLANTED}")

    monkeypatch.setattr(looking, "manner_of", spoken)
    monkeypatch.setattr(speech, "manner_of", spoken)


SOURCES: dict[str, Patch] = {
    "PDF card": in_the_words("backend.members.card_image._words"),
    "PDF guarantee_letter": in_the_words("backend.guarantees.guarantee_letter._words", "clock"),
    "PDF referral_letter": in_the_words("backend.referrals.referral_letter._words"),
    "PDF rest_certificate": in_the_words("backend.telemedicine.certificate_paper._words"),
    "PDF prescription": in_the_words("backend.telemedicine.prescription_paper._words"),
    "PDF paper": in_the_words("backend.funds.papers.drawing._catalogue"),
    "PDF dossier": in_the_words("backend.complaints.dossier.sentences.dossier_words", "clock", "zone", "day_and_clock"),
    "PDF receipt": in_every("backend.languages.catalogue"),
    "PDF words": in_the_files_of_paper_words,
    "app: index.html": in_the_pages,
    "app: sw.js": in_the_pages,
    "app: manifest": in_every("backend.studio.artefacts.manifest"),
    "app: style sheet": in_every("backend.studio.artefacts.theme_css"),
    "app: brand": in_every("backend.studio.artefacts.as_json"),
    "app: words": in_the_apps_words,
    "error messages": in_every("backend.studio.artefacts.messages"),
    "helpline, text": in_the_helplines_sentences,
    "helpline, voice": in_the_helplines_sentences,
    "TwiML of greeting and menu": in_the_helplines_sentences,
    "consents": in_every("backend.studio.artefacts.wording"),
    "calendar": in_every("backend.studio.artefacts.titles"),
    "preview: mail.html": in_every("backend.notifications.wording.template"),
    "preview: whatsapp.json": in_the_helplines_sentences,
    "preview: voice.xml": in_the_helplines_sentences,
    "preview: voice.json": in_the_helplines_sentences,
    "push": in_every("backend.notifications.wording.template"),
    "mail": in_every("backend.notifications.wording.template"),
    "sms": in_every("backend.notifications.wording.template"),
    "whatsapp": in_every("backend.notifications.wording.template"),
}
"""Where the words of each kind of artefact come from."""
OF_FIELDS = {"links", "mail: addresses", "logo: light", "logo: dark", "logo: mark"}
"""What comes from fields of the brand alone; ``test_mutants`` plants those."""

NOT_REWORDED = {"app: brand", "PDF dossier"}
"""What carries the list of terms itself, and what an authority reads, in the law's words."""


@pytest.fixture(scope="module")
def brand() -> Brand:
    return replace(loader.brand_of("nusantara"), languages=(LANGUAGE,))


def _kind(artefact: str) -> str:
    """``mail claim_paid (id)`` is a mail."""
    bare = artefact.removesuffix(f" ({LANGUAGE})")
    channel = bare.partition(" ")[0]
    return channel if channel in {"push", "mail", "sms", "whatsapp"} else bare


@pytest.mark.requirement("S0-87")
@pytest.mark.parametrize("kind", SOURCES)
def test_a_name_in_the_source_of_an_artefact_is_seen_there(brand: Brand, monkeypatch: pytest.MonkeyPatch, kind: str):
    monkeypatch.setattr(gate, "drawing_defects", lambda _: ())  # looked at elsewhere, and slow
    SOURCES[kind](monkeypatch)
    found = [one.figures for one in gate.defects(brand, loader.brands()) if one.reason == "branding.leak"]
    seen = {figures["name"] for figures in found if _kind(figures["artefact"]) == kind}
    assert {VENDOR.lower(), OTHER} <= seen


def test_no_kind_of_artefact_is_without_its_mutant(brand: Brand):
    kinds = {_kind(artefact) for artefact in looking.artefacts(brand)}
    pages = {kind for kind in kinds if kind.startswith("app: ") and kind.endswith(".html")}
    assert kinds - pages == {*SOURCES, *OF_FIELDS} - {"app: index.html"}
    assert "app: index.html" in pages


def test_every_template_of_a_paper_is_drawn():
    backend = ROOT / "backend"
    templates = {str(path.relative_to(backend)) for path in backend.rglob("*.typ")}
    pictures = {path for path in templates if Path(path).parts[0] in {"branding", "devstack"}}
    assert templates - pictures == set(PAPERS)


def test_every_event_is_looked_at_on_every_channel_it_takes(brand: Brand):
    seen = looking.artefacts(brand)
    for event in looking.EVENTS.values():
        for channel in event.channels:
            assert f"{channel.value} {event.name} ({LANGUAGE})" in seen


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ('<meta property="og:title" content="A plan">', "A plan"),
        ('<img alt="A logo" src="/x">', "A logo"),
        ("<noscript>Needs a script</noscript>", "Needs a script"),
        ("<svg><title>A mark</title></svg>", "A mark"),
    ],
)
def test_what_is_read_out_counts_as_shown(markup: str, shown: str):
    assert shown in looking.visible(markup)


def test_scripts_and_comments_are_not_read_by_people():
    assert "preact" not in looking.visible("<script>import 'preact'</script><!-- preact --><p>x</p>")


def test_every_artefact_is_in_the_clients_own_terms(brand: Brand):
    """No form of a term that the client says otherwise is left anywhere, but where it means something else."""
    own = {"employee": "zaq", "member": "zaq", "referral": "zaq", "helpline": "zaq", "guarantee_letter": "zaq"}
    ours = [form for term in own for form in speeches()[LANGUAGE].terms[term].forms]
    left = {}
    for artefact, text in looking.artefacts(replace(brand, glossary={LANGUAGE: own})).items():
        bare = text.casefold().replace("rumah sakit rujukan", "")
        found = [form for form in ours if re.search(rf"(?<![\w-]){form}(?![\w-])", bare)]
        if found and _kind(artefact) not in NOT_REWORDED:
            left[artefact] = found
    assert left == {}
