"""``python -m backend.commands.check_brand [slug …]``: may these brands be published? Every defect with its remedy.

It looks at the folder's brands, and where ``DATABASE_URL`` is set at those in force.
"""

from __future__ import annotations

import os
import sys

from backend.branding import in_force, loader
from backend.branding.loader import BrandsRefused
from backend.errors import NotFound
from backend.languages import FALLBACK, message
from backend.studio.gate import defects


def main(slugs: list[str]) -> int:
    """Look at the named brands, or at all; the exit code is 1 when one may not be published."""
    if os.environ.get("DATABASE_URL"):
        in_force.look_once(os.environ["DATABASE_URL"])
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
