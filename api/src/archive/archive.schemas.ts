import {
  AskReasonFacts,
  Campaign,
  CampaignForm,
  ConnectionMapping,
  Currency,
  Day,
  EventFacts,
  Exceptions,
  FlagReason,
  type IdKind,
  idEnding,
  idPrefixes,
  JobEffect,
  jobEffectReasons,
  jobEventNotes,
  jobEventReasons,
  languages,
  Metadata,
  Name,
  rewardKinds,
  Terms,
  TextConsent,
  TextStatement,
  UpdateLeaderboardSettings,
  UpdateOrganization,
  WebAddress,
} from '@goodword/contracts'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import * as z from 'zod'
import { formerDomain } from '../database/formerPersons.ts'
import { ledgerAccounts, ledgerTransfers } from '../modules/money/ledger/ledger.table.ts'
import { rewardAdjustments } from '../modules/money/rewards/adjustments.table.ts'
import { rewardDeliveries } from '../modules/money/rewards/deliveries.table.ts'
import { creditEntries, creditRequests, discountCodes, rewards } from '../modules/money/rewards/rewards.table.ts'
import {
  contactAddresses,
  contactDuplicates,
  contacts,
  textConsents,
} from '../modules/people/contacts/contacts.table.ts'
import { auditEntries } from '../modules/platform/audit/audit.table.ts'
import { connectionMappings, connections } from '../modules/platform/connections/connections.table.ts'
import { keys } from '../modules/platform/keys/keys.table.ts'
import { members, persons } from '../modules/platform/members/members.table.ts'
import { messageMentions } from '../modules/platform/messages/mentions.table.ts'
import { messages, messageTemplates, suppressions } from '../modules/platform/messages/messages.table.ts'
import { logos, organizations, sites } from '../modules/platform/organizations/organizations.table.ts'
import { enrollmentCodes, enrollments, retiredCodes } from '../modules/program/advocates/advocates.table.ts'
import { campaigns, campaignTerms } from '../modules/program/campaigns/campaigns.table.ts'
import { conversions } from '../modules/program/conversions/conversions.table.ts'
import { rewardedJobs } from '../modules/program/conversions/rewardedJobs.table.ts'
import { invitations } from '../modules/program/invitations/invitations.table.ts'
import { connectionContacts, jobAliases, jobEvents, jobs } from '../modules/program/jobs/jobs.table.ts'
import { jobTodos } from '../modules/program/jobs/todos.table.ts'
import { leaderboardPages } from '../modules/program/leaderboard/leaderboard.table.ts'
import { referralDigests } from '../modules/program/referrals/digests.table.ts'
import { friendLinks, referralEvents, referralNotes, referrals } from '../modules/program/referrals/referrals.table.ts'
import { visits } from '../modules/surfaces/embed/visits.view.ts'
import { importRows, imports } from '../modules/surfaces/imports/imports.table.ts'
import {
  storedCard,
  storedCode,
  storedCurrency,
  storedEmail,
  storedOrigin,
  storedPhone,
  storedRefunds,
} from './archive.values.ts'

/** What an archive may hold in a table: its columns, the kind of each id, and rules for values beyond their type. */
export type ArchivedTable = { table: SQLiteTable; id?: IdKind; values?: Record<string, z.ZodType> }

const settings = UpdateOrganization.shape
const words = Campaign.shape
const { slug, opensWith: opens_with, shows } = UpdateLeaderboardSettings.shape
const leaderboardValues = { slug, opens_with, shows, announced_month: z.string().regex(/^\d{4}-\d{2}$/) }
const submitted = z.strictObject({
  name: z.string(),
  email: z.string().optional(),
  phone: z.string().optional(),
  message: z.string().optional(),
  answer: z.string().optional(),
})
const side = z.looseObject({
  kind: z.enum([...rewardKinds, 'none']),
  text: z.string().nullable(),
  amount: z.int().min(0),
  lines: z.array(z.looseObject({ label: z.string(), amount: z.int() })),
})

/** Every table an archive may contain. Tables that aren't listed are rejected, so nothing is imported unchecked. */
export const archivedTables: Record<string, ArchivedTable> = {
  organizations: {
    table: organizations,
    id: 'organization',
    values: {
      name: settings.name,
      tagline: settings.tagline,
      time_zone: settings.timeZone,
      country: settings.country,
      brand_color: settings.brandColor,
      phone: settings.phone,
      address: settings.address,
      website: settings.website,
      reply_to: settings.replyTo,
      logo_hash: z.string().regex(/^[\w-]{22}$/, 'Upload the logo anew.'),
      credit_uses: settings.creditUses,
      features: settings.features,
      cash_report_threshold: settings.cashReportThreshold,
      text_statement: TextStatement,
    },
  },
  leaderboard_pages: { table: leaderboardPages, values: leaderboardValues },
  sites: { table: sites, id: 'site', values: { origin: storedOrigin } },
  logos: { table: logos },
  persons: { table: persons, id: 'person', values: { email: storedEmail } },
  members: { table: members, id: 'member', values: { name: Name } },
  keys: {
    table: keys,
    id: 'key',
    values: {
      kind: z.literal('publishable', 'Leave secret keys out: they are made anew.'),
      scopes: z.array(z.never('A publishable key has no scopes.')),
    },
  },
  audit_entries: {
    table: auditEntries,
    id: 'audit',
    values: { data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])) },
  },
  messages: { table: messages, id: 'message' },
  message_wordings: { table: messageTemplates, id: 'wording' },
  message_mentions: { table: messageMentions },
  suppressions: { table: suppressions, id: 'suppression' },
  contacts: { table: contacts, id: 'contact', values: { name: Name, language: z.enum(languages) } },
  contact_addresses: {
    table: contactAddresses,
    id: 'contactAddress',
    values: { value: z.union([storedEmail, storedPhone]) },
  },
  text_consents: { table: textConsents, id: 'textConsent', values: { wording: TextConsent.shape.wording } },
  contact_duplicates: { table: contactDuplicates, id: 'duplicate' },
  campaigns: {
    table: campaigns,
    id: 'campaign',
    values: {
      name: words.name,
      friend_offer: words.friendOffer,
      terms_text: words.termsText,
      landing_url: WebAddress,
      form: CampaignForm,
      share_text: words.shareText,
    },
  },
  campaign_terms: { table: campaignTerms, id: 'terms', values: { terms: Terms } },
  enrollments: { table: enrollments, id: 'enrollment', values: { code: storedCode, exceptions: Exceptions } },
  enrollment_codes: { table: enrollmentCodes, values: { code: storedCode } },
  retired_codes: { table: retiredCodes },
  referrals: {
    table: referrals,
    id: 'referral',
    values: { submitted, flags: z.array(FlagReason), promised_exceptions: Exceptions, metadata: Metadata },
  },
  referral_digests: { table: referralDigests, values: { count: z.int().min(0) } },
  referral_events: { table: referralEvents, id: 'referralEvent' },
  referral_notes: { table: referralNotes, id: 'note' },
  friend_links: { table: friendLinks },
  conversions: {
    table: conversions,
    id: 'conversion',
    values: { frozen: z.strictObject({ advocate: side, friend: side, exceptions: Exceptions.nullable().optional() }) },
  },
  rewards: { table: rewards, id: 'reward' },
  reward_adjustments: { table: rewardAdjustments, id: 'rewardAdjustment', values: { amount: z.int() } },
  discount_codes: { table: discountCodes, id: 'discountCode', values: { last_day: Day } },
  reward_deliveries: {
    table: rewardDeliveries,
    values: {
      card: storedCard,
      card_amount: z.int().min(1),
      asked_email: storedEmail,
      attempt: z.int().min(1),
      due_on: Day,
      link: WebAddress,
    },
  },
  credit_requests: { table: creditRequests, id: 'creditRequest' },
  credit_entries: { table: creditEntries, id: 'creditEntry', values: { paid_on: Day } },
  ledger_accounts: { table: ledgerAccounts, id: 'account' },
  ledger_transfers: { table: ledgerTransfers, id: 'transfer' },
  visits: { table: visits, values: { count: z.int().min(1) } },
  connections: { table: connections, id: 'connection', values: { name: Name } },
  connection_mappings: { table: connectionMappings, values: { mapping: ConnectionMapping } },
  connection_contacts: { table: connectionContacts },
  jobs: {
    table: jobs,
    id: 'job',
    values: { currency: storedCurrency, refunds: storedRefunds, score: z.int().min(1).max(5) },
  },
  job_aliases: { table: jobAliases },
  rewarded_jobs: {
    table: rewardedJobs,
    values: {
      frozen: z.strictObject({ advocate: side, friend: side }),
      job_value: z.int().min(1),
      refunded_before: z.int().min(0),
      refunded_settled: z.int().min(0),
    },
  },
  job_todos: {
    table: jobTodos,
    id: 'jobTodo',
    values: { facts: EventFacts, reason: z.enum(jobEffectReasons) },
  },
  job_events: {
    table: jobEvents,
    id: 'jobEvent',
    values: {
      facts: EventFacts,
      notes: z.array(z.enum(jobEventNotes)),
      effects: z.array(JobEffect),
      reason: z.enum(jobEventReasons),
    },
  },
  invitations: {
    table: invitations,
    id: 'invitation',
    values: {
      channels: z.array(z.enum(['sms', 'email'])),
      handed_over: z.array(z.string().regex(/^msg_[0-9a-z]+$/)),
      reason: AskReasonFacts,
    },
  },
  imports: { table: imports, id: 'import' },
  import_rows: { table: importRows, id: 'importRow' },
}

/** Columns that have the same meaning in every table. */
export const sharedValues: Record<string, z.ZodType> = { currency: Currency }

/** The kind of id in a column of this name; null means any kind. */
const referred: Record<string, IdKind> = {
  organization_id: 'organization',
  person_id: 'person',
  member_id: 'member',
  assignee_id: 'member',
  contact_id: 'contact',
  other_id: 'contact',
  friend_contact_id: 'contact',
  advocate_contact_id: 'contact',
  merged_into: 'contact',
  address_id: 'contactAddress',
  campaign_id: 'campaign',
  enrollment_id: 'enrollment',
  created_enrollment_id: 'enrollment',
  referral_id: 'referral',
  superseded_by: 'referral',
  conversion_id: 'conversion',
  reward_id: 'reward',
  request_id: 'creditRequest',
  invitation_id: 'invitation',
  debit_account_id: 'account',
  credit_account_id: 'account',
  reverses_id: 'transfer',
  message_id: 'message',
  import_id: 'import',
  connection_id: 'connection',
  job_id: 'job',
  event_id: 'jobEvent',
  duplicate_of: 'jobEvent',
}

/** The kind of id that a table's column holds. Columns that hold several kinds accept any of our ids. */
export function idSchema(table: ArchivedTable, column: string): z.ZodType {
  const kind = column === 'id' ? table.id : referred[column]
  const prefixes = kind ? [idPrefixes[kind]] : Object.values(idPrefixes)
  const hint = kind ? `Use an id that starts with ${idPrefixes[kind]}_.` : 'Use a Goodword id.'
  return z.string().regex(new RegExp(`^(${prefixes.join('|')})${idEnding}$`), hint)
}

/** Whether an email address is the stand-in of a person who wasn't exported. */
export const isFormer = (email: unknown): boolean => String(email).endsWith(`@${formerDomain}`)
