import type { ReferralRow } from '@goodword/contracts'
import { daysSince, pluralize, shortDay } from '../core/relativeDates.ts'

export type NextStep = { text: string; tone: 'do' | 'late' | 'rest' }

/** Days a friend may wait for a call before the list marks it overdue. */
const overdueAfterDays = 3

/** The next step of a referral, in a few words. */
export function describeNextStep(referral: ReferralRow, now: number, timeZone: string): NextStep {
  const { kind, at } = referral.nextStep
  if (kind === 'call_back') {
    const days = at ? overdueAfterDays + daysSince(at, now) : daysSince(referral.submittedAt, now)
    return days >= overdueAfterDays
      ? { text: `Waiting ${pluralize(days, 'day')}`, tone: 'late' }
      : { text: 'Call back', tone: 'do' }
  }
  if (kind === 'name_friend') return { text: 'Add the friend’s details', tone: 'do' }
  if (kind === 'name_advocate') return { text: 'Choose the advocate', tone: 'do' }
  if (kind === 'confirm_job') return { text: 'Confirm the job value', tone: 'do' }
  if (kind === 'reward_clears' && at)
    return { text: `Reward clears ${shortDay(Date.parse(at), now, timeZone)}`, tone: 'rest' }
  return { text: referral.reason ?? 'Nothing to do', tone: 'rest' }
}

export type RowAction = 'accept' | 'convert' | 'open'

/** The main action of a row (UI.md §5); the others are in its menu. */
export function mainAction(referral: ReferralRow): RowAction {
  if (referral.status === 'pending') return 'accept'
  if (referral.status === 'accepted' && isComplete(referral)) return 'convert'
  return 'open'
}

export const isLive = (referral: Pick<ReferralRow, 'status'>): boolean =>
  referral.status === 'pending' || referral.status === 'accepted'

/** Whether advocate and friend are known, so that it can convert. */
export const isComplete = (referral: Pick<ReferralRow, 'advocate' | 'friend'>): boolean =>
  referral.advocate !== null && referral.friend.contactId !== null

/** The friend's name, or a placeholder. */
export const friendTitle = ({ friend }: Pick<ReferralRow, 'friend'>): string => friend.name || 'Unnamed friend'

/** The flags that are not cleared. */
export const openFlags = ({ flags, flagsClearedAt }: Pick<ReferralRow, 'flags' | 'flagsClearedAt'>) =>
  flagsClearedAt === null ? flags : []

export const flagLabels = {
  disposable_email: 'A throw-away email address',
  same_network: 'The same network as the advocate or another of their friends',
  same_device: 'The same device, or one like it on the same network',
  canonical_email_match: 'The same mailbox as the advocate or another of their friends',
  same_phone_other_name: 'A known phone number with another name',
  possible_duplicate: 'Email and phone belong to two known contacts',
  velocity: 'More friends through one link than usual: ten within an hour, or thirty within a day',
  network_velocity: 'More friends from one network than usual: twenty within an hour',
  organization_velocity: 'More friends of all links than usual within an hour',
  hidden_field: 'A field that people can’t see was filled twice, by a program or a password manager',
  no_proof: 'Sent without an answer to the check against programs',
  same_name: 'The same name as another friend of the advocate, with other addresses',
  name_missing: 'No name was given',
} as const

export const sourceLabels = {
  widget: 'Form on your website',
  hosted: 'Hosted page',
  staff: 'Added by staff',
  api: 'API',
  import: 'Import',
  request: 'Referral request',
  job: 'Job event',
} as const
