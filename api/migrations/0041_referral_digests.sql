CREATE TABLE `referral_digests` (
	`organization_id` text NOT NULL,
	`subject_id` text NOT NULL,
	`count` integer NOT NULL,
	`due_at` integer,
	`sent_at` integer,
	PRIMARY KEY(`organization_id`, `subject_id`),
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `referral_digests_due` ON `referral_digests` (`due_at`) WHERE due_at IS NOT NULL;--> statement-breakpoint
DROP INDEX `messages_short_lived`;--> statement-breakpoint
CREATE INDEX `messages_short_lived` ON `messages` (`template`,`created_at`) WHERE template IN ('member_sign_in', 'portal_sign_in', 'portal_address',
  'referral_received_staff', 'codes_needed_staff', 'webhook_disabled_staff', 'credit_requested_staff', 'referral_digest_staff');--> statement-breakpoint
CREATE INDEX `referrals_of_advocate_counted` ON `referrals` (`enrollment_id`) WHERE status IN ('pending', 'accepted') AND archived_at IS NULL AND (flags = '[]' OR flags_cleared_at IS NOT NULL);--> statement-breakpoint
-- The rules of more providers, for addresses that are stored already.
UPDATE contact_addresses SET canonical = substr(canonical, 1, instr(canonical, '-') - 1) || substr(canonical, instr(canonical, '@'))
WHERE kind = 'email' AND instr(canonical, '-') > 1 AND instr(canonical, '-') < instr(canonical, '@')
  AND (canonical GLOB '*@yahoo.*' OR canonical GLOB '*@ymail.*' OR canonical GLOB '*@rocketmail.*' OR canonical GLOB '*@myyahoo.*');
--> statement-breakpoint
UPDATE contact_addresses SET canonical = substr(canonical, 1, instr(canonical, '@')) || 'icloud.com'
WHERE kind = 'email' AND (canonical GLOB '*@me.com' OR canonical GLOB '*@mac.com');
--> statement-breakpoint
UPDATE contact_addresses SET canonical = replace(replace(replace(substr(canonical, 1, instr(canonical, '@') - 1), '.', ''), '-', ''), '_', '') || '@proton.me'
WHERE kind = 'email' AND (canonical GLOB '*@proton.me' OR canonical GLOB '*@protonmail.com' OR canonical GLOB '*@protonmail.ch' OR canonical GLOB '*@pm.me');
--> statement-breakpoint
UPDATE contact_addresses SET canonical = replace(replace(substr(canonical, 1, instr(canonical, '@') - 1), '.', ''), '-', '') || '@yandex.ru'
WHERE kind = 'email' AND (canonical GLOB '*@yandex.ru' OR canonical GLOB '*@yandex.com' OR canonical GLOB '*@yandex.by' OR canonical GLOB '*@yandex.kz'
  OR canonical GLOB '*@yandex.ua' OR canonical GLOB '*@yandex.uz' OR canonical GLOB '*@ya.ru');
--> statement-breakpoint
UPDATE contact_addresses SET canonical = substr(canonical, instr(canonical, '@') + 1, length(canonical) - instr(canonical, '@') - 13) || '@fastmail.com'
WHERE kind = 'email' AND canonical GLOB '*@?*.fastmail.com';
--> statement-breakpoint
UPDATE contact_addresses SET canonical = substr(canonical, instr(canonical, '@') + 1, length(canonical) - instr(canonical, '@') - 12) || '@fastmail.fm'
WHERE kind = 'email' AND canonical GLOB '*@?*.fastmail.fm';
