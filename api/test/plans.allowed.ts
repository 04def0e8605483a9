/**
 * Tables in which an organization has few rows however many referrals it has, or that hold a row per day. Only these may
 * be scanned, sorted and read whole.
 */
export const bounded = new Set([
  // One row for each of the installation, or of the organization's own making.
  'installation',
  'organizations',
  'organization_logos',
  'sites',
  'keys',
  'members',
  'persons',
  'identities',
  'sessions',
  'verifications',
  'campaigns',
  'campaign_terms',
  'campaign_expiry',
  'message_wordings',
  'webhook_endpoints',
  'connections',
  'connection_secrets',
  'connection_mappings',
  'gift_card_settings',
  'leaderboard_pages',
  'imports',
  'ledger_account_kinds',
  // Kept for each campaign, status, kind or currency.
  'referral_counts',
  'enrollment_counts',
  'ledger_totals',
  'migrations',
  // A few rows for each campaign.
  'reward_counts',
  'discount_code_counts',
  'job_event_counts',
  // One for each period, and one for each count that advocates have in it.
  'leaderboards',
  'leaderboard_tally',
  // Rows of days, and of quarters of an hour next to the boundaries of a period.
  'rollups',
  // One row per currency.
  'contact_balance_totals',
])

/**
 * Columns that few rows share: one contact's addresses, one referral's history, one message's mentions, one job's events,
 * the jobs that earned by one conversion. A statement that asks an index by one of them reads a handful of rows.
 * `enrollment_id` and `campaign_id` are not among them: a large business has advocates and campaigns with any number of
 * referrals.
 */
export const boundedBy = new Set([
  'id',
  'rowid',
  'contact_id',
  'merged_into',
  'other_id',
  'referral_id',
  'conversion_id',
  'friend_contact_id',
  'reward_id',
  'request_id',
  'reverses_id',
  'refers_to_id',
  'source_id',
  'message_id',
  'delivery_id',
  'event_id',
  'job_id',
  'person_id',
  'subject_id',
  'owner_id',
  'import_id',
  'hash',
  'token',
  'email',
  'identifier',
  'code',
  'form_nonce',
  'external_id',
  'idempotency_key',
  'network_hash',
  'value',
  'canonical',
  'origin',
])

/**
 * What adds up a whole business by its nature, such as the credit outstanding on a past day, or what people got in a year. It runs in the thread for
 * long reads, page by page, so that nobody waits for it.
 */
export const wholeInBackground = [
  'reports.cashRewards, in the background, reads all of credit_entries (organization_id, paid_on, paid_on)',
  'reports.cashRewards, in the background, reads all of reward_deliveries (organization_id, done_at, done_at)',
  'reports.cashRewardsExport, in the background, reads all of credit_entries (organization_id, paid_on, paid_on)',
  'reports.cashRewardsExport, in the background, reads all of reward_deliveries (organization_id, done_at, done_at)',
  'leaderboard.get, in the background, reads all of advocate_rollups (enrollment, quarter, quarter)',
  'leaderboard.get, in the background, sorts advocate_rollups (GROUP BY)',
  'leaderboard.export, in the background, reads all of advocate_rollups (enrollment, quarter, quarter)',
  'leaderboard.export, in the background, sorts advocate_rollups (GROUP BY)',
  'reports.outstanding, in the background, reads all of ledger_transfers ()',
  'reports.outstanding, in the background, sorts contact_balance_changes (GROUP BY)',
  'reports.outstandingExport, in the background, reads all of ledger_accounts (organization_id, owner_type, owner_id, owner_id)',
  'reports.outstandingExport, in the background, reads all of ledger_transfers (credit_account_id, created_at)',
  'reports.outstandingExport, in the background, reads all of ledger_transfers (debit_account_id, created_at)',
  'reports.topAdvocates, in the background, reads all of visit_counts (link, quarter, quarter)',
  'reports.topAdvocates, in the background, reads all of visit_links (organization_id, enrollment_id)',
  'reports.topAdvocates, in the background, sorts advocate_rollups (GROUP BY)',
]
