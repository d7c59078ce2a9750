"""Outside systems only. Protocols and plain dataclasses here; no domain is imported."""
