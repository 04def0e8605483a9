import { type CreditRequest, creditRequestStates, rewardTabs } from '@goodword/contracts'

/** What the page shows: rewards by where they stand, what advocates ask for, and codes to give. */
export const rewardPlaces = [...rewardTabs, 'requests', 'codes'] as const
export type RewardPlace = (typeof rewardPlaces)[number]

export type RewardList = {
  tab: RewardPlace
  q: string
  campaignId: string | null
  contactId: string | null
  /** Of the requests. */
  state: CreditRequest['state']
  cursor: string | null
}

export const placeWords: Record<RewardPlace, string> = {
  waiting: 'Waiting',
  to_approve: 'To approve',
  issued: 'Issued',
  redeemed: 'Redeemed',
  voided: 'Voided',
  requests: 'Requests',
  codes: 'Codes',
}

export const requestWords: Record<CreditRequest['state'], string> = {
  open: 'Open',
  done: 'Done',
  refused: 'Refused',
  withdrawn: 'Withdrawn',
}

export const readRewardList = (query: Readonly<Record<string, string>>): RewardList => ({
  tab: rewardPlaces.find((tab) => tab === query.tab) ?? 'waiting',
  q: query.q ?? '',
  campaignId: query.campaign ?? null,
  contactId: query.contact ?? null,
  state: creditRequestStates.find((state) => state === query.state) ?? 'open',
  cursor: query.cursor ?? null,
})

export function writeRewardList(list: RewardList): string {
  const given = Object.entries({
    tab: list.tab === 'waiting' ? null : list.tab,
    q: list.q,
    campaign: list.campaignId,
    contact: list.contactId,
    state: list.tab === 'requests' && list.state !== 'open' ? list.state : null,
    cursor: list.cursor,
  }).flatMap(([name, value]) => (value ? [[name, value]] : []))
  const text = new URLSearchParams(given).toString()
  return text ? `/console/rewards?${text}` : '/console/rewards'
}

/** What the lists of the server are asked with. */
export const filterOf = ({ q, campaignId, contactId }: RewardList) => ({
  ...(q ? { q } : {}),
  ...(campaignId ? { campaignId } : {}),
  ...(contactId ? { contactId } : {}),
})
