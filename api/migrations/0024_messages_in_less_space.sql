DROP INDEX `messages_about_links`;--> statement-breakpoint
CREATE INDEX `messages_short_lived` ON `messages` (`template`,`created_at`) WHERE template IN ('member_sign_in', 'portal_sign_in', 'portal_address',
  'referral_received_staff', 'codes_needed_staff', 'webhook_disabled_staff', 'credit_requested_staff');--> statement-breakpoint
INSERT INTO `projection_fills` (`name`) VALUES ('message keys');
