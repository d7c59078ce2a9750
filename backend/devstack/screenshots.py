"""``python -m backend.devstack.screenshots``: a picture of every screen of the running demo, in ``.local/screenshots``.
CARELINE_STATE_DIR says where the demo keeps its state.

With ``--pair FILE`` also one picture of two clients' cards side by side, as the README shows it.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import time
from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path
from typing import Any, Literal

from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from backend.devstack import chromium
from backend.devstack.places import LOCAL
from backend.devstack.screens import walk

PHONE: ViewportSize = {"width": 390, "height": 844}
SIZES: dict[str, ViewportSize] = {"phone": PHONE, "desk": {"width": 1280, "height": 900}}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
_GROUND, _FRAME = "#e9ebe8", "#15181a"
_CODE_WITHIN_SECONDS = 20
_PAIR_WIDTH = 660


def sign_in(page: Page, base_url: str, slug: str, phone: str) -> None:
    """Sign a demo member in with the code from the outbox. Raises TimeoutError when none is sent."""
    page.goto(f"{base_url}/c/{slug}/")
    page.locator("#phone").fill(phone)
    before = set(_codes(page, base_url, phone))
    page.locator("form button").first.click()
    page.locator("#code").wait_for()
    deadline = time.monotonic() + _CODE_WITHIN_SECONDS
    while time.monotonic() < deadline:
        fresh = [code for code in _codes(page, base_url, phone) if code not in before]
        if fresh:
            page.locator("#code").fill(fresh[0])
            page.locator(".app").wait_for()
            return
        page.wait_for_timeout(300)
    raise TimeoutError(f"no sign-in code for {slug}")


def _codes(page: Page, base_url: str, phone: str) -> list[str]:
    sent = page.request.get(f"{base_url}/demo/outbox.json").json()
    texts = [message["text"] for message in sent if message["to"].endswith(phone) and message["text"]]
    return [found.group() for text in texts if (found := re.search(r"\b\d{6}\b", text))]


def shoot(browser: Browser, demo: Mapping[str, Any], client: Mapping[str, Any], folder: Path) -> Iterator[Path]:
    """Every screen of one client's app on a phone and a desk, light and dark."""
    slug, base_url = client["slug"], demo["base_url"]
    phone = next(one["phone"] for one in demo["members"] if one["client"] == slug and one["role"] == "employee")
    first = browser.new_context(viewport=PHONE, locale=client["languages"][0], service_workers="block")
    page = first.new_page()
    sign_in(page, base_url, slug, phone)
    known = first.storage_state(indexed_db=True)
    for (size, viewport), scheme in product(SIZES.items(), SCHEMES):
        context = browser.new_context(
            viewport=viewport, color_scheme=scheme, device_scale_factor=2, locale=client["languages"][0],
            storage_state=known, service_workers="block",
        )  # fmt: skip
        page = context.new_page()
        for name in walk(page, f"{base_url}/c/{slug}/"):
            path = folder / f"{slug}-{size}-{scheme}-{name}.png"
            page.screenshot(path=path)
            yield path
        context.close()
    first.close()


def pair(left: Path, right: Path, target: Path) -> None:
    """Two pictures of phones side by side, small enough for a page that people open on the road."""
    edge, gap, margin, radius = 14, 70, 60, 56
    pictures = [Image.open(path).convert("RGB") for path in (left, right)]
    width, height = pictures[0].size
    canvas = Image.new("RGB", (2 * (width + 2 * edge) + gap + 2 * margin, height + 2 * (edge + margin)), _GROUND)
    draw = ImageDraw.Draw(canvas)
    for number, picture in enumerate(pictures):
        x, y = margin + number * (width + 2 * edge + gap), margin
        draw.rounded_rectangle((x, y, x + width + 2 * edge, y + height + 2 * edge), radius + edge, fill=_FRAME)
        mask = Image.new("L", picture.size, 0)
        ImageDraw.Draw(mask).rounded_rectangle((0, 0, width, height), radius, fill=255)
        canvas.paste(picture, (x + edge, y + edge), mask)
    smaller = canvas.resize((_PAIR_WIDTH, _PAIR_WIDTH * canvas.height // canvas.width), Image.Resampling.LANCZOS)
    target.parent.mkdir(parents=True, exist_ok=True)
    smaller.save(target, optimize=True)


def main() -> int:
    """Take the pictures; the exit code is 1 when nothing runs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--pair", type=Path, help="also write the picture of two brands to this file")
    options = parser.parse_args()
    told = Path(os.environ.get("CARELINE_STATE_DIR") or LOCAL) / "demo.json"
    if not told.exists():
        sys.stderr.write("nothing runs: start it with `make run` or `make up`\n")
        return 1
    demo = json.loads(told.read_text(encoding="utf-8"))
    folder = LOCAL / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find_chromium(), args=["--no-sandbox"])
        for client in demo["clients"]:
            for path in shoot(browser, demo, client, folder):
                sys.stdout.write(f"{path.relative_to(LOCAL.parent)}\n")
        browser.close()
    if options.pair:
        left, right = (folder / f"{client['slug']}-phone-light-card.png" for client in demo["clients"][:2])
        pair(left, right, options.pair)
    return 0


if __name__ == "__main__":
    sys.exit(main())
