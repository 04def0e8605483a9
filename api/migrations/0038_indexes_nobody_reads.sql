DROP INDEX `conversions_by_time`;--> statement-breakpoint
DROP INDEX `referrals_by_time`;