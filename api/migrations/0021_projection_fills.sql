CREATE TABLE `projection_fills` (
	`name` text PRIMARY KEY NOT NULL,
	`after_id` text DEFAULT '' NOT NULL
);
