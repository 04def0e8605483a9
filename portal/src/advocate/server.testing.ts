import { type Client, createClient } from '@goodword/client'
import { type PortalHome, type ProblemCode, problems } from '@goodword/contracts'
import { createPortalUrl } from './portalUrl.ts'

type Answer = { status: number; body?: unknown } | 'no answer'
export type SentRequest = { method: string; path: string; body: unknown; idempotencyKey: string | null }

/** The real client with a fake `fetch` that answers as the server would. `sent` lists the requests. */
export function clientWith(answer: (sent: SentRequest) => Answer | Promise<Answer>): {
  client: Client
  sent: SentRequest[]
} {
  const sent: SentRequest[] = []
  const client = createClient({
    baseUrl: 'http://portal.test',
    timeoutMs: 10_000,
    fetch: async (input, init) => {
      const request = new Request(input, init)
      const text = await request.text()
      const one: SentRequest = {
        method: request.method,
        path: new URL(request.url).pathname,
        body: text ? JSON.parse(text) : undefined,
        idempotencyKey: request.headers.get('idempotency-key'),
      }
      sent.push(one)
      const given = await answer(one)
      if (given === 'no answer') throw new TypeError('fetch failed')
      return new Response(given.body === undefined ? null : JSON.stringify(given.body), {
        status: given.status,
        headers: { 'content-type': 'application/json' },
      })
    },
  })
  return { client, sent }
}

export function refusal(code: ProblemCode): Answer {
  const { status, title, cure } = problems[code]
  return { status, body: { type: `https://goodword.test/${code}`, title, status, detail: cure, code } }
}

export const ok = (body: unknown): Answer => ({ status: 200, body })
export const opened = (): Answer => ({ status: 201, body: { scope: 'view', expiresAt: '2026-07-04T16:00:00.000Z' } })

/** Storage for one test. */
export function storageInMemory(): Storage {
  const entries = new Map<string, string>()
  return {
    get length() {
      return entries.size
    },
    clear: () => entries.clear(),
    getItem: (key) => entries.get(key) ?? null,
    key: (index) => [...entries.keys()][index] ?? null,
    removeItem: (key) => void entries.delete(key),
    setItem: (key, value) => void entries.set(key, value),
  }
}

/** A URL state without a real address bar. */
export const urlInMemory = () =>
  createPortalUrl({ location: { pathname: '/portal', search: '' }, history: { pushState() {}, replaceState() {} } })

/** Anna of Harbor & Sons: $85.00 to spend, $112.50 on hold until Jun 12, in two campaigns of which one is closed. */
export function annasHome(changes: Partial<PortalHome> = {}): PortalHome {
  const program = (campaignName: string, code: string, open: boolean) => ({
    campaignName,
    open,
    code,
    link: `https://harborsons.example/r/${code}`,
    headline: 'Give $20, get 5% back',
    explanation: 'Your friend saves on a first visit. You get 5% of the job as credit.',
    friendOffer: '$20 off your first visit',
    shareText: 'With my link you get $20 off:',
    howItWorks: ['Send your link to a friend, or tell them your code.'],
    smallPrint: ['One offer for each household.'],
    nextReward: null,
    friends: [],
    friendsCursor: null,
    friendsTotal: 0,
  })
  return {
    language: 'en',
    scope: 'view',
    organization: {
      id: 'org_00000000000000000000000000',
      logo: null,
      name: 'Harbor & Sons Plumbing',
      phone: '(415) 555-0100',
      brandColor: '#16507c',
      timeZone: 'America/Los_Angeles',
    },
    others: [],
    firstName: 'Anna',
    initials: 'AK',
    booked: 3,
    currency: 'USD',
    available: 8_500,
    held: 11_250,
    owed: 0,
    heldUntil: '2026-06-12T07:00:00.000Z',
    programs: [program('Spring', 'ANNA2SP', false), program('Neighbors', 'ANNA4K7', true)],
    history: [{ label: 'Priya S. booked a job', at: '2026-05-29T17:00:00.000Z', amount: 11_250, kind: 'held' }],
    gifts: [],
    historyCursor: null,
    creditUses: ['next_invoice'],
    leaderboard: null,
    requests: [],
    asOf: '2026-06-04T16:12:00.000Z',
    ...changes,
  }
}
