-- Whoever is enrolled, or dated back, into a version of a plan that was replaced goes on in the version that replaced it:
-- every day of cover is read by the table of that day, however late the enrolment was written.
CREATE FUNCTION enrolment_follows_its_plan() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    late record;
BEGIN
    FOR late IN
        SELECT i.client_id, i.id, c.new_plan_id FROM inserted i
          JOIN plan p ON p.client_id = i.client_id AND p.id = i.plan_id
         CROSS JOIN LATERAL (
               SELECT new_plan_id FROM plan_change
                WHERE client_id = i.client_id AND code = p.code AND state = 'in_force'
                  AND effective_on > p.valid_from AND effective_on <= i.starts_on
                ORDER BY effective_on DESC LIMIT 1) AS c
    LOOP
        UPDATE enrolment SET plan_id = late.new_plan_id WHERE client_id = late.client_id AND id = late.id;
    END LOOP;
    FOR late IN
        SELECT i.client_id, i.id, i.member_id, i.ends_on, i.created_at, c.effective_on, c.new_plan_id FROM inserted i
          JOIN plan p ON p.client_id = i.client_id AND p.id = i.plan_id
         CROSS JOIN LATERAL (
               SELECT effective_on, new_plan_id FROM plan_change
                WHERE client_id = i.client_id AND code = p.code AND state = 'in_force'
                  AND effective_on > greatest(p.valid_from, i.starts_on)
                  AND effective_on <= coalesce(i.ends_on, 'infinity')
                ORDER BY effective_on LIMIT 1) AS c
    LOOP
        UPDATE enrolment SET ends_on = late.effective_on - 1 WHERE client_id = late.client_id AND id = late.id;
        INSERT INTO enrolment (client_id, id, created_at, member_id, plan_id, starts_on, ends_on)
        VALUES (late.client_id, gen_random_uuid(), late.created_at, late.member_id, late.new_plan_id,
                late.effective_on, late.ends_on);
    END LOOP;
    RETURN NULL;
END $$;
CREATE TRIGGER enrolment_follows_its_plan AFTER INSERT ON enrolment
    REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION enrolment_follows_its_plan();
