"""The reading process: recognises print on clean copies. A sandboxed child like the darkroom, one page at a time.

The models come with the package; nothing is downloaded.
"""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import onnxruntime
from PIL import Image
from rapidocr import RapidOCR
from rapidocr.utils.output import RapidOCROutput

from backend.documents.sandbox import Answer, serve

MEMORY_BYTES = 6_000_000_000
CPU_SECONDS = 60
IDLE_SECONDS = 60.0
# Finer pictures take twice as long and are not read better (docs: measured on photographed receipts).
LONGEST_SIDE = 1200

onnxruntime.disable_telemetry_events()
_ENGINE = RapidOCR(
    params={
        "Global.log_level": "critical",
        "Global.use_cls": False,
        "EngineConfig.onnxruntime.intra_op_num_threads": 1,
        "EngineConfig.onnxruntime.inter_op_num_threads": 1,
    }
)


def handle(_header: dict[str, Any], data: bytes) -> Answer:
    """Boxes of text on one JPEG: `[text, confidence, four corners]` each, in pixels of the read picture."""
    page = Image.open(io.BytesIO(data), formats=["JPEG"]).convert("RGB")
    page.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    result = _ENGINE(np.asarray(page)[:, :, ::-1])
    if not isinstance(result, RapidOCROutput) or result.txts is None or result.boxes is None:
        return {"boxes": []}, []
    found = zip(result.txts, result.scores or (), result.boxes, strict=True)
    return {"boxes": [[text, round(float(score), 3), corners.tolist()] for text, score, corners in found]}, []


if __name__ == "__main__":
    serve(handle, memory_bytes=MEMORY_BYTES, cpu_seconds=CPU_SECONDS, idle_seconds=IDLE_SECONDS)
