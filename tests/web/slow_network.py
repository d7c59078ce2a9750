"""A page on a slow network and a slow processor, and what it asked for there."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import Any

import yaml
from playwright.sync_api import CDPSession, Page

from tests.structure.source import ROOT
from tests.web.conftest import until

BUDGET: dict[str, Any] = yaml.safe_load((ROOT / "backend" / "web" / "budget.yml").read_text(encoding="utf-8"))
_LONG_TASKS = """() => {
  window.longTasks = [];
  const note = ({startTime, duration}) => longTasks.push([startTime, duration]);
  new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({type: "longtask", buffered: true});
}"""
_INTERACTIVE = """() => {
  const usable = performance.getEntriesByName("usable")[0]?.startTime;
  const around = longTasks.filter(([start]) => start < usable + 1000).map(([start, duration]) => start + duration);
  return Math.max(usable, ...around);
}"""


@dataclass
class Seen:
    """What came over the wire since the network became slow."""

    addresses: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """Bytes."""
        return sum(self.sizes.values())

    @property
    def requests(self) -> int:
        """How many that did not come from the phone itself."""
        return sum(1 for size in self.sizes.values() if size)

    @property
    def typefaces(self) -> int:
        """How many of the requests were for one."""
        return sum(1 for each, size in self.sizes.items() if size and self.addresses.get(each, "").endswith(".woff2"))


def slow_down(page: Page, profile: str) -> tuple[CDPSession, Seen]:
    """From now on the page's network and processor are those of a profile of the budget; its caches are empty."""
    facts = BUDGET["profiles"][profile]
    session = page.context.new_cdp_session(page)
    seen = Seen()
    session.on(
        "Network.requestWillBeSent", lambda event: seen.addresses.update({event["requestId"]: event["request"]["url"]})
    )
    session.on(
        "Network.loadingFinished", lambda event: seen.sizes.update({event["requestId"]: event["encodedDataLength"]})
    )
    session.send("Network.enable")
    session.send("Network.clearBrowserCache")
    each = {"downloadThroughput": facts["bytes_per_second"], "uploadThroughput": facts["bytes_per_second"]}
    session.send("Network.emulateNetworkConditions", {"offline": False, "latency": facts["latency_ms"], **each})
    session.send("Emulation.setCPUThrottlingRate", {"rate": facts["processor"] if _idle() else 1})
    page.add_init_script(f"({_LONG_TASKS})()")
    return session, seen


def _idle() -> bool:
    """Whether a slower processor can be played here; where others work already, they slow it down unasked."""
    return os.getloadavg()[0] <= (os.cpu_count() or 1)


def slowness(page: Page, site: str, profile: str) -> float:
    """How much longer than the profile says the smallest document takes here and now; at least 1."""
    page.goto(f"{site}/healthz")
    took = page.evaluate("performance.getEntriesByType('navigation')[0].responseEnd")
    return max(1.0, float(took) / BUDGET["profiles"][profile]["latency_ms"])


def interactive_ms(page: Page) -> float:
    """When the first screen stood, its handlers listening, and the main thread was free."""
    until(page, "() => performance.getEntriesByName('usable').length > 0")
    page.wait_for_timeout(1000)
    return float(page.evaluate(_INTERACTIVE))
