"""Engine and second oracle over a generated book: not one payment may differ.

``CARELINE_ORACLE_CASES=20000`` runs as many, ``CARELINE_ORACLE_FIRST`` begins at another seed.
"""

from __future__ import annotations

import os

import pytest

from tests.second_oracle.cases import case
from tests.second_oracle.comparing import difference

CASES = int(os.environ.get("CARELINE_ORACLE_CASES", "3000"))
FIRST = int(os.environ.get("CARELINE_ORACLE_FIRST", "1"))
SLICES = 6


@pytest.mark.parametrize("slice_", range(SLICES))
def test_no_payment_differs_from_a_reading_of_the_sources(slice_: int) -> None:
    found = [report for seed in range(FIRST + slice_, FIRST + CASES, SLICES) if (report := difference(case(seed)))]
    assert not found, f"{len(found)} of {CASES // SLICES} cases differ, the first:\n{found[0]}"
