-- The benefit table of one member as JSON text, for backend/benefits/table.py: one round trip, one plan.
-- MATERIALIZED keeps the planner, which expects one row of each, from building the JSON once per line.
-- Its figures are the ones of backend/benefits/rules.py (usage_of, remaining); a test holds the two together.
CREATE FUNCTION api_member_benefits(
    p_client uuid, p_session uuid, p_member uuid, p_on date, p_language text, p_by_benefit boolean,
    OUT alive boolean, OUT body text
) LANGUAGE plpgsql AS $$
DECLARE
    v_family uuid;
    v_plan plan%ROWTYPE;
    v_since date;
    v_from date := make_date(extract(year FROM p_on)::int, 1, 1);
    v_until date := make_date(extract(year FROM p_on)::int, 12, 31);
    v_benefits json;
BEGIN
    alive := app_begin(p_client, p_session);
    IF NOT alive THEN
        RETURN;
    END IF;
    SELECT coalesce(m.employee_id, m.id) INTO v_family FROM member m WHERE m.client_id = p_client AND m.id = p_member;
    IF v_family IS NULL THEN
        RETURN;
    END IF;
    SELECT y.starts_on, y.ends_on INTO v_from, v_until FROM (
        SELECT y.starts_on, y.ends_on FROM plan_year y
         WHERE y.client_id = p_client AND p_on BETWEEN y.starts_on AND y.ends_on
        UNION ALL SELECT v_from, v_until LIMIT 1
    ) y;
    SELECT p.* INTO v_plan FROM enrolment e JOIN plan p ON p.client_id = p_client AND p.id = e.plan_id
     WHERE e.client_id = p_client AND e.member_id = p_member
       AND e.starts_on <= p_on AND (e.ends_on IS NULL OR e.ends_on >= p_on);
    SELECT min(e.starts_on) INTO v_since FROM enrolment e WHERE e.client_id = p_client AND e.member_id = p_member;

    WITH line AS MATERIALIZED (
        SELECT b.* FROM benefit b WHERE b.client_id = p_client AND b.plan_id = v_plan.id
    ), cap AS MATERIALIZED (
        SELECT l.*, line.code,
               CASE l.basis WHEN 'year' THEN (v_from - make_interval(years => l.years - 1))::date
                            WHEN 'lifetime' THEN '-infinity'::date END AS first,
               CASE l.basis WHEN 'year' THEN v_until WHEN 'lifetime' THEN 'infinity'::date END AS last
          FROM line JOIN benefit_limit l ON l.client_id = p_client AND l.benefit_id = line.id
    ), spent AS MATERIALIZED (
        SELECT u.benefit_code, u.happened_on, u.member_id = p_member AS own,
               sum(CASE u.kind WHEN 'consume' THEN u.amount_minor WHEN 'reverse' THEN -u.amount_minor ELSE 0 END) AS used,
               sum(CASE u.kind WHEN 'hold' THEN u.amount_minor WHEN 'release' THEN -u.amount_minor ELSE 0 END) AS held,
               sum(CASE u.kind WHEN 'consume' THEN u.count WHEN 'reverse' THEN -u.count ELSE 0 END) AS used_count,
               sum(CASE u.kind WHEN 'hold' THEN u.count WHEN 'release' THEN -u.count ELSE 0 END) AS held_count
          FROM utilisation_entry u WHERE u.client_id = p_client AND u.employee_id = v_family
         GROUP BY 1, 2, 3
    ), share AS MATERIALIZED (
        SELECT id AS limit_id, code, first, last, shared_by FROM cap
        UNION SELECT cap.id, other.code, cap.first, cap.last, cap.shared_by
          FROM cap JOIN cap other ON other.pool = cap.pool AND other.basis = cap.basis
    ), state AS MATERIALIZED (
        SELECT share.limit_id, sum(s.used)::bigint AS used, sum(s.held)::bigint AS held,
               sum(s.used_count)::int AS used_count, sum(s.held_count)::int AS held_count
          FROM spent s
          JOIN share ON share.code = s.benefit_code AND s.happened_on BETWEEN share.first AND share.last
                    AND (s.own OR share.shared_by = 'family')
         GROUP BY 1
    ), shown AS MATERIALIZED (
        SELECT cap.benefit_id, json_agg(json_build_object(
            'basis', cap.basis, 'years', cap.years, 'shared_by', cap.shared_by, 'pool', cap.pool,
            'limit', money_json(cap.amount_minor, v_plan.currency), 'count', cap.count,
            'used', money_json(t.used, v_plan.currency), 'held', money_json(t.held, v_plan.currency),
            'remaining', money_json(greatest(cap.amount_minor - t.used - t.held, t.floor), v_plan.currency),
            'used_count', t.used_count, 'held_count', t.held_count,
            'remaining_count', CASE WHEN cap.count IS NOT NULL AND t.told
                                    THEN greatest(cap.count - t.used_count - t.held_count, 0) END
        ) ORDER BY cap.position) AS limits
          FROM cap LEFT JOIN state ON state.limit_id = cap.id
         CROSS JOIN LATERAL (
            SELECT told,
                   CASE WHEN told THEN coalesce(state.used, 0) END AS used,
                   CASE WHEN told THEN coalesce(state.held, 0) END AS held,
                   CASE WHEN told AND cap.amount_minor IS NOT NULL THEN 0 END AS floor,
                   CASE WHEN told THEN coalesce(state.used_count, 0) END AS used_count,
                   CASE WHEN told THEN coalesce(state.held_count, 0) END AS held_count
              FROM (SELECT p_by_benefit OR cap.pool IS NOT NULL AS told) may
         ) t
         GROUP BY cap.benefit_id
    )
    SELECT json_agg(json_build_object(
        'code', line.code, 'group', line.benefit_group, 'name', in_language(line.names, p_language),
        'limits', coalesce(shown.limits, '[]'::json),
        'co_payment', CASE WHEN line.co_payment IS NOT NULL THEN json_build_object(
            'percent', (line.co_payment ->> 'percent')::numeric,
            'cap', money_json((line.co_payment ->> 'cap_minor')::bigint, v_plan.currency)) END,
        'deductible', CASE WHEN line.deductible IS NOT NULL THEN json_build_object(
            'amount', money_json((line.deductible ->> 'amount_minor')::bigint, v_plan.currency),
            'basis', line.deductible ->> 'basis') END,
        'waiting_until', CASE WHEN v_since + line.waiting_days > p_on THEN v_since + line.waiting_days END,
        'room_class', line.room_class,
        'exclusions', (SELECT coalesce(json_agg(in_language(x -> 'names', p_language)), '[]'::json)
                         FROM jsonb_array_elements(line.exclusions) x),
        'referral_required', line.referral_required, 'network_only', line.network_only,
        'reimbursable', line.reimbursable, 'approval_required', line.approval_required
    ) ORDER BY line.position) INTO v_benefits
      FROM line LEFT JOIN shown ON shown.benefit_id = line.id;

    body := json_build_object(
        'member_id', p_member,
        'plan', CASE WHEN v_plan.id IS NOT NULL THEN json_build_object(
            'code', v_plan.code, 'name', in_language(v_plan.names, p_language)) END,
        'year', json_build_object('from', v_from, 'until', v_until),
        'as_of', p_on,
        'benefits', coalesce(v_benefits, '[]'::json)
    )::text;
END $$;
