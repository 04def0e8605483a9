DROP INDEX `job_events_by_age`;--> statement-breakpoint
CREATE INDEX `job_events_kept` ON `job_events` (`received_at`) WHERE needs_person AND payload IS NOT NULL;--> statement-breakpoint
CREATE INDEX `job_events_by_age` ON `job_events` (`received_at`) WHERE NOT needs_person;
--> statement-breakpoint
UPDATE job_events SET needs_person = 1
  WHERE NOT needs_person AND id IN (SELECT event_id FROM job_todos WHERE state = 'open');
--> statement-breakpoint
-- What is open without an event, because that was deleted after 90 days, gets one of the same time.
INSERT INTO job_events (id, organization_id, connection_id, received_at, type, outcome, reason, effects, needs_person, contact_id, job_id)
  SELECT 'jev_' || substr(t.id, 5), t.organization_id, j.connection_id, t.opened_at,
    CASE t.kind WHEN 'conversion' THEN 'job.invoiced' ELSE 'job.refunded' END, 'applied',
    CASE t.kind WHEN 'conversion' THEN 'job_invoiced' ELSE 'job_refunded' END,
    json_array(json_object('reason', t.reason, 'facts', json(t.facts))), 1, j.contact_id, t.job_id
  FROM job_todos t JOIN jobs j ON j.id = t.job_id
  WHERE t.state = 'open' AND NOT EXISTS (SELECT 1 FROM job_events e WHERE e.id = t.event_id);
--> statement-breakpoint
UPDATE job_todos SET event_id = 'jev_' || substr(id, 5)
  WHERE state = 'open' AND EXISTS (SELECT 1 FROM job_events e WHERE e.id = 'jev_' || substr(job_todos.id, 5));
