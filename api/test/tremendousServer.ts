import { createServer, type IncomingMessage } from 'node:http'

type Money = { denomination: number; currency_code: string }
type Asked = {
  external_id: string
  payment: { funding_source_id: string }
  reward: {
    campaign_id: string
    products?: string[]
    value: Money
    recipient: { name: string; email: string }
    delivery: { method: string }
  }
}
type Kept = {
  id: string
  external_id: string
  status: string
  asked: string
  rewards: {
    id: string
    order_id: string
    value: Money
    recipient: { name: string; email: string }
    delivery: { method: string; status: string; link?: string }
  }[]
}
/** How the server behaves once: it takes the order and never answers, or answers with a failure. */
type Mood = 'takes and hangs up' | 'takes and says nothing' | { status: number; headers?: Record<string, string> }

type Said = { status: number; body: unknown; headers?: Record<string, string> }

/**
 * A server in memory that speaks the protocol of https://developers.tremendous.com: orders with an external_id, 201 for one
 * that is repeated, 409 for one with other values, failed orders that stay, deliveries, fraud reviews, cancellations.
 */
export class TremendousServer {
  readonly orders = new Map<string, Kept>()
  readonly reviews = new Map<string, string>()
  readonly moods: Mood[] = []
  readonly bodies: string[] = []
  /** The cards it sells; the campaign offers the first two. */
  readonly products = [
    { id: 'VISA', name: 'Visa' },
    { id: 'AMAZON', name: 'Amazon' },
    { id: 'TARGET', name: 'Target' },
  ]
  asked = 0
  funds = 100_000
  /** What becomes of the next orders. */
  status = 'EXECUTED'
  url = ''
  private readonly server = createServer((request, response) => {
    void this.answer(request).then((said) => {
      if (said === 'hangs up') request.socket.destroy()
      else if (said !== 'says nothing')
        response
          .writeHead(said.status, { 'content-type': 'application/json', ...said.headers })
          .end(JSON.stringify(said.body))
    })
  })

  constructor(readonly apiKey: string) {}

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve))
    const address = this.server.address()
    this.url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/api/v2`
    return this
  }

  stop(): Promise<unknown> {
    this.server.closeAllConnections()
    return new Promise((resolve) => this.server.close(resolve))
  }

  executed(): Kept[] {
    return [...this.orders.values()].filter(({ status }) => status === 'EXECUTED')
  }

  /** The card of an order, to change what became of it. */
  cardOf(externalId: string): Kept['rewards'][number] {
    const card = this.orders.get(externalId)?.rewards[0]
    if (!card) throw new Error(`There is no order ${externalId}.`)
    return card
  }

  private async answer(request: IncomingMessage): Promise<Said | 'hangs up' | 'says nothing'> {
    const body = await textOf(request)
    if (request.headers.authorization !== `Bearer ${this.apiKey}`) return refusal(401, 'Invalid API key')
    const mood = this.moods.shift()
    if (typeof mood === 'object') return { ...refusal(mood.status, 'Not now'), headers: mood.headers ?? {} }
    const said = this.route(`${request.method} ${request.url?.replace('/api/v2', '')}`, body)
    if (mood) return mood === 'takes and hangs up' ? 'hangs up' : 'says nothing'
    return said
  }

  private route(path: string, body: string): Said {
    if (path === 'POST /orders') return this.order(body)
    if (path === 'GET /products') {
      this.asked += 1
      return { status: 200, body: { products: this.products } }
    }
    if (path === 'GET /campaigns/CAMP')
      return { status: 200, body: { campaign: { id: 'CAMP', products: ['VISA', 'AMAZON'] } } }
    const [, order] = /^GET \/orders\/(.+)$/.exec(path) ?? []
    if (order) {
      const kept = this.orders.get(decodeURIComponent(order))
      return kept ? { status: 200, body: shown(kept) } : refusal(404, 'Order not found')
    }
    const [, review] = /^GET \/fraud_reviews\/(.+)$/.exec(path) ?? []
    if (review) {
      const status = this.reviews.get(review)
      return status ? { status: 200, body: { fraud_review: { status } } } : refusal(404, 'Review not found')
    }
    const [, id, verb] = /^POST \/rewards\/(.+)\/(cancel|resend|generate_link)$/.exec(path) ?? []
    const card = [...this.orders.values()].flatMap(({ rewards }) => rewards).find((one) => one.id === id)
    if (!card) return refusal(404, 'Reward not found')
    if (verb === 'generate_link')
      return { status: 200, body: { reward: { id, link: `https://cards.example/${id}/2` } } }
    // Only a card that could not be delivered can be sent again or canceled.
    if (card.delivery.status !== 'FAILED') return refusal(403, 'Unsupported operation for this reward.')
    if (verb === 'resend') {
      card.recipient.email = JSON.parse(body).updated_email ?? card.recipient.email
      card.delivery.status = 'PENDING'
    } else card.delivery.status = 'CANCELED'
    return { status: 200, body: {} }
  }

  private order(body: string): Said {
    this.bodies.push(body)
    const asked: Asked = JSON.parse(body)
    const known = this.orders.get(asked.external_id)
    if (known)
      return known.asked === body ? { status: 201, body: shown(known) } : refusal(409, 'Conflicting external_id')
    const { value, recipient, delivery } = asked.reward
    if (!recipient.email.includes('.'))
      return refusal(422, 'Order failed: validation failure', { reward: { recipient: { email: 'is invalid' } } })
    if (asked.reward.products?.some((id) => !this.products.some((product) => product.id === id)))
      return refusal(422, 'Order failed: validation failure', { reward: { products: 'are not available' } })
    if (asked.payment.funding_source_id === 'unknown')
      return refusal(422, 'Order failed: validation failure', { payment: { funding_source_id: 'is unknown' } })
    const id = `O${this.orders.size + 1}`
    const link = delivery.method === 'LINK' ? { link: `https://cards.example/C${this.orders.size + 1}` } : {}
    const card = {
      id: `C${this.orders.size + 1}`,
      order_id: id,
      value,
      recipient,
      delivery: { method: delivery.method, status: 'PENDING', ...link },
    }
    const funded = value.denomination <= this.funds
    const kept = {
      id,
      external_id: asked.external_id,
      status: funded ? this.status : 'FAILED',
      asked: body,
      rewards: [card],
    }
    this.orders.set(asked.external_id, kept)
    if (!funded) return refusal(402, 'Insufficient funds')
    this.funds -= value.denomination
    return { status: 200, body: shown(kept) }
  }
}

const shown = ({ asked: _, ...order }: Kept) => ({ order })
const refusal = (status: number, message: string, payload: object = {}) => ({
  status,
  body: { errors: { message, payload } },
})

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}
