CREATE TABLE `message_mentions` (
	`organization_id` text NOT NULL,
	`contact_id` text NOT NULL,
	`message_id` text NOT NULL,
	PRIMARY KEY(`contact_id`, `message_id`),
	FOREIGN KEY (`message_id`) REFERENCES `messages`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `message_mentions_by_message` ON `message_mentions` (`message_id`);--> statement-breakpoint
ALTER TABLE `idempotency_records` ADD `about` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
-- Messages of before, as far as ids tell whom their words are about. Lead notices: friend and advocate.
INSERT OR IGNORE INTO message_mentions (organization_id, contact_id, message_id)
SELECT m.organization_id, r.friend_contact_id, m.id FROM messages m
JOIN referrals r ON r.id = coalesce(m.referral_id, CASE WHEN substr(m.idempotency_key, 32, 9) = 'referral:' THEN substr(m.idempotency_key, 41, 30) END)
  AND r.organization_id = m.organization_id
WHERE m.template IN ('referral_received_staff', 'conversion_reversed') AND r.friend_contact_id IS NOT NULL
  AND m.contact_id IS NOT r.friend_contact_id;
--> statement-breakpoint
-- Lead notices and the friend's acknowledgement name the advocate.
INSERT OR IGNORE INTO message_mentions (organization_id, contact_id, message_id)
SELECT m.organization_id, e.contact_id, m.id FROM messages m
JOIN referrals r ON r.id = coalesce(m.referral_id, CASE WHEN substr(m.idempotency_key, 32, 9) = 'referral:' THEN substr(m.idempotency_key, 41, 30) END)
  AND r.organization_id = m.organization_id
JOIN enrollments e ON e.id = r.enrollment_id
WHERE m.template IN ('referral_received_staff', 'referral_received_friend') AND m.contact_id IS NOT e.contact_id;
--> statement-breakpoint
-- Why a reward was refused is about the friend of its referral.
INSERT OR IGNORE INTO message_mentions (organization_id, contact_id, message_id)
SELECT m.organization_id, r.friend_contact_id, m.id FROM messages m
JOIN rewards w ON w.id = substr(m.idempotency_key, 39, 30) AND w.organization_id = m.organization_id
JOIN conversions c ON c.id = w.conversion_id
JOIN referrals r ON r.id = c.referral_id
WHERE m.template = 'reward_refused' AND substr(m.idempotency_key, 32, 7) = 'reward:' AND r.friend_contact_id IS NOT NULL
  AND m.contact_id IS NOT r.friend_contact_id;
--> statement-breakpoint
-- A request to use credit names the advocate who asks.
INSERT OR IGNORE INTO message_mentions (organization_id, contact_id, message_id)
SELECT m.organization_id, q.contact_id, m.id FROM messages m
JOIN credit_requests q ON q.id = substr(m.idempotency_key, 40, 30) AND q.organization_id = m.organization_id
WHERE m.template = 'credit_requested_staff' AND substr(m.idempotency_key, 32, 8) = 'request:';
