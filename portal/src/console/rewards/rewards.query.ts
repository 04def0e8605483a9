import { type CreditRequest, creditRequestStates, type RewardTab } from '@goodword/contracts'

/** The tabs: rewards by state, those that staff deliver, requests, and codes. */
export const pageTabs = [
  'waiting',
  'to_approve',
  'to_deliver',
  'issued',
  'redeemed',
  'voided',
  'requests',
  'codes',
] as const satisfies readonly (RewardTab | 'to_deliver' | 'requests' | 'codes')[]
export type PageTab = (typeof pageTabs)[number]

export type RewardList = {
  tab: PageTab
  q: string
  campaignId: string | null
  contactId: string | null
  /** Applies to requests only. */
  state: CreditRequest['state']
  cursor: string | null
}

export const tabLabels: Record<PageTab, string> = {
  waiting: 'On hold',
  to_approve: 'To approve',
  to_deliver: 'To deliver',
  issued: 'Issued',
  redeemed: 'Redeemed',
  voided: 'Voided',
  requests: 'Requests',
  codes: 'Codes',
}

export const requestLabels: Record<CreditRequest['state'], string> = {
  open: 'Open',
  done: 'Done',
  refused: 'Rejected',
  withdrawn: 'Withdrawn',
}

export const readRewardList = (query: Readonly<Record<string, string>>): RewardList => ({
  tab: pageTabs.find((tab) => tab === query.tab) ?? 'waiting',
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

/** The filter as API parameters. */
export const filterParams = ({ q, campaignId, contactId }: RewardList) => ({
  ...(q ? { q } : {}),
  ...(campaignId ? { campaignId } : {}),
  ...(contactId ? { contactId } : {}),
})
