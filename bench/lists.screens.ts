import { cursorAfter } from '../api/src/shared/keyset.ts'
import type { Business } from './business.ts'

export type Screen = { name: string; path: string; portal?: true }

const day = 86_400_000
const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10)

/** Every list and report of the console, and the portal's home page, as requests. */
export function screensOf(business: Business): Screen[] {
  const { spec, busiest, friendId, referralId } = business
  const [campaign = ''] = spec.campaigns
  const middle = spec.now - 365 * day
  const yearAgo = dayOf(middle)
  const twoYears = dayOf(spec.now - 729 * day)
  const after = (...values: (string | number)[]) => `cursor=${cursorAfter(values)}`
  const groups: Record<string, Record<string, string>> = {
    '/v1/referrals': {
      'referrals by next step': '',
      'second page': `${after(0, spec.now - 20 * day, 'ref_z')}`,
      'past the open ones': `${after(2, -middle, 'ref_z')}`,
      'referrals, newest': 'sort=newest',
      'newest, deep': `sort=newest&${after(middle, 'ref_z')}`,
      'oldest, deep': `sort=oldest&${after(middle, 'ref_z')}`,
      'latest converted': 'sort=converted',
      'latest converted, deep': `sort=converted&${after(-middle, 'ref_z')}`,
      'pending, oldest': 'status=pending&sort=oldest',
      'accepted by next step': 'status=accepted',
      'converted by next step': 'status=converted',
      'reversed, newest': 'status=reversed&sort=newest',
      'expired, latest converted': 'status=expired&sort=converted',
      'of a campaign': `campaignId=${campaign}`,
      'of a campaign, newest': `campaignId=${campaign}&sort=newest`,
      'of the busiest advocate': `advocateId=${busiest.id}`,
      'of a month': `from=${yearAgo}&to=${dayOf(middle + 30 * day)}`,
      flagged: 'flagged=true',
      'flagged, oldest': 'flagged=true&sort=oldest',
      'nobody said who referred': 'unattributed=true',
      mine: `assigneeId=${spec.memberId}`,
      'nobody’s': 'assigneeId=none',
      'search: a first name': 'q=priya',
      'search: one friend': 'q=corimshah4711',
      'search: nobody': 'q=nobody+at+all',
      'search: part of a phone': 'q=0004711',
      'search: two letters': 'q=zz',
    },
    '/v1/referrals/counts': {
      'counts of everything': '',
      'of a campaign': `campaignId=${campaign}`,
      'of a month': `from=${yearAgo}&to=${dayOf(middle + 30 * day)}`,
      'of a year': `from=${yearAgo}`,
      flagged: 'flagged=true',
      mine: `assigneeId=${spec.memberId}`,
      'nobody said who referred': 'unattributed=true',
      'search: a first name': 'q=priya',
      'search: nobody': 'q=nobody+at+all',
    },
    '/v1/referrals/summary': { home: '' },
    [`/v1/referrals/${referralId}/background`]: { 'a referral’s background': '' },
    '/v1/campaigns': { campaigns: '' },
    [`/v1/campaigns/${campaign}`]: { 'a campaign': '' },
    '/v1/advocates': {
      'advocates by referrals': '',
      'advocates, newest': 'sort=newest',
      'of a campaign by referrals': `campaignId=${campaign}`,
      'put away': 'state=archived',
      deep: `${after(20, 'adv_z')}`,
      'search: a first name': 'q=priya',
      'search: nobody': 'q=nobody+at+all',
    },
    [`/v1/advocates/${busiest.id}`]: { 'the busiest advocate': '' },
    '/v1/contacts': {
      'contacts, newest': '',
      'contacts by name': 'sort=name',
      'by name, deep': `sort=name&${after('marcus', 'con_z')}`,
      advocates: 'filter=advocates',
      friends: 'filter=friends',
      customers: 'filter=customers&sort=name',
      duplicates: 'filter=duplicates',
      'search: a first name': 'q=priya',
      'search: one friend': 'q=corimshah4711',
      'search: nobody': 'q=nobody+at+all',
      'search: part of a phone': 'q=0004711',
    },
    [`/v1/contacts/${friendId}`]: { 'a friend': '' },
    [`/v1/contacts/${busiest.contactId}`]: { 'the busiest advocate as a contact': '' },
    [`/v1/contacts/${busiest.contactId}/ledger`]: { 'the busiest advocate’s ledger': '' },
    '/v1/rewards': {
      ...Object.fromEntries(
        ['waiting', 'to_approve', 'issued', 'redeemed', 'voided'].map((tab) => [`rewards ${tab}`, `tab=${tab}`]),
      ),
      'issued, deep': `tab=issued&${after(middle, 'rwd_z')}`,
      'issued of a campaign': `tab=issued&campaignId=${campaign}`,
      'issued of a contact': `tab=issued&contactId=${busiest.contactId}`,
      'search: nobody': 'tab=issued&q=nobody+at+all',
    },
    '/v1/rewards/summary': { 'how many rewards': '', 'search: nobody': 'q=nobody+at+all' },
    '/v1/credit-requests': { 'requests, open': 'state=open', 'requests, done': 'state=done' },
    '/v1/messages': {
      messages: '',
      ...Object.fromEntries(
        ['queued', 'sent', 'kept', 'failed', 'suppressed'].map((state) => [state, `state=${state}`]),
      ),
      deep: after(middle, 'msg_z'),
    },
    '/v1/audit': {
      'audit trail': '',
      deep: after(middle, 'aud_z'),
      'of a member': 'actor=member',
      'of keys': 'actor=key',
      'of a kind': 'group=referral',
      'of a rare kind': 'group=organization',
      'of a referral': `subjectId=${referralId}`,
      'of a day a year ago': `from=${yearAgo}&to=${yearAgo}`,
    },
    '/v1/reports/funnel': {
      'funnel of 90 days': '',
      'of 30 days': `from=${dayOf(spec.now - 29 * day)}`,
      'of two years': `from=${twoYears}`,
      'of two years and a campaign': `from=${twoYears}&campaignId=${campaign}`,
    },
    '/v1/reports/outstanding': { outstanding: '', 'a year ago': `asOf=${yearAgo}` },
    '/v1/reports/top-advocates': { 'top advocates of 90 days': '', 'of two years': `from=${twoYears}` },
    [`/v1/webhook-endpoints/${spec.endpointId}/deliveries`]: { deliveries: '', failed: 'state=failed' },
    '/v1/embed-events': { 'install feed': '', 'not attributed': 'outcome=not_attributed' },
    '/v1/install-check': { 'install check': '' },
    '/v1/discount-code-pools': { 'code pools': '' },
  }
  return [
    ...Object.entries(groups).flatMap(([path, asked]) =>
      Object.entries(asked).map(([name, query]) => ({
        name: `${shortened(path)} · ${name}`,
        path: `${path}?${query}`,
      })),
    ),
    { name: 'portal · home', path: '/portal/api/home', portal: true },
    {
      name: 'portal · friends',
      path: `/portal/api/friends?code=${busiest.code}&limit=20`,
      portal: true,
    },
  ]
}

const shortened = (path: string) => path.replace('/v1/', '').replace(/\/[a-z]{3}_[0-9a-z]{26}/, '/:id')

/** Large exports take long, so what matters is the first byte and that no other request waits. */
export const exportsOf = ({ spec }: Business): Screen[] => [
  { name: 'referrals/export', path: '/v1/referrals/export?sort=newest' },
  { name: 'audit/export of a month', path: `/v1/audit/export?from=${dayOf(spec.now - 30 * day)}` },
  { name: 'reports/funnel/export', path: '/v1/reports/funnel/export' },
  { name: 'reports/outstanding/export', path: '/v1/reports/outstanding/export' },
  { name: 'reports/top-advocates/export', path: '/v1/reports/top-advocates/export' },
]
