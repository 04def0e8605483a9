import type { SubmitReferral } from '@goodword/contracts'
import { expect, it } from 'vitest'
import type { Answer } from './request.ts'
import type { EmbedServer } from './server.ts'
import { createToken } from './token.ts'

const thanks: Answer<never> = { value: 'taken' as never }
const needed = { problem: { code: 'proof_needed' as const, detail: 'Wait.', proof: { bits: 12 } } }
const referral = { code: 'ANNA4K7', name: 'Priya Shah', email: 'priya@mail.example' }

/** A server that gives these answers in order, and what it was sent. */
function serverWith(answers: Answer<never>[]) {
  const sent: SubmitReferral[] = []
  const server: EmbedServer = {
    form: async () => null,
    submit: async (input) => {
      sent.push(input)
      return answers.shift() ?? null
    },
  }
  return { server, sent }
}
const minuteAgo = () => Date.now() - 60_000

it('proves work for its code and form where the server asks, and sends again by itself', async () => {
  const { server, sent } = serverWith([needed, thanks])
  const asked: [string, number][] = []
  const token = createToken(server, { text: 'form token', at: minuteAgo() }, 'ANNA4K7', async () => ({
    prove: async (challenge, bits) => {
      asked.push([challenge, bits])
      return 4_711
    },
  }))
  expect(await token.send(referral)).toBe(thanks)
  expect(asked).toEqual([['ANNA4K7.form token', 12]])
  expect(sent.map(({ proof }) => proof)).toEqual([undefined, 4_711])
})

it('finds the proof before it is asked for if the form says that one may be needed, so that the first answer is the last', async () => {
  const { server, sent } = serverWith([thanks])
  let proved = () => {}
  const done = new Promise<void>((resolve) => {
    proved = resolve
  })
  const token = createToken(server, { text: 'form token', at: minuteAgo(), bits: 12 }, 'ANNA4K7', async () => ({
    prove: async () => {
      setTimeout(proved)
      return 7
    },
  }))
  token.begin()
  token.begin()
  await done
  expect(await token.send(referral)).toBe(thanks)
  expect(sent.map(({ proof }) => proof)).toEqual([7])
})

it('waits and sends again where the page cannot prove anything', async () => {
  const { server, sent } = serverWith([needed, thanks])
  const began = Date.now()
  const token = createToken(server, { text: 'form token', at: minuteAgo() }, 'ANNA4K7', async () => {
    throw new Error('blocked')
  })
  expect(await token.send(referral)).toBe(thanks)
  expect(Date.now() - began).toBeGreaterThanOrEqual(5_000)
  expect(sent.map(({ proof }) => proof)).toEqual([undefined, undefined])
})

it('says that the page is left, unless the proof was found before', async () => {
  const { server, sent } = serverWith([thanks, thanks])
  const token = createToken(server, { text: 'form token', at: minuteAgo(), bits: 12 }, 'ANNA4K7', async () => ({
    prove: async () => 7,
  }))
  await token.send(referral, true)
  token.begin()
  await Promise.resolve().then(() => new Promise(setImmediate))
  await token.send(referral, true)
  expect(sent.map(({ proof, leaving }) => [proof, leaving])).toEqual([
    [undefined, true],
    [7, undefined],
  ])
})
