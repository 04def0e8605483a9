import type { Campaign } from '@goodword/contracts'

export type CampaignOpenness =
  | { open: true }
  | { open: false; code: 'campaign_not_active' | 'campaign_not_started' | 'campaign_ended' }

type Status = Campaign['status']
/** Milliseconds since 1970; `end` is exclusive. */
type Dated = { status: Status; startsAt: number | null; endsAt: number | null }

/** Whether a campaign accepts submissions at `now`. */
export function campaignOpenness(campaign: Dated, now: number): CampaignOpenness {
  if (campaign.status === 'ended') return { open: false, code: 'campaign_ended' }
  if (campaign.status !== 'active') return { open: false, code: 'campaign_not_active' }
  if (campaign.endsAt !== null && now >= campaign.endsAt) return { open: false, code: 'campaign_ended' }
  if (campaign.startsAt !== null && now < campaign.startsAt) return { open: false, code: 'campaign_not_started' }
  return { open: true }
}

const nextStatuses: Record<Status, readonly Status[]> = {
  draft: ['active'],
  active: ['paused', 'ended'],
  paused: ['active', 'ended'],
  ended: ['active'],
}

/** The statuses a campaign may change to from each one; the current one is listed first. */
export const statusesFrom = (status: Status): Status[] => [status, ...nextStatuses[status]]

/** A requested change of status and dates; absent fields stay as they are. */
export type CampaignMove = {
  status?: Status | undefined
  startsAt?: number | null | undefined
  endsAt?: number | null | undefined
}

export type MoveDecision =
  | ({ ok: true } & Dated)
  | { ok: false; code: 'campaign_transition' }
  | { ok: false; code: 'validation_failed'; path: 'endsAt'; message: string }

const isFuture = (at: number | null, now: number): boolean => at === null || at > now

/**
 * Status and dates after a change at `now`. Ending a campaign manually sets its end to `now`, so that links can show
 * it. Moving the end of an ended campaign into the future reopens it; activating one whose end has passed is rejected
 * until the end is moved.
 */
export function moveCampaign(campaign: Dated, move: CampaignMove, now: number): MoveDecision {
  const startsAt = move.startsAt === undefined ? campaign.startsAt : move.startsAt
  const endsAt = move.endsAt === undefined ? campaign.endsAt : move.endsAt
  const endMoved = endsAt !== campaign.endsAt && isFuture(endsAt, now)
  const reopened = campaign.status === 'ended' && endMoved ? 'active' : campaign.status
  const status = move.status ?? reopened
  if (!statusesFrom(campaign.status).includes(status)) return { ok: false, code: 'campaign_transition' }
  const reject = (message: string): MoveDecision => ({ ok: false, code: 'validation_failed', path: 'endsAt', message })
  if (status === 'ended') {
    if (campaign.status === 'ended' && endMoved) return reject('Make the campaign active to move its end.')
    const begun = startsAt === null || startsAt < now
    return { ok: true, status, startsAt, endsAt: begun && isFuture(endsAt, now) ? now : endsAt }
  }
  if (startsAt !== null && endsAt !== null && startsAt >= endsAt) return reject('The end must come after the start.')
  if (campaign.status === 'ended' && !isFuture(endsAt, now))
    return reject('Move the last day to today or later, or leave it empty, to open the campaign again.')
  return { ok: true, status, startsAt, endsAt }
}

/** One of several referrals of the same friend. */
export type Rival = { id: string; submittedAt: number }

/**
 * The pending referral of a friend to convert: the earliest, or the last if the campaign says so (SPEC §4). Null
 * if there is none. Choosing another one shows a warning only with `first` or `last`.
 */
export function suggestedRival(rivals: readonly Rival[], attribution: Campaign['attribution']): string | null {
  const inOrder = [...rivals].sort((a, b) => a.submittedAt - b.submittedAt || (a.id < b.id ? -1 : Number(a.id > b.id)))
  return (attribution === 'last' ? inOrder.at(-1) : inOrder[0])?.id ?? null
}
