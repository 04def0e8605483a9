import { majorAmount } from '@goodword/domain'
import type * as z from 'zod'
import { GiftCardError, type GiftCardProblem, type GiftCards } from './giftCards.ts'
import { Campaign, Link, Order, Problem, Products, Review, readOrder } from './tremendous.shapes.ts'

export type TremendousSettings = {
  /** Secret; never part of an error. */
  apiKey: string
  /** The provider's campaign, which says which cards the recipient may choose from. */
  campaignId: string
  fundingSourceId: string
  /** https://api.tremendous.com/api/v2, or that of the sandbox. */
  baseUrl: string
  /** How long to wait for an answer; milliseconds. */
  waitMs?: number
}

type Answer = { status: number; body: unknown; retryAfterMs: number | null }

const defaultWaitMs = 20_000

/**
 * Gift cards of Tremendous. Not by its SDK, which brings axios and 29 more packages, takes 20 MB of memory once loaded, and
 * checks no answer, for the eight endpoints below.
 */
export function tremendous(settings: TremendousSettings): GiftCards {
  const call = callerOf(settings)

  return {
    async order({ externalId, amount, currency, recipient, products, delivery }) {
      const body = {
        external_id: externalId,
        payment: { funding_source_id: settings.fundingSourceId },
        reward: {
          campaign_id: settings.campaignId,
          // They replace the campaign's; its look and words stay.
          ...(products === null ? {} : { products }),
          // As a number it is the same decimal: see majorAmount.
          value: { denomination: Number(majorAmount(amount, currency)), currency_code: currency },
          recipient: { name: recipient.name, email: recipient.email },
          delivery: { method: delivery === 'email' ? 'EMAIL' : 'LINK' },
        },
      }
      return readOrder(read(Order, await call('POST', '/orders', body)))
    },
    async find(externalId) {
      const answer = await call('GET', `/orders/${encodeURIComponent(externalId)}`, null, [404])
      return answer.status === 404 ? null : readOrder(read(Order, answer))
    },
    async reviewOf(cardId) {
      const answer = await call('GET', `/fraud_reviews/${encodeURIComponent(cardId)}`, null, [403, 404])
      // Without a review, or without the right to see reviews.
      return answer.status > 299 ? 'none' : read(Review, answer).fraud_review.status
    },
    async cancel(cardId) {
      return accepted(await call('POST', `/rewards/${encodeURIComponent(cardId)}/cancel`, {}, [400, 403, 422]))
    },
    async resend(cardId, email) {
      const path = `/rewards/${encodeURIComponent(cardId)}/resend`
      return accepted(await call('POST', path, { updated_email: email }, [400, 403, 422]))
    },
    async products() {
      const campaign = await call('GET', `/campaigns/${encodeURIComponent(settings.campaignId)}`, null)
      const offered = new Set(read(Campaign, campaign).campaign.products)
      const { products } = read(Products, await call('GET', '/products', null))
      return products.map(({ id, name }) => ({ id, name, isOffered: offered.has(id) }))
    },
    async newLink(cardId) {
      return read(Link, await call('POST', `/rewards/${encodeURIComponent(cardId)}/generate_link`, {})).reward.link
    },
  }
}

const accepted = ({ status }: Answer): boolean => status < 300

function callerOf({ apiKey, baseUrl, waitMs = defaultWaitMs }: TremendousSettings) {
  /** Throws GiftCardError for a status beyond 299 that isn't in `expected`. */
  return async (
    method: 'GET' | 'POST',
    path: string,
    body: object | null,
    expected: number[] = [],
  ): Promise<Answer> => {
    const answer = await ask(`${baseUrl}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${apiKey}`,
        accept: 'application/json',
        ...(body === null ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === null ? {} : { body: JSON.stringify(body) }),
      redirect: 'error',
      signal: AbortSignal.timeout(waitMs),
    })
    if (accepted(answer) || expected.includes(answer.status)) return answer
    throw problemOf(answer)
  }
}

/** Without an answer, nobody knows whether the provider acted. */
async function ask(url: string, request: RequestInit): Promise<Answer> {
  try {
    const response = await fetch(url, request)
    const body: unknown = await response.json().catch(() => null)
    return { status: response.status, body, retryAfterMs: retryAfterOf(response.headers.get('retry-after')) }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new GiftCardError('unknown', `Tremendous did not answer: ${reason}`)
  }
}

const retryAfterOf = (header: string | null): number | null =>
  header !== null && /^\d{1,6}$/.test(header) ? Number(header) * 1_000 : null

function read<T extends z.ZodType>(shape: T, { body }: Answer): z.output<T> {
  const found = shape.safeParse(body)
  if (found.success) return found.data
  throw new GiftCardError('unknown', 'Tremendous gave an answer that we do not understand.')
}

const problems: Record<number, GiftCardProblem> = {
  401: 'unauthorized',
  402: 'insufficient_funds',
  403: 'refused',
  409: 'conflict',
  429: 'busy',
}

function problemOf({ status, body, retryAfterMs }: Answer): GiftCardError {
  const errors = Problem.safeParse(body).data?.errors
  const said = errors?.message?.replace(/\p{C}+/gu, ' ').slice(0, 300)
  const isAboutRecipient = /"(?:recipient|email|name)"/.test(JSON.stringify(errors?.payload ?? null))
  const invalid = status === 400 || status === 422 || status === 404
  const other = status >= 500 ? 'down' : 'unknown'
  const problem = problems[status] ?? (invalid ? (isAboutRecipient ? 'recipient' : 'invalid') : other)
  return new GiftCardError(problem, said ?? `Tremendous answered ${status}.`, retryAfterMs)
}
