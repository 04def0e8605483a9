import { createHmac } from 'node:crypto'

const address = process.env.GOODWORD_ADDRESS
const secret = process.env.GOODWORD_SECRET

if (!address?.includes('/v1/inbound/') || !secret?.startsWith('whsec_')) {
  console.error('Usage: GOODWORD_ADDRESS=http…/v1/inbound/cnx_… GOODWORD_SECRET=whsec_… node week.mjs')
  process.exit(1)
}

const rosa = { id: 'c-1', name: 'Rosa Medina', email: 'rosa.medina@mail.example', phone: '+16285550171' }
const ed = { id: 'c-2', name: 'Ed Castellano', email: 'ed.castellano@mail.example' }
const irene = { id: 'c-3', name: 'Irene Cho', email: 'irene.cho@mail.example' }

/** A contractor's week as its job system tells it: some of it twice, late, or not quite right. */
const week = [
  [
    'Mon',
    'done-4471',
    event('job.completed', { job: '4471', title: 'Drain cleaning', amount: 38_500, customer: rosa }),
  ],
  ['Mon', 'review-4471', event('review.received', { job: '4471', score: 5 })],
  ['Tue', 'done-4460', event('job.completed', { job: '4460', title: 'Water heater', amount: 210_000, customer: ed })],
  ['Tue', 'review-4460', event('review.received', { job: '4460', score: 2 })],
  [
    'Wed',
    'done-4471',
    event('job.completed', { job: '4471', title: 'Drain cleaning', amount: 38_500, customer: rosa }),
  ],
  ['Wed', 'paid-4471', event('job.invoiced', { job: '4471', invoice: 'HS-1071', amount: 38_500 })],
  // The refund overtakes its invoice.
  ['Thu', 'refund-4439', event('job.refunded', { job: '4439', refund: 'r-9', amount: 5_000 })],
  ['Thu', 'paid-4439', event('job.invoiced', { job: '4439', invoice: 'HS-1072', amount: 21_000, customer: irene })],
  ['Fri', 'done-4455', event('job.completed', { job: '4455', title: 'Faucet', customer: { name: 'G. Marsh' } })],
  ['Fri', 'paid-4455', event('job.invoiced', { job: '4455', amount: '41,50' })],
  ['Sat', 'lead-1', event('lead.created', { customer: irene })],
]

function event(type, data) {
  return { type, timestamp: new Date().toISOString(), data }
}

/** Sends an event, signed as Standard Webhooks say: the id, the time and the bytes of the body. */
async function send(id, body) {
  const time = Math.floor(Date.now() / 1_000)
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  const signature = createHmac('sha256', key).update(`${id}.${time}.${body}`).digest('base64')
  const headers = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(time),
    'webhook-signature': `v1,${signature}`,
  }
  return await fetch(address, { method: 'POST', headers, body })
}

for (const [day, id, one] of week) {
  const { status } = await send(id, JSON.stringify(one))
  console.log(`${day}  ${one.type.padEnd(15)}  ${id.padEnd(11)}  ${status}`)
  if (status !== 200) {
    console.error(
      status === 401
        ? 'Goodword refused it. Jobs, Connect says why: perhaps the secret is another connection’s.'
        : 'Goodword did not take it. Send it again: nothing happens twice.',
    )
    process.exit(1)
  }
}
console.log('What each of them did is in the console under Jobs, What happened.')
