DROP INDEX `advocate_rollups_of_advocate`;--> statement-breakpoint
CREATE INDEX `advocate_rollups_earned` ON `advocate_rollups` (`enrollment`,`quarter`,`currency`,`rewards`);