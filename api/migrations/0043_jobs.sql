CREATE TABLE `connection_mappings` (
	`organization_id` text NOT NULL,
	`connection_id` text NOT NULL,
	`version` integer NOT NULL,
	`mapping` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`connection_id`, `version`),
	FOREIGN KEY (`organization_id`,`connection_id`) REFERENCES `connections`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `connection_secrets` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`connection_id` text NOT NULL,
	`secret` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`ends_at` integer,
	FOREIGN KEY (`organization_id`,`connection_id`) REFERENCES `connections`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `connection_secrets_by_connection` ON `connection_secrets` (`connection_id`);--> statement-breakpoint
CREATE TABLE `connections` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`name` text NOT NULL,
	`kind` text NOT NULL,
	`is_paused` integer DEFAULT false NOT NULL,
	`mapping_version` integer,
	`last_seen_at` integer,
	`last_failure_at` integer,
	`last_failure_reason` text,
	`last_failure_from` text,
	`history_jobs` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	`deleted_at` integer,
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `connections_in_organization` ON `connections` (`organization_id`,`id`);--> statement-breakpoint
CREATE TABLE `address_names` (
	`organization_id` text NOT NULL,
	`address_hash` text NOT NULL,
	`name_hash` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `address_hash`, `name_hash`),
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `connection_contacts` (
	`organization_id` text NOT NULL,
	`connection_id` text NOT NULL,
	`external_id` text NOT NULL,
	`contact_id` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`connection_id`, `external_id`),
	FOREIGN KEY (`organization_id`,`connection_id`) REFERENCES `connections`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organization_id`,`contact_id`) REFERENCES `contacts`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `connection_contacts_by_contact` ON `connection_contacts` (`contact_id`);--> statement-breakpoint
CREATE TABLE `job_aliases` (
	`organization_id` text NOT NULL,
	`connection_id` text NOT NULL,
	`alias` text NOT NULL,
	`external_id` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`connection_id`, `alias`),
	FOREIGN KEY (`organization_id`,`connection_id`) REFERENCES `connections`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `job_event_counts` (
	`organization_id` text NOT NULL,
	`tab` text NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`organization_id`, `tab`)
);
--> statement-breakpoint
CREATE TABLE `job_events` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`connection_id` text,
	`delivery_key` text,
	`delivery_ref` text,
	`topic` text DEFAULT '' NOT NULL,
	`payload` blob,
	`received_at` integer NOT NULL,
	`clock_difference_ms` integer,
	`type` text,
	`sent_type` text,
	`occurred_at` integer,
	`is_test` integer DEFAULT false NOT NULL,
	`outcome` text NOT NULL,
	`reason` text,
	`facts` text DEFAULT '{}' NOT NULL,
	`notes` text DEFAULT '[]' NOT NULL,
	`needs_person` integer DEFAULT false NOT NULL,
	`waits_for` text,
	`waited` integer DEFAULT false NOT NULL,
	`duplicate_of` text,
	`effect_key` text,
	`mapping_version` integer,
	`contact_id` text,
	`job_id` text,
	`tab` text GENERATED ALWAYS AS (CASE WHEN needs_person THEN 'needs_you' WHEN outcome = 'applied' THEN 'did_something' WHEN outcome = 'rejected' THEN 'refused' ELSE 'did_nothing' END) VIRTUAL,
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`job_id`) REFERENCES `jobs`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organization_id`,`connection_id`) REFERENCES `connections`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organization_id`,`contact_id`) REFERENCES `contacts`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `job_events_delivery_once` ON `job_events` (`connection_id`,`delivery_key`);--> statement-breakpoint
CREATE UNIQUE INDEX `job_events_effect_once` ON `job_events` (`connection_id`,`effect_key`);--> statement-breakpoint
CREATE INDEX `job_events_newest` ON `job_events` (`organization_id`);--> statement-breakpoint
CREATE INDEX `job_events_by_tab` ON `job_events` (`organization_id`,`tab`);--> statement-breakpoint
CREATE INDEX `job_events_by_type` ON `job_events` (`organization_id`,`type`);--> statement-breakpoint
CREATE INDEX `job_events_of_connection` ON `job_events` (`connection_id`);--> statement-breakpoint
CREATE INDEX `job_events_by_connection` ON `job_events` (`connection_id`,`received_at`);--> statement-breakpoint
CREATE INDEX `job_events_by_contact` ON `job_events` (`contact_id`);--> statement-breakpoint
CREATE INDEX `job_events_by_job` ON `job_events` (`job_id`);--> statement-breakpoint
CREATE INDEX `job_events_waiting` ON `job_events` (`connection_id`,`waits_for`) WHERE waits_for IS NOT NULL;--> statement-breakpoint
CREATE INDEX `job_events_waiting_since` ON `job_events` (`received_at`) WHERE waits_for IS NOT NULL;--> statement-breakpoint
CREATE INDEX `job_events_by_age` ON `job_events` (`received_at`);--> statement-breakpoint
CREATE TABLE `jobs` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`connection_id` text,
	`external_id` text,
	`contact_id` text,
	`title` text,
	`title_at` integer,
	`invoice_number` text,
	`state` text NOT NULL,
	`value` integer,
	`value_at` integer,
	`currency` text,
	`score` integer,
	`score_at` integer,
	`opened_at` integer,
	`completed_at` integer,
	`invoiced_at` integer,
	`canceled_at` integer,
	`refunds` text NOT NULL,
	`refunded_amount` integer DEFAULT 0 NOT NULL,
	`is_history` integer DEFAULT false NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organization_id`,`connection_id`) REFERENCES `connections`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organization_id`,`contact_id`) REFERENCES `contacts`(`organization_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `jobs_external_once` ON `jobs` (`connection_id`,`external_id`);--> statement-breakpoint
CREATE INDEX `jobs_newest` ON `jobs` (`organization_id`,`id`);--> statement-breakpoint
CREATE INDEX `jobs_by_state` ON `jobs` (`organization_id`,`state`,`id`);--> statement-breakpoint
CREATE INDEX `jobs_by_contact` ON `jobs` (`contact_id`);--> statement-breakpoint
ALTER TABLE `organizations` ADD `features` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
CREATE TRIGGER job_events_counted AFTER INSERT ON job_events
BEGIN
  INSERT INTO job_event_counts (organization_id, tab, count) VALUES (NEW.organization_id, NEW.tab, 1)
    ON CONFLICT DO UPDATE SET count = count + 1;
END;
--> statement-breakpoint
CREATE TRIGGER job_events_not_counted AFTER DELETE ON job_events
BEGIN
  UPDATE job_event_counts SET count = count - 1 WHERE organization_id = OLD.organization_id AND tab = OLD.tab;
END;
--> statement-breakpoint
CREATE TRIGGER job_events_counted_elsewhere AFTER UPDATE OF outcome, needs_person ON job_events WHEN OLD.tab <> NEW.tab
BEGIN
  UPDATE job_event_counts SET count = count - 1 WHERE organization_id = OLD.organization_id AND tab = OLD.tab;
  INSERT INTO job_event_counts (organization_id, tab, count) VALUES (NEW.organization_id, NEW.tab, 1)
    ON CONFLICT DO UPDATE SET count = count + 1;
END;
--> statement-breakpoint
INSERT INTO projection_fills (name) VALUES ('job events per tab'), ('search: job');
