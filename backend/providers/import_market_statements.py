"""What is done at once with the lines of a file of standard prices; see ``import_statements``.

``code`` of a line is the region and ``room_class`` the unit.
"""

from __future__ import annotations

_OF_IMPORT = "r.import_id = %(import_id)s"
_FROM = "(r.details ->> 'valid_from')::date"
_SAME = "m.country = r.country AND m.service_code = r.service_code AND m.region_code = r.code AND m.unit = r.room_class"

# The price that holds until now; the same again is nothing new.
COMPARE_MARKET = f"""
UPDATE provider_import_row r SET outcome = CASE WHEN
       (known.name, known.amount_minor, known.currency, known.valid_until) IS NOT DISTINCT FROM
       (r.name, r.amount_minor, r.currency::text, (r.details ->> 'valid_until')::date)
       THEN 'unchanged' ELSE 'changed' END
  FROM (SELECT DISTINCT ON (n.line) n.line, m.name, m.amount_minor, m.currency::text AS currency, m.valid_until
          FROM provider_import_row n JOIN market_price m
            ON m.country = n.country AND m.service_code = n.service_code AND m.region_code = n.code
               AND m.unit = n.room_class AND m.valid_from <= (n.details ->> 'valid_from')::date
         WHERE n.import_id = %(import_id)s AND n.outcome = 'new'
         ORDER BY n.line, m.valid_from DESC) AS known
 WHERE {_OF_IMPORT} AND r.line = known.line
"""  # noqa: S608 - put together from our own texts

# A price is never rewritten: bills were reckoned with it.
REFUSE_SECOND_PRICES = f"""
UPDATE provider_import_row r SET outcome = 'refused',
       problems = jsonb_build_array(jsonb_build_object('reason', 'providers.import.market_price_exists',
                                                       'figures', jsonb_build_object('day', m.valid_from)))
  FROM market_price m
 WHERE {_OF_IMPORT} AND r.outcome IN ('new', 'changed') AND {_SAME} AND m.valid_from = {_FROM}
"""  # noqa: S608

WRITE_MARKET = f"""
INSERT INTO market_price (country, region_code, service_code, unit, valid_from, valid_until, name, amount_minor,
                          currency, source, import_id, created_at)
SELECT r.country, r.code, r.service_code, r.room_class, {_FROM}, (r.details ->> 'valid_until')::date, r.name,
       r.amount_minor, r.currency, r.details ->> 'source', %(import_id)s, %(now)s
  FROM provider_import_row r
 WHERE {_OF_IMPORT} AND r.outcome IN ('new', 'changed') AND r.line >= %(first)s AND r.line < %(last)s
"""  # noqa: S608
