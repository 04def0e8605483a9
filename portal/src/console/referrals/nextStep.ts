import type { ReferralRow } from '@goodword/contracts'
import { daysSince, pluralize, shortDay } from '../core/relativeDates.ts'

export type StepWords = { text: string; tone: 'do' | 'late' | 'rest' }

/** Days a friend may wait for a call before the list says so. */
const patienceDays = 3

/** What has to happen next with a referral, in a few words. */
export function nextStepWords(referral: ReferralRow, now: number, timeZone: string): StepWords {
  const { kind, at } = referral.nextStep
  if (kind === 'call_back') {
    const days = at ? patienceDays + daysSince(at, now) : daysSince(referral.submittedAt, now)
    return days >= patienceDays
      ? { text: `Waiting ${pluralize(days, 'day')}`, tone: 'late' }
      : { text: 'Call back', tone: 'do' }
  }
  if (kind === 'name_friend') return { text: 'Say who the friend is', tone: 'do' }
  if (kind === 'name_advocate') return { text: 'Say who referred them', tone: 'do' }
  if (kind === 'confirm_job') return { text: 'Confirm the job value', tone: 'do' }
  if (kind === 'reward_clears' && at)
    return { text: `Reward clears ${shortDay(Date.parse(at), now, timeZone)}`, tone: 'rest' }
  return { text: referral.reason ?? 'Nothing to do', tone: 'rest' }
}

export type RowAction = 'accept' | 'convert' | 'open'

/** The one action of a row (UI.md §5); the rest is behind its menu. */
export function mainAction(referral: ReferralRow): RowAction {
  if (referral.status === 'pending') return 'accept'
  if (referral.status === 'accepted' && isWhole(referral)) return 'convert'
  return 'open'
}

export const isLive = (referral: Pick<ReferralRow, 'status'>): boolean =>
  referral.status === 'pending' || referral.status === 'accepted'

/** Whether both people are known, so that it can convert. */
export const isWhole = (referral: Pick<ReferralRow, 'advocate' | 'friend'>): boolean =>
  referral.advocate !== null && referral.friend.contactId !== null

/** The friend's name, or what stands in its place. */
export const friendTitle = ({ friend }: Pick<ReferralRow, 'friend'>): string => friend.name || 'Friend not known yet'

/** The flags nobody has cleared. */
export const openFlags = ({ flags, flagsClearedAt }: Pick<ReferralRow, 'flags' | 'flagsClearedAt'>) =>
  flagsClearedAt === null ? flags : []

export const flagWords = {
  disposable_email: 'A throw-away email address',
  same_network: 'The same network as the advocate or another of their friends',
  same_device: 'The same device, or one like it on the same network',
  canonical_email_match: 'An email address much like a known one',
  same_phone_other_name: 'A known phone number with another name',
  possible_duplicate: 'Email and phone belong to two known contacts',
  velocity: 'Ten or more friends of one link within an hour',
} as const

export const sourceWords = {
  widget: 'Form on your website',
  hosted: 'Hosted page',
  staff: 'Added by staff',
  api: 'API',
  import: 'Import',
  request: 'Referral request',
  job: 'Job event',
} as const
