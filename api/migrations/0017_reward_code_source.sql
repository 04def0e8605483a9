-- The table files name no table of a higher floor any more. The foreign keys of rewards and discount codes stay as they are.
ALTER TABLE `rewards` ADD `code_source` text;
--> statement-breakpoint
UPDATE rewards SET code_source = coalesce((SELECT json_extract(c.frozen, '$.' || rewards.side || '.codes') FROM conversions c
  WHERE c.id = rewards.conversion_id), 'pool')
WHERE kind = 'discount_code';
