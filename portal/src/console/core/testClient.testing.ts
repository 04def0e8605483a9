import { type Client, createClient } from '@goodword/client'
import { type Campaign, defaultForm, type ProblemCode, problems, type ReferralRow, Terms } from '@goodword/contracts'

/** A request the client sent. */
export type SentRequest = { method: string; path: string; query: URLSearchParams; body: unknown; key: string | null }
export type Respond = (sent: SentRequest) => Response | Promise<Response>

export const json = (value: unknown, status = 200) => Response.json(value, { status })

/** An error response as the API sends it. */
export function problemResponse(code: ProblemCode, more: Record<string, unknown> = {}) {
  const { status, title, cure } = problems[code]
  return json({ type: `/problems/${code}`, title, status, detail: cure, code, ...more }, status)
}

/** The real client with a fake `fetch`. `sent` lists the requests in order. */
export function clientRespondingWith(answer: Respond): { client: Client; sent: SentRequest[]; fetch: typeof fetch } {
  const sent: SentRequest[] = []
  const fakeFetch: typeof fetch = async (input, init) => {
    const request = new Request(input, init)
    const url = new URL(request.url)
    const text = await request.text()
    const one: SentRequest = {
      method: request.method,
      path: url.pathname,
      query: url.searchParams,
      body: text ? JSON.parse(text) : null,
      key: request.headers.get('idempotency-key'),
    }
    sent.push(one)
    return answer(one)
  }
  return { client: createClient({ baseUrl: 'http://goodword.test', fetch: fakeFetch }), sent, fetch: fakeFetch }
}

export const idOf = (prefix: string, n: number) => `${prefix}_${String(n).padStart(26, '0')}`

/** A pending referral of Priya by Anna, with the fields a test overrides. */
export function referralRow(n: number, more: Partial<ReferralRow> = {}): ReferralRow {
  return {
    id: idOf('ref', n),
    status: 'pending',
    campaign: { id: idOf('cam', 1), name: 'Neighbor Thank-You' },
    advocate: { id: idOf('adv', 1), contactId: idOf('con', 1), name: 'Anna Kowalski' },
    advocateNamed: null,
    friend: { contactId: idOf('con', 2), name: `Priya Shah ${n}`, email: null, phone: '(415) 555-0142' },
    message: null,
    source: 'widget',
    flags: [],
    flagsClearedAt: null,
    assignee: null,
    rivals: 0,
    nextStep: { kind: 'call_back', at: null },
    currency: 'USD',
    jobValue: null,
    advocateReward: null,
    friendReward: null,
    advocateRewardText: null,
    friendRewardText: null,
    reason: null,
    invalidReason: null,
    externalId: null,
    submittedAt: '2026-05-29T15:00:00.000Z',
    convertedAt: null,
    updatedAt: '2026-05-29T15:00:00.000Z',
    ...more,
  }
}

/** A campaign at version 4 with these terms. */
export const campaignWith = (terms: unknown, more: Partial<Campaign> = {}): Campaign => ({
  id: idOf('cam', 1),
  name: 'Neighbor Thank-You',
  status: 'active',
  startsAt: null,
  endsAt: null,
  friendOffer: 'your first plumbing visit',
  termsText: '',
  linkTarget: 'hosted',
  landingUrl: null,
  form: defaultForm,
  whenEnded: 'expire_pending',
  attribution: 'manual',
  enrollment: 'invited',
  shareText: '',
  currency: 'USD',
  terms: Terms.parse(terms),
  termsVersion: 4,
  advocates: 46,
  referrals: 128,
  converted: 84,
  rewardsOnHold: 7,
  rewardMoney: { given: 340_000, onHold: 60_000 },
  createdAt: '2026-01-05T18:00:00.000Z',
  updatedAt: '2026-05-01T18:00:00.000Z',
  ...more,
})
