"""``python -m backend.devstack.web_types``: checks the types of the pages with the TypeScript of package-lock.json."""

from __future__ import annotations

import shutil
import subprocess
import sys

from backend.devstack.places import ROOT, TOOLS, WEB_PACKAGES


def main() -> int:
    """The compiler's own exit code; it writes no files."""
    node = shutil.which("node") or str(TOOLS / "bin" / "node")
    compiler = WEB_PACKAGES / "node_modules" / "typescript" / "bin" / "tsc"
    return subprocess.run([node, compiler, "-p", ROOT / "backend" / "web" / "tsconfig.json"], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
