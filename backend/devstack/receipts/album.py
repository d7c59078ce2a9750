"""A labelled album of receipts as people photograph them: what reading is measured on."""

from collections.abc import Iterator
from dataclasses import dataclass

from backend.devstack.receipts.camera import Conditions, photograph
from backend.devstack.receipts.content import Receipt, invent_receipt
from backend.devstack.receipts.files import PICTURE, encode
from backend.devstack.receipts.handwriting import write_receipt
from backend.devstack.receipts.printing import print_receipt


@dataclass(frozen=True)
class Scene:
    """A way of being hard to read: `photos` of it in the album, `handwritten` instead of printed, and `scale`, the side
    of the picture against a phone's own (a chat program sends less)."""

    name: str
    conditions: Conditions
    photos: int
    handwritten: bool = False
    scale: float = 1.0


SCENES = (
    Scene("good light", Conditions(), 9),
    Scene("skew", Conditions(skew=0.075), 9),
    Scene("shadow", Conditions(shadow=0.7, skew=0.04), 9),
    Scene("thermal fade", Conditions(fade=0.42, noise=6), 9),
    Scene("dim and grainy", Conditions(light=0.5, noise=13), 9),
    Scene("soft focus", Conditions(blur=1.9), 9),
    Scene("handwriting", Conditions(shadow=0.4), 12, handwritten=True),
    Scene("crumpled", Conditions(crumple=5.0, shadow=0.4), 9),
    Scene("small, from a chat", Conditions(noise=7), 9, scale=0.55),
    Scene("worn: fade, skew and shadow", Conditions(fade=0.3, skew=0.05, shadow=0.55, blur=1.0, noise=8), 9),
)
_COUNTRIES = ("ID", "MZ", "ID", "AO")
_FIRST_SEED = 4_000
"""Far from the seeds of other tests, so that no rule of reading was written looking at these papers."""


@dataclass(frozen=True)
class Photo:
    """One file of the album and the truth about it; `itemised` when each line stands there with its price."""

    scene: str
    data: bytes
    truth: Receipt
    itemised: bool = True


def album(of_each: int | None = None, *, first_seed: int = _FIRST_SEED) -> Iterator[Photo]:
    """Every photo, scene by scene; at most `of_each` of a scene. The same photos each time."""
    seed = first_seed
    for scene in SCENES:
        for number in range(scene.photos):
            seed += 1
            if of_each is None or number < of_each:
                yield _photo(scene, seed, _COUNTRIES[number % len(_COUNTRIES)])


def _photo(scene: Scene, seed: int, country: str) -> Photo:
    receipt = invent_receipt(seed, country)
    paper = write_receipt(receipt, seed) if scene.handwritten else print_receipt(receipt, seed)
    width, height = PICTURE if paper.height > paper.width else PICTURE[::-1]
    size = round(width * scene.scale), round(height * scene.scale)
    picture = photograph(paper, seed, scene.conditions, size)
    return Photo(scene.name, encode(picture, "jpeg"), receipt, itemised=not scene.handwritten)
