"""Receipts for the demo, the journey and the tests: invented, printed, then "photographed".

`receipt_photo(seed, country, file_format)` gives the bytes of a file and the truth about it, always the same
for the same arguments. No camera, no font of the machine and no real person's paper is involved.
"""

from backend.devstack.receipts.camera import Conditions
from backend.devstack.receipts.content import Receipt, ReceiptLine, invent_receipt
from backend.devstack.receipts.files import FORMATS, encode, receipt_photo

__all__ = ["FORMATS", "Conditions", "Receipt", "ReceiptLine", "encode", "invent_receipt", "receipt_photo"]
