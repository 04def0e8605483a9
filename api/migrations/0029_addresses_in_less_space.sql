DROP INDEX `contact_addresses_by_value`;--> statement-breakpoint
DROP INDEX `contact_addresses_value_once`;--> statement-breakpoint
DROP INDEX `contact_addresses_by_canonical`;--> statement-breakpoint
CREATE UNIQUE INDEX `contact_addresses_value_once` ON `contact_addresses` (`kind`,`value`,`organization_id`);--> statement-breakpoint
CREATE INDEX `contact_addresses_by_canonical` ON `contact_addresses` (`organization_id`,`canonical`) WHERE canonical IS NOT NULL;