"""``python -m backend.commands.export_app <slug> --to DIR``: a client's own app as a Capacitor project."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from backend.branding import loader
from backend.errors import NotFound, RuleRefused
from backend.integrations import registry
from backend.integrations.registry import Integrations
from backend.languages import FALLBACK, message
from backend.settings import Settings
from backend.studio.app_pack import packing


def main(arguments: list[str] | None = None) -> int:
    """Write the project; 1 when the brand does not exist or has no app of its own in any store."""
    parser = argparse.ArgumentParser(prog="export_app", description=__doc__)
    parser.add_argument("slug")
    parser.add_argument("--to", type=Path, required=True, metavar="DIR")
    chosen = parser.parse_args(arguments)
    try:
        brand = loader.brand_of(chosen.slug)
        count = packing.write(brand, chosen.to)
    except NotFound:
        print(f"no brand {chosen.slug}; there are:", ", ".join(loader.brands()))
        return 1
    except RuleRefused as refused:
        print(message(refused.reason, FALLBACK, refused.figures))
        return 1
    print(f"{count} files in {chosen.to}; README.md there says how to build the app")
    return 0


if __name__ == "__main__":
    settings = Settings.from_env()
    loader.use_directory(settings.brands_dir)
    registry.use(Integrations.of(settings))
    sys.exit(main())
