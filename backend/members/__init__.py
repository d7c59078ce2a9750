"""Members: employees and their dependants, when they are covered and by which plan, and their card.

Owns registration on all three levels (employer, administrator, the member's own request), the census
import, the card with its signed QR, and consent. It never decides what a plan pays (benefits) and
holds no health data.
"""
