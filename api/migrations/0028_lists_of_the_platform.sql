DROP INDEX `messages_by_organization`;--> statement-breakpoint
CREATE INDEX `messages_by_state` ON `messages` (`organization_id`,`state`,`created_at`);--> statement-breakpoint
DROP INDEX `webhook_deliveries_by_endpoint`;--> statement-breakpoint
CREATE INDEX `webhook_deliveries_by_state` ON `webhook_deliveries` (`endpoint_id`,`state`,`created_at`);--> statement-breakpoint
DROP INDEX `audit_entries_by_subject`;--> statement-breakpoint
ALTER TABLE `audit_entries` ADD `actor_kind` text GENERATED ALWAYS AS (substr(actor, 1, instr(actor || ':', ':') - 1)) VIRTUAL;--> statement-breakpoint
ALTER TABLE `audit_entries` ADD `action_group` text GENERATED ALWAYS AS (substr(action, 1, instr(action || '.', '.') - 1)) VIRTUAL;--> statement-breakpoint
CREATE INDEX `audit_entries_by_kind` ON `audit_entries` (`organization_id`,`actor_kind`,`action_group`,`at`);--> statement-breakpoint
CREATE INDEX `audit_entries_by_actor` ON `audit_entries` (`actor`,`action_group`,`at`) WHERE actor_kind IN ('member', 'key');--> statement-breakpoint
CREATE INDEX `audit_entries_by_subject` ON `audit_entries` (`subject_id`,`at`);--> statement-breakpoint
CREATE INDEX `embed_events_by_outcome` ON `embed_events` (`organization_id`,`kind`,`outcome`,`at`);--> statement-breakpoint
CREATE INDEX `embed_events_by_site` ON `embed_events` (`organization_id`,`origin`,`kind`,`outcome`,`at`);--> statement-breakpoint
CREATE INDEX `queue_held` ON `queue` (`kind`) WHERE holder IS NOT NULL;