import type { Campaign } from '@goodword/contracts'

export type CampaignOpenness =
  | { open: true }
  | { open: false; code: 'campaign_not_active' | 'campaign_not_started' | 'campaign_ended' }

type Status = Campaign['status']
/** Moments are milliseconds since 1970; the end is not part of it. */
type Dated = { status: Status; startsAt: number | null; endsAt: number | null }

/** Whether a campaign takes submissions at `now`. */
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

/** What a campaign may become from here, itself first. */
export const statusesFrom = (status: Status): Status[] => [status, ...nextStatuses[status]]

/** What is asked of a campaign's status and dates; what is absent stays. */
export type CampaignMove = {
  status?: Status | undefined
  startsAt?: number | null | undefined
  endsAt?: number | null | undefined
}

export type MoveDecision =
  | ({ ok: true } & Dated)
  | { ok: false; code: 'campaign_transition' }
  | { ok: false; code: 'validation_failed'; path: 'endsAt'; message: string }

const isToCome = (at: number | null, now: number): boolean => at === null || at > now

/**
 * Status and dates after a change at `now`. Ending it by hand makes `now` its end, so that links say since when. Moving
 * the end of an ended one into the future opens it again; opening one whose end has passed is refused until it is moved.
 */
export function moveCampaign(campaign: Dated, move: CampaignMove, now: number): MoveDecision {
  const startsAt = move.startsAt === undefined ? campaign.startsAt : move.startsAt
  const endsAt = move.endsAt === undefined ? campaign.endsAt : move.endsAt
  const endMoved = endsAt !== campaign.endsAt && isToCome(endsAt, now)
  const reopened = campaign.status === 'ended' && endMoved ? 'active' : campaign.status
  const status = move.status ?? reopened
  if (!statusesFrom(campaign.status).includes(status)) return { ok: false, code: 'campaign_transition' }
  const refuse = (message: string): MoveDecision => ({ ok: false, code: 'validation_failed', path: 'endsAt', message })
  if (status === 'ended') {
    if (campaign.status === 'ended' && endMoved) return refuse('Make the campaign active to move its end.')
    const begun = startsAt === null || startsAt < now
    return { ok: true, status, startsAt, endsAt: begun && isToCome(endsAt, now) ? now : endsAt }
  }
  if (startsAt !== null && endsAt !== null && startsAt >= endsAt) return refuse('The end must come after the start.')
  if (campaign.status === 'ended' && !isToCome(endsAt, now))
    return refuse('Move the last day to today or later, or leave it empty, to open the campaign again.')
  return { ok: true, status, startsAt, endsAt }
}

/** A referral as one of several of the same friend. */
export type Rival = { id: string; submittedAt: number }

/**
 * Of several live referrals of one friend, the one to convert: the earliest, or the last when the campaign says so
 * (SPEC §4). Null without any. Only with first or last is another choice worth a warning.
 */
export function suggestedRival(rivals: readonly Rival[], attribution: Campaign['attribution']): string | null {
  const inOrder = [...rivals].sort((a, b) => a.submittedAt - b.submittedAt || (a.id < b.id ? -1 : Number(a.id > b.id)))
  return (attribution === 'last' ? inOrder.at(-1) : inOrder[0])?.id ?? null
}
