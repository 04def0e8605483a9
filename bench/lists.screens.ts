import type { Facts } from './business.found.ts'
import { slugOf } from './business.rows.ts'
import { day } from './business.sql.ts'

export type Screen = {
  name: string
  /** Several are sent together, as a page does when it opens. */
  paths: string[]
  kind: 'list' | 'count' | 'report' | 'search' | 'detail' | 'home'
  portal?: true
  /** Instead of the first page, the one after it, or the one before the last. */
  turn?: 'second' | 'beforeLast'
}

const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10)
const limit = 20

/** Every list, count, report, search and detail of the console and the portal, as requests. */
export function screensOf({ spec, busiest, friendId, referralId }: Facts): Screen[] {
  const [campaign = ''] = spec.campaigns
  const middle = spec.now - 365 * day
  const yearAgo = dayOf(middle)
  const month = `from=${yearAgo}&to=${dayOf(middle + 30 * day)}`
  const twoYears = dayOf(spec.now - 729 * day)
  const searches = {
    'a first name': 'q=priya',
    'two words': 'q=priya+shah',
    'one friend': 'q=corimshah4711',
    'part of a phone': 'q=0004711',
    'two letters': 'q=zz',
    nobody: 'q=nobody+at+all',
  }
  const one = (kind: Screen['kind'], path: string, asked: Record<string, string>): Screen[] =>
    Object.entries(asked).map(([name, query]) => ({
      kind,
      name: `${shortened(path)} · ${name}`,
      paths: [query ? `${path}?${query}` : path],
    }))
  /** Each order or filter of a list; its deep pages are asked for the first one. */
  const list = (path: string, asked: Record<string, string>, searched: boolean): Screen[] => {
    const given = Object.entries(asked).map(([name, query]) => [name, `${query ? `${query}&` : ''}limit=${limit}`])
    const lists = one('list', path, Object.fromEntries(given))
    const [first] = lists
    const turns = first
      ? (['second', 'beforeLast'] as const).map((turn) => ({
          ...first,
          name: `${first.name}, ${turn === 'beforeLast' ? 'the page before the last' : 'the second page'}`,
          turn,
        }))
      : []
    const search = Object.entries(searches).map(([name, query]) => [`search: ${name}`, `${query}&limit=${limit}`])
    return [...lists, ...turns, ...(searched ? one('search', path, Object.fromEntries(search)) : [])]
  }
  return [
    {
      kind: 'home',
      name: 'the console’s home page',
      paths: [
        '/v1/organization',
        `/v1/referrals?limit=${limit}`,
        '/v1/referrals/summary',
        '/v1/rewards/summary',
        '/v1/campaigns?limit=100',
        '/v1/members',
      ],
    },
    ...list(
      '/v1/referrals',
      {
        'by next step': '',
        newest: 'sort=newest',
        oldest: 'sort=oldest',
        'latest converted': 'sort=converted',
        'pending, oldest': 'status=pending&sort=oldest',
        'accepted by next step': 'status=accepted',
        'converted by next step': 'status=converted',
        'reversed, newest': 'status=reversed&sort=newest',
        'expired, latest converted': 'status=expired&sort=converted',
        'of a campaign': `campaignId=${campaign}`,
        'of a campaign, newest': `campaignId=${campaign}&sort=newest`,
        'of the busiest advocate': `advocateId=${busiest.id}`,
        'of a month': month,
        flagged: 'flagged=true',
        'flagged, oldest': 'flagged=true&sort=oldest',
        'nobody said who referred': 'unattributed=true',
        mine: `assigneeId=${spec.memberId}`,
        'nobody’s': 'assigneeId=none',
      },
      true,
    ),
    ...one('count', '/v1/referrals/counts', {
      everything: '',
      'of a campaign': `campaignId=${campaign}`,
      'of a month': month,
      'of a year': `from=${yearAgo}`,
      flagged: 'flagged=true',
      mine: `assigneeId=${spec.memberId}`,
      'nobody said who referred': 'unattributed=true',
      'search: a first name': 'q=priya',
      'search: nobody': 'q=nobody+at+all',
    }),
    ...one('count', '/v1/referrals/summary', { tabs: '' }),
    ...one('detail', `/v1/referrals/${referralId}/background`, { 'of a referral': '' }),
    ...list('/v1/campaigns', { all: '' }, false).slice(0, 1),
    ...one('detail', `/v1/campaigns/${campaign}`, { one: '' }),
    ...one('list', `/v1/campaigns/${campaign}/terms`, { history: '' }),
    ...list(
      '/v1/advocates',
      {
        'by referrals': '',
        newest: 'sort=newest',
        'of a campaign by referrals': `campaignId=${campaign}`,
        archived: 'state=archived',
      },
      true,
    ),
    ...one('detail', `/v1/advocates/${busiest.id}`, { 'the busiest': '' }),
    ...list(
      '/v1/leaderboard',
      { 'all time': 'period=all', 'this year': 'period=year', 'this month': 'period=month' },
      false,
    ),
    { kind: 'detail', name: 'the public leaderboard', paths: [`/l/${slugOf(spec.organizationId)}`] },
    ...list(
      '/v1/contacts',
      {
        newest: '',
        'by name': 'sort=name',
        advocates: 'filter=advocates',
        friends: 'filter=friends',
        customers: 'filter=customers&sort=name',
        duplicates: 'filter=duplicates',
      },
      true,
    ),
    ...one('detail', `/v1/contacts/${friendId}`, { 'a friend': '' }),
    ...one('detail', `/v1/contacts/${busiest.contactId}`, { 'the busiest advocate': '' }),
    ...list(`/v1/contacts/${busiest.contactId}/ledger`, { 'of the busiest advocate': '' }, false),
    ...list(
      '/v1/rewards',
      {
        issued: 'tab=issued',
        ...Object.fromEntries(['waiting', 'to_approve', 'redeemed', 'voided'].map((tab) => [tab, `tab=${tab}`])),
        'issued of a campaign': `tab=issued&campaignId=${campaign}`,
        'issued of a contact': `tab=issued&contactId=${busiest.contactId}`,
      },
      false,
    ),
    ...one('search', '/v1/rewards', {
      'search: a first name': `tab=issued&q=priya&limit=${limit}`,
      'search: nobody': 'tab=issued&q=nobody+at+all',
    }),
    ...one('count', '/v1/rewards/summary', { tabs: '', 'search: nobody': 'q=nobody+at+all' }),
    ...list('/v1/credit-requests', { done: 'state=done', open: 'state=open' }, false),
    ...list(
      '/v1/messages',
      {
        all: '',
        ...Object.fromEntries(
          ['queued', 'sent', 'kept', 'failed', 'suppressed'].map((state) => [state, `state=${state}`]),
        ),
      },
      false,
    ),
    ...list(
      '/v1/audit',
      {
        all: '',
        'of a member': 'actor=member',
        'of keys': 'actor=key',
        'of a kind': 'group=referral',
        'of a rare kind': 'group=organization',
        'of a referral': `subjectId=${referralId}`,
        'of a day a year ago': `from=${yearAgo}&to=${yearAgo}`,
      },
      false,
    ),
    ...one('report', '/v1/reports/funnel', {
      '90 days': '',
      '30 days': `from=${dayOf(spec.now - 29 * day)}`,
      'two years': `from=${twoYears}`,
      'two years and a campaign': `from=${twoYears}&campaignId=${campaign}`,
    }),
    ...one('report', '/v1/reports/outstanding', { today: '', 'a year ago': `asOf=${yearAgo}` }),
    ...one('report', '/v1/reports/top-advocates', { '90 days': '', 'two years': `from=${twoYears}` }),
    ...list(`/v1/webhook-endpoints/${spec.endpointId}/deliveries`, { all: '', failed: 'state=failed' }, false),
    ...one('detail', `/v1/webhook-endpoints/${spec.endpointId}`, { one: '' }),
    ...one('list', '/v1/webhook-endpoints', { all: '' }),
    ...list('/v1/embed-events', { all: '', 'not attributed': 'outcome=not_attributed' }, false),
    ...one('detail', '/v1/install-check', { check: '' }),
    ...one('list', '/v1/discount-code-pools', { all: '' }),
    ...one('list', '/v1/imports', { all: '' }),
    ...one('search', '/v1/search', searches),
    ...one('detail', `/v1/referrals/${referralId}/neighbors`, {
      newest: 'sort=newest',
      'by next step': 'sort=next_step',
      'of a campaign': `campaignId=${campaign}&sort=newest`,
    }),
    ...list(
      '/v1/job-events',
      {
        newest: '',
        ...Object.fromEntries(['needs_you', 'did_something', 'did_nothing'].map((tab) => [tab, `tab=${tab}`])),
        'of a type': 'type=review.received',
        'of a connection': `connectionId=${spec.connectionId}`,
        'of a connection and a tab': `connectionId=${spec.connectionId}&tab=needs_you`,
        'of a connection and a type': `connectionId=${spec.connectionId}&type=review.received`,
        'of a type and a tab': 'type=job.invoiced&tab=needs_you',
        'of a connection, a type and a tab': `connectionId=${spec.connectionId}&type=job.invoiced&tab=needs_you`,
      },
      true,
    ),
    ...one('count', '/v1/job-events/summary', { tabs: '' }),
    ...list('/v1/jobs', { newest: '', completed: 'state=completed', 'of a contact': `contactId=${friendId}` }, true),
    ...list('/v1/job-todos', { open: '' }, false),
    ...list(
      '/v1/advocates',
      {
        'asked, not opened': 'asked=not_opened',
        'asked in a campaign, not opened': `asked=not_opened&campaignId=${campaign}`,
      },
      false,
    ),
    ...[
      ['home', '/portal/api/home'],
      ['friends', `/portal/api/friends?code=${busiest.code}&limit=20`],
      ['history', '/portal/api/history'],
    ].map(([name, path = '']) => ({
      kind: 'detail' as const,
      name: `portal · ${name}`,
      paths: [path],
      portal: true as const,
    })),
  ]
}

const shortened = (path: string) => path.replace('/v1/', '').replace(/\/[a-z]{3}_[0-9a-z]{14,26}/, '/:id')

/** What a console in use asks for again and again. */
export const everyday = [
  'the console’s home page',
  'referrals · by next step',
  'referrals · newest',
  'referrals · search: one friend',
  'referrals/counts · of a campaign',
  'contacts · by name',
  'advocates · by referrals',
  'rewards · issued',
  'messages · all',
  'reports/funnel · 90 days',
  'reports/top-advocates · 90 days',
  'portal · home',
]

/** Large exports take long, so what matters is the first byte and that no other request waits. */
export const exportsOf = ({ spec }: Facts): { name: string; path: string }[] => [
  { name: 'referrals/export', path: '/v1/referrals/export?sort=newest' },
  { name: 'audit/export of a month', path: `/v1/audit/export?from=${dayOf(spec.now - 30 * day)}` },
  { name: 'reports/funnel/export', path: '/v1/reports/funnel/export' },
  { name: 'reports/outstanding/export', path: '/v1/reports/outstanding/export' },
  { name: 'reports/top-advocates/export', path: '/v1/reports/top-advocates/export' },
]
