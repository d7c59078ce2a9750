"""``python -m backend.commands.check_brand [slug …]``: may these brands be published? Every defect with its remedy."""

from __future__ import annotations

import sys

from backend.branding import loader
from backend.branding.loader import BrandsRefused
from backend.errors import NotFound
from backend.languages import FALLBACK, message
from backend.studio.gate import defects


def main(slugs: list[str]) -> int:
    """Look at the named brands, or at all; the exit code is 1 when one may not be published."""
    try:
        known = loader.brands()
        chosen = [loader.brand_of(slug) for slug in slugs or known]
    except (BrandsRefused, NotFound) as refused:
        print(refused if isinstance(refused, BrandsRefused) else f"there are: {', '.join(loader.brands())}")
        return 1
    wrong = 0
    for brand in chosen:
        found = defects(brand, known)
        wrong += len(found)
        print(f"{brand.slug}: {'may be published' if not found else f'{len(found)} to mend'}")
        for defect in found:
            print(f"  - {message(defect.reason, FALLBACK, defect.figures)}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
