"""How every route speaks: its access, its scope, its shapes, one error envelope, one commit at the edge.

``@blp.access(Role.MEMBER)`` checks the token, makes the Scope and hands it to the view as its first
argument after ``self``. ``@blp.public`` marks the few routes that need no sign-in and says why.
"""

from backend.api.blueprints import Blueprint as Blueprint
from backend.api.json import answer as answer
from backend.api.json import dump_json as dump_json
from backend.api.packed import packed as packed
from backend.api.receipts import ReceiptSchema as ReceiptSchema
from backend.api.scopes import language_of_request as language_of_request
from backend.api.scopes import open_scope as open_scope
from backend.api.scopes import signed_in_scope as signed_in_scope
from backend.api.shapes import AmountSchema as AmountSchema
from backend.api.shapes import CreatedSchema as CreatedSchema
from backend.api.shapes import MoneySchema as MoneySchema
from backend.api.shapes import Schema as Schema
