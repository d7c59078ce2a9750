"""What is done at once with the lines of a file of doctors or of room rates; see ``import_statements``.

``code`` of a line is the facility's; ``service_code`` is the doctor's and ``room_class`` the room's.
"""

from __future__ import annotations

_OF_IMPORT = "r.import_id = %(import_id)s"
_TO_WRITE = f"{_OF_IMPORT} AND r.outcome IN ('new', 'changed')"
_FROM = "(r.details ->> 'valid_from')::date"
_PROVIDER = "JOIN provider p ON p.country = r.country AND p.code = r.code"
_DOCTOR = "JOIN doctor d ON d.country = r.country AND d.code = r.service_code"

REFUSE_UNKNOWN_FACILITIES = f"""
UPDATE provider_import_row r SET outcome = 'refused',
       problems = jsonb_build_array(jsonb_build_object('reason', 'providers.import.unknown_provider',
                                                       'figures', jsonb_build_object()))
 WHERE {_OF_IMPORT} AND r.outcome = 'new'
   AND NOT EXISTS (SELECT FROM provider p WHERE p.country = r.country AND p.code = r.code)
"""  # noqa: S608 - put together from our own texts

COMPARE_DOCTORS = f"""
UPDATE provider_import_row r SET outcome = CASE WHEN
       (d.name, d.specialty, d.active) IS NOT DISTINCT FROM (r.name, r.details ->> 'specialty', true)
       AND to_jsonb(d.languages) = r.details -> 'languages'
       AND EXISTS (SELECT FROM doctor_practice t WHERE t.doctor_id = d.id AND t.provider_id = p.id
                      AND t.valid_from <= {_FROM} AND (t.valid_until IS NULL OR t.valid_until >= {_FROM})
                      AND t.schedule = r.details -> 'schedule'
                      AND t.valid_until IS NOT DISTINCT FROM (r.details ->> 'valid_until')::date)
       THEN 'unchanged' ELSE 'changed' END
  FROM doctor d, provider p
 WHERE {_OF_IMPORT} AND r.outcome = 'new' AND d.country = r.country AND d.code = r.service_code
   AND p.country = r.country AND p.code = r.code
"""  # noqa: S608

# A doctor of several facilities stands in several lines: the last one says how the name is written.
WRITE_DOCTORS = f"""
INSERT INTO doctor (id, created_at, country, code, name, search_name, specialty, languages, active)
SELECT DISTINCT ON (r.country, r.service_code) gen_random_uuid(), %(now)s, r.country, r.service_code, r.name,
       r.details ->> 'search_name', r.details ->> 'specialty',
       ARRAY(SELECT jsonb_array_elements_text(r.details -> 'languages')), true
  FROM provider_import_row r WHERE {_TO_WRITE} AND r.line >= %(first)s AND r.line < %(last)s
 ORDER BY r.country, r.service_code, r.line DESC
ON CONFLICT (country, code) DO UPDATE SET name = excluded.name, search_name = excluded.search_name,
       specialty = excluded.specialty, languages = excluded.languages, active = true
"""  # noqa: S608

# What was true until the day before stays true.
END_PRACTICES = f"""
UPDATE doctor_practice t SET valid_until = {_FROM} - 1
  FROM provider_import_row r {_PROVIDER} {_DOCTOR}
 WHERE {_TO_WRITE} AND t.doctor_id = d.id AND t.provider_id = p.id AND t.valid_from < {_FROM}
   AND (t.valid_until IS NULL OR t.valid_until >= {_FROM})
"""  # noqa: S608

WRITE_PRACTICES = f"""
INSERT INTO doctor_practice (id, created_at, doctor_id, provider_id, schedule, valid_from, valid_until)
SELECT gen_random_uuid(), %(now)s, d.id, p.id, r.details -> 'schedule', {_FROM},
       least((r.details ->> 'valid_until')::date,
             (SELECT min(t.valid_from) - 1 FROM doctor_practice t
               WHERE t.doctor_id = d.id AND t.provider_id = p.id AND t.valid_from > {_FROM}))
  FROM provider_import_row r {_PROVIDER} {_DOCTOR}
 WHERE {_TO_WRITE}
ON CONFLICT (provider_id, doctor_id, valid_from) DO UPDATE SET schedule = excluded.schedule,
       valid_until = excluded.valid_until
"""  # noqa: S608

COMPARE_ROOMS = f"""
UPDATE provider_import_row r SET outcome = CASE WHEN
       (known.rank, known.name, known.rate_minor, known.currency) IS NOT DISTINCT FROM
       ((r.details ->> 'rank')::int, r.name, r.amount_minor, r.currency) THEN 'unchanged' ELSE 'changed' END
  FROM (SELECT DISTINCT ON (n.line) n.line, k.rank, k.name, k.rate_minor, k.currency
          FROM provider_import_row n JOIN provider p ON p.country = n.country AND p.code = n.code
          JOIN room_rate k ON k.provider_id = p.id AND k.code = n.room_class
               AND k.valid_from <= (n.details ->> 'valid_from')::date
         WHERE n.import_id = %(import_id)s AND n.outcome = 'new'
         ORDER BY n.line, k.valid_from DESC) AS known
 WHERE {_OF_IMPORT} AND r.line = known.line
"""  # noqa: S608

# A rate is never rewritten: bills were reckoned with it.
REFUSE_SECOND_RATES = f"""
UPDATE provider_import_row r SET outcome = 'refused',
       problems = jsonb_build_array(jsonb_build_object('reason', 'providers.room_rate_exists',
                                                       'figures', jsonb_build_object()))
  FROM provider p JOIN room_rate k ON k.provider_id = p.id
 WHERE {_TO_WRITE} AND p.country = r.country AND p.code = r.code AND k.code = r.room_class
   AND k.valid_from = {_FROM}
"""  # noqa: S608

WRITE_ROOMS = f"""
INSERT INTO room_rate (id, created_at, provider_id, code, rank, name, rate_minor, currency, valid_from)
SELECT gen_random_uuid(), %(now)s, p.id, r.room_class, (r.details ->> 'rank')::int, r.name, r.amount_minor, r.currency,
       {_FROM}
  FROM provider_import_row r {_PROVIDER}
 WHERE {_TO_WRITE} AND r.line >= %(first)s AND r.line < %(last)s
"""  # noqa: S608
