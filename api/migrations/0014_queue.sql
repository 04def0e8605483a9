CREATE TABLE `queue` (
	`kind` text NOT NULL,
	`subject_id` text NOT NULL,
	`organization_id` text,
	`lane` text NOT NULL,
	`due_at` integer NOT NULL,
	`holder` text,
	`attempts` integer NOT NULL,
	`error` text,
	PRIMARY KEY(`kind`, `subject_id`),
	CONSTRAINT "queue_held_is_attempted" CHECK("queue"."holder" IS NULL OR "queue"."attempts" > 0)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `queue_due` ON `queue` (`kind`,`due_at`,`lane`);--> statement-breakpoint
INSERT INTO `queue` (kind, subject_id, organization_id, lane, due_at, holder, attempts, error)
SELECT 'message', id, organization_id, coalesce(organization_id, 'installation'),
  CASE WHEN state = 'sending' THEN coalesce(lease_until, created_at) ELSE coalesce(next_attempt_at, created_at) END,
  CASE WHEN state = 'sending' AND attempts > 0 THEN 'an earlier version' END, attempts, error
FROM messages WHERE state IN ('queued', 'sending');--> statement-breakpoint
INSERT INTO `queue` (kind, subject_id, organization_id, lane, due_at, holder, attempts, error)
SELECT 'webhook', id, organization_id, endpoint_id,
  CASE WHEN state = 'sending' THEN coalesce(lease_until, created_at) ELSE coalesce(next_attempt_at, created_at) END,
  CASE WHEN state = 'sending' AND attempts > 0 THEN 'an earlier version' END, attempts, NULL
FROM webhook_deliveries WHERE state IN ('queued', 'sending');--> statement-breakpoint
UPDATE messages SET state = 'queued', error = NULL WHERE state IN ('queued', 'sending');--> statement-breakpoint
UPDATE webhook_deliveries SET state = 'queued' WHERE state = 'sending';--> statement-breakpoint
DROP INDEX `messages_due`;--> statement-breakpoint
ALTER TABLE `messages` DROP COLUMN `next_attempt_at`;--> statement-breakpoint
ALTER TABLE `messages` DROP COLUMN `lease_until`;--> statement-breakpoint
DROP INDEX `webhook_deliveries_due`;--> statement-breakpoint
ALTER TABLE `webhook_deliveries` DROP COLUMN `next_attempt_at`;--> statement-breakpoint
ALTER TABLE `webhook_deliveries` DROP COLUMN `lease_until`;--> statement-breakpoint
CREATE TRIGGER messages_enter_queue AFTER INSERT ON messages WHEN NEW.state = 'queued'
BEGIN
  INSERT INTO queue (kind, subject_id, organization_id, lane, due_at, attempts)
  VALUES ('message', NEW.id, NEW.organization_id, coalesce(NEW.organization_id, 'installation'), NEW.created_at, 0);
END;--> statement-breakpoint
CREATE TRIGGER messages_leave_queue AFTER UPDATE OF state ON messages WHEN OLD.state = 'queued' AND NEW.state <> 'queued'
BEGIN
  DELETE FROM queue WHERE kind = 'message' AND subject_id = OLD.id;
END;--> statement-breakpoint
CREATE TRIGGER messages_deleted_leave_queue AFTER DELETE ON messages WHEN OLD.state = 'queued'
BEGIN
  DELETE FROM queue WHERE kind = 'message' AND subject_id = OLD.id;
END;--> statement-breakpoint
CREATE TRIGGER webhook_deliveries_enter_queue AFTER INSERT ON webhook_deliveries WHEN NEW.state = 'queued'
BEGIN
  INSERT INTO queue (kind, subject_id, organization_id, lane, due_at, attempts)
  VALUES ('webhook', NEW.id, NEW.organization_id, NEW.endpoint_id, NEW.created_at, 0);
END;--> statement-breakpoint
CREATE TRIGGER webhook_deliveries_leave_queue AFTER UPDATE OF state ON webhook_deliveries
WHEN OLD.state = 'queued' AND NEW.state <> 'queued'
BEGIN
  DELETE FROM queue WHERE kind = 'webhook' AND subject_id = OLD.id;
END;--> statement-breakpoint
CREATE TRIGGER webhook_deliveries_deleted_leave_queue AFTER DELETE ON webhook_deliveries WHEN OLD.state = 'queued'
BEGIN
  DELETE FROM queue WHERE kind = 'webhook' AND subject_id = OLD.id;
END;
