"""``python -m backend.commands.show_branding <slug>``: the effective brand, or what is wrong with the files.

It is the folder's, and where ``DATABASE_URL`` is set the one in force.
"""

from __future__ import annotations

import os
import sys

import yaml

from backend.api import dump_json
from backend.branding import files, in_force, loader
from backend.errors import NotFound


def main(arguments: list[str]) -> int:
    """Print one brand as YAML; without a slug, the slugs there are."""
    if os.environ.get("DATABASE_URL"):
        in_force.look_once(os.environ["DATABASE_URL"])
    if len(arguments) != 1:
        print("clients:", ", ".join(loader.brands()))
        return 2
    try:
        brand = loader.brand_of(arguments[0])
    except NotFound:
        print(f"no brand {arguments[0]}; there are:", ", ".join(loader.brands()))
        return 1
    plain = yaml.safe_load(dump_json(files.as_json(brand)).decode())
    print(yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=110), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
