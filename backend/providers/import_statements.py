"""What is done with the lines of an import at once, in PostgreSQL: a million lines never come back to Python.

Every statement takes ``import_id``; those about the client's own contracts run under its row-level security.
"""

from __future__ import annotations

_SAME_SIDE = "c.client_id IS NOT DISTINCT FROM %(owner)s"

# Nobody has counted the lines of a fresh import: without this PostgreSQL walks through a million of them for each
# facility instead of joining both once.
JOIN_ONCE = "SET LOCAL enable_nestloop = off"

CLEAR = "DELETE FROM provider_import_row WHERE import_id = %(import_id)s"

WITHOUT_HURRY = "SET LOCAL statement_timeout = '30min'"

COPY = (
    "COPY provider_import_row (import_id, line, outcome, country, code, service_code, room_class, name, amount_minor, "
    "currency, details, problems) FROM STDIN"
)

REFUSE_REPEATED = """
UPDATE provider_import_row r SET outcome = 'refused',
       problems = jsonb_build_array(jsonb_build_object('reason', 'providers.import.repeated_line',
                                                       'figures', jsonb_build_object('line', seen.first)))
  FROM (SELECT line, first FROM (
          SELECT line, min(line) OVER (PARTITION BY country, code, service_code, room_class) AS first
            FROM provider_import_row WHERE import_id = %(import_id)s AND outcome <> 'refused') AS every
         WHERE line > first) AS seen
 WHERE r.import_id = %(import_id)s AND r.line = seen.line
"""

COMPARE_FACILITIES = """
UPDATE provider_import_row r SET outcome = CASE WHEN
       (p.name, p.kind, p.region_code, p.address, p.city, p.latitude, p.longitude, p.timezone, p.phone, p.tier,
        p.opening, p.active) IS NOT DISTINCT FROM
       (r.name, r.details ->> 'kind', r.details ->> 'region_code', r.details ->> 'address', r.details ->> 'city',
        (r.details ->> 'latitude')::double precision, (r.details ->> 'longitude')::double precision,
        r.details ->> 'timezone', r.details ->> 'phone', r.details ->> 'tier', r.details -> 'opening', true)
       AND to_jsonb(p.languages) = r.details -> 'languages' AND to_jsonb(p.services) = r.details -> 'services'
       AND to_jsonb(p.specialties) = r.details -> 'specialties'
       AND (r.details -> 'contract' IS NULL OR EXISTS (
            SELECT FROM provider_contract c WHERE c.provider_id = p.id AND c.client_id IS NOT DISTINCT FROM %(owner)s
               AND c.number = r.details -> 'contract' ->> 'number'))
       AND (%(network)s::text IS NULL OR EXISTS (
            SELECT FROM network_provider n WHERE n.client_id = %(client_id)s AND n.network = %(network)s::text
               AND n.provider_id = p.id AND (n.valid_until IS NULL OR n.valid_until >= %(valid_from)s)))
       THEN 'unchanged' ELSE 'changed' END
  FROM provider p
 WHERE r.import_id = %(import_id)s AND r.outcome = 'new' AND p.country = r.country AND p.code = r.code
"""

REFUSE_SECOND_CONTRACT = f"""
UPDATE provider_import_row r SET outcome = 'refused',
       problems = jsonb_build_array(jsonb_build_object('reason', 'providers.import.contract_overlaps',
                                                       'figures', jsonb_build_object('number', c.number)))
  FROM provider p JOIN provider_contract c ON c.provider_id = p.id AND {_SAME_SIDE}
 WHERE r.import_id = %(import_id)s AND r.outcome IN ('new', 'changed') AND p.country = r.country AND p.code = r.code
   AND r.details -> 'contract' ->> 'number' <> c.number
   AND daterange(c.valid_from, c.valid_until, '[]')
       && daterange((r.details -> 'contract' ->> 'valid_from')::date, (r.details -> 'contract' ->> 'valid_until')::date, '[]')
"""  # noqa: E501, S608 - put together from our own texts

WRITE_FACILITIES = """
INSERT INTO provider (id, created_at, code, name, search_name, kind, country, region_code, address, city, latitude,
                      longitude, timezone, phone, opening, open_minutes, tier, languages, services, specialties, active)
SELECT gen_random_uuid(), %(now)s, code, name, details ->> 'search_name', details ->> 'kind', country,
       details ->> 'region_code', details ->> 'address', details ->> 'city', (details ->> 'latitude')::double precision,
       (details ->> 'longitude')::double precision, details ->> 'timezone', details ->> 'phone', details -> 'opening',
       (details ->> 'open_minutes')::int4multirange, details ->> 'tier',
       ARRAY(SELECT jsonb_array_elements_text(details -> 'languages')),
       ARRAY(SELECT jsonb_array_elements_text(details -> 'services')),
       ARRAY(SELECT jsonb_array_elements_text(details -> 'specialties')), true
  FROM provider_import_row
 WHERE import_id = %(import_id)s AND outcome IN ('new', 'changed') AND line >= %(first)s AND line < %(last)s
ON CONFLICT (country, code) DO UPDATE SET name = excluded.name, search_name = excluded.search_name,
       kind = excluded.kind, region_code = excluded.region_code, address = excluded.address, city = excluded.city,
       latitude = excluded.latitude, longitude = excluded.longitude, timezone = excluded.timezone,
       phone = excluded.phone, opening = excluded.opening, open_minutes = excluded.open_minutes, tier = excluded.tier,
       languages = excluded.languages, services = excluded.services, specialties = excluded.specialties, active = true
"""

WRITE_CONTRACTS = """
INSERT INTO provider_contract (id, created_at, client_id, provider_id, number, valid_from, valid_until, cashless,
                               edc_available)
SELECT gen_random_uuid(), %(now)s, %(owner)s, p.id, agreed.number, agreed.valid_from, agreed.valid_until,
       agreed.cashless, agreed.edc_available
  FROM provider_import_row r JOIN provider p ON p.country = r.country AND p.code = r.code
 CROSS JOIN jsonb_to_record(r.details -> 'contract')
       AS agreed (number text, valid_from date, valid_until date, cashless boolean, edc_available boolean)
 WHERE r.import_id = %(import_id)s AND r.outcome IN ('new', 'changed') AND r.details ? 'contract'
   AND NOT EXISTS (SELECT FROM provider_contract c WHERE c.provider_id = p.id AND c.number = agreed.number
                      AND c.client_id IS NOT DISTINCT FROM %(owner)s)
"""

WRITE_MEMBERSHIPS = """
INSERT INTO network_provider (client_id, id, created_at, provider_id, network, valid_from, cashless, contract_id)
SELECT %(client_id)s, gen_random_uuid(), %(now)s, p.id, %(network)s::text, coalesce(c.valid_from, %(valid_from)s), true,
       c.id
  FROM provider_import_row r JOIN provider p ON p.country = r.country AND p.code = r.code
  LEFT JOIN provider_contract c ON c.provider_id = p.id AND c.client_id IS NOT DISTINCT FROM %(owner)s
        AND c.number = r.details -> 'contract' ->> 'number'
 WHERE r.import_id = %(import_id)s AND r.outcome IN ('new', 'changed')
   AND NOT EXISTS (SELECT FROM network_provider n WHERE n.client_id = %(client_id)s AND n.network = %(network)s::text
                      AND n.provider_id = p.id AND n.contract_id IS NOT DISTINCT FROM c.id
                      AND (n.valid_until IS NULL OR n.valid_until >= coalesce(c.valid_from, %(valid_from)s)))
ON CONFLICT DO NOTHING
"""

# One row per facility of the file: what of its lines would refuse the whole price list.
JUDGE_PRICE_LISTS = """
CREATE TEMP TABLE price_list ON COMMIT DROP AS
SELECT list.country, list.code, list.lines, list.currency, p.id AS provider_id, c.id AS contract_id,
       CASE WHEN p.id IS NULL THEN 'providers.import.unknown_provider'
            WHEN c.id IS NULL THEN 'providers.import.no_contract'
            WHEN list.currencies > 1 THEN 'providers.import.several_currencies'
            WHEN EXISTS (SELECT FROM tariff_version v WHERE v.contract_id = c.id AND v.valid_from = %(valid_from)s)
                 THEN 'providers.tariff_version_exists'
       END AS reason,
       list.refused
  FROM (SELECT country, code, count(*) AS lines, min(currency) AS currency, count(DISTINCT currency) AS currencies,
               count(*) FILTER (WHERE outcome = 'refused') AS refused
          FROM provider_import_row WHERE import_id = %(import_id)s GROUP BY country, code) AS list
  LEFT JOIN provider p ON p.country = list.country AND p.code = list.code
  LEFT JOIN provider_contract c ON c.provider_id = p.id AND c.client_id IS NOT DISTINCT FROM %(owner)s
        AND c.valid_from <= %(valid_from)s AND (c.valid_until IS NULL OR c.valid_until >= %(valid_from)s)
"""

REFUSE_PRICE_LISTS = """
UPDATE provider_import_row r SET outcome = 'refused',
       problems = jsonb_build_array(jsonb_build_object('reason', list.reason,
                                                       'figures', jsonb_build_object('day', %(valid_from)s::date)))
  FROM price_list list
 WHERE r.import_id = %(import_id)s AND r.outcome = 'new' AND list.reason IS NOT NULL
   AND r.country = list.country AND r.code = list.code
"""

HOLD_PRICE_LISTS = """
UPDATE provider_import_row r SET outcome = 'held',
       problems = jsonb_build_array(jsonb_build_object('reason', 'providers.import.list_incomplete',
                                                       'figures', jsonb_build_object('refused', list.refused)))
  FROM price_list list
 WHERE r.import_id = %(import_id)s AND r.outcome = 'new' AND list.reason IS NULL AND list.refused > 0
   AND r.country = list.country AND r.code = list.code
"""

NUMBER_VERSIONS = """
CREATE TEMP TABLE new_version ON COMMIT DROP AS
SELECT gen_random_uuid() AS id, list.*,
       1 + (SELECT count(*) FROM tariff_version v WHERE v.contract_id = list.contract_id)::int AS number
  FROM price_list list WHERE list.reason IS NULL AND list.refused = 0
"""

WRITE_VERSIONS = """
INSERT INTO tariff_version (id, created_at, client_id, contract_id, provider_id, number, currency, valid_from, lines)
SELECT id, %(now)s, %(owner)s, contract_id, provider_id, number, currency, %(valid_from)s, lines FROM new_version
"""

WRITE_PRICES = """
INSERT INTO tariff_line (version_id, service_code, room_class, client_id, name, amount_minor, contents)
SELECT v.id, r.service_code, r.room_class, %(owner)s, r.name, r.amount_minor, r.details -> 'contents'
  FROM provider_import_row r JOIN new_version v ON v.country = r.country AND v.code = r.code
 WHERE r.import_id = %(import_id)s AND r.outcome = 'new' AND r.line >= %(first)s AND r.line < %(last)s
"""
