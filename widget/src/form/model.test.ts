import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import sendWords from 'virtual:words/text/en/send'
import {
  defaultForm,
  type EmbedForm,
  type Problem,
  type SubmitReferral,
  type SubmittedReferral,
} from '@goodword/contracts'
import { afterEach, describe, expect, it } from 'vitest'
import { embedServer } from '../server.ts'
import { createFormModel } from './model.ts'
import type { Values } from './values.ts'

const offer = {
  kind: 'credit' as const,
  figure: '$20',
  sentence: '$20 off your first visit',
  use: 'off_this_job' as const,
  condition: null,
}
const drawn: EmbedForm = {
  organization: { name: 'Harbor & Sons', phone: '(415) 555-0100', brandColor: '#0e5a9c', logo: null },
  fields: defaultForm,
  asks: 'nothing',
  advocate: { firstName: 'Anna', initials: 'AK' },
  offer,
  closed: null,
  formToken: 'first token',
  privacyNote: 'Harbor & Sons uses your details to answer you about this offer.',
}
const thanks: SubmittedReferral = {
  title: 'Thanks, Priya. Your $20 credit is saved.',
  steps: ['We call you.'],
  advocateFirstName: 'Anna',
  offer,
}
const priya: Values = {
  who: '',
  name: 'Priya Shah',
  phone: '(415) 555-0142',
  email: '',
  message: '',
  answer: '',
  consent: '',
}
const say = (name: string, ...given: string[]) =>
  (sendWords[name] ?? '').replace(/\{(\d)\}/g, (_, index) => given[index] ?? '')

const refusal = (code: Problem['code'], status: number, detail: string, errors: Problem['errors'] = []) => ({
  status,
  body: { type: 'about:blank', title: code, status, code, detail, errors },
})
const taken = { status: 201, body: thanks }
const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

type Answers = ({ status: number; body: object } | null)[]

/** A real server that gives these answers to submissions in order; null closes the connection. */
async function formAgainst(
  answers: Answers,
  { code = 'ANNA4K7' as string | null, secondsOpen = 60, change = {} as Partial<EmbedForm> } = {},
) {
  const sent: SubmitReferral[] = []
  const server = createServer(async (request, response) => {
    if (request.method === 'GET') return response.end(JSON.stringify({ ...drawn, formToken: 'fresh token' }))
    sent.push(JSON.parse(await text(request)))
    const answer = answers.shift()
    if (!answer) return request.socket.destroy()
    return response.writeHead(answer.status).end(JSON.stringify(answer.body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  stops.push(() => server.close())
  const events: [string, unknown][] = []
  const model = createFormModel({
    form: { ...drawn, ...change },
    drawnAt: Date.now() - secondsOpen * 1_000,
    code,
    say,
    server: embedServer({
      tag: {
        src: `http://127.0.0.1:${(server.address() as AddressInfo).port}/widget/v1/loader.js`,
        getAttribute: () => null,
      },
      key: 'pk_test',
    }),
    emit: (name, detail) => events.push([name, detail]),
    changed: () => {},
  })
  return { model, sent, events }
}

describe('sending the friend form', () => {
  it("shows the server's thank-you text, and gives the page no personal data", async () => {
    const { model, sent, events } = await formAgainst([taken])
    await model.submit(priya, '')
    expect(model.state()).toMatchObject({ step: 'thanks', done: thanks })
    expect(sent).toEqual([
      { code: 'ANNA4K7', name: 'Priya Shah', phone: '(415) 555-0142', website: '', formToken: 'first token' },
    ])
    expect(events).toEqual([['submitted', { code: 'ANNA4K7' }]])
  })

  it('sends once, no matter how often the button is pressed', async () => {
    const { model, sent } = await formAgainst([taken, taken, taken])
    await Promise.all([model.submit(priya, ''), model.submit(priya, ''), model.submit(priya, '')])
    expect(sent).toHaveLength(1)
  })

  it('waits until the form is old enough for the server to accept it', async () => {
    const started = Date.now()
    const { model } = await formAgainst([taken], { secondsOpen: 0 })
    await model.submit(priya, '')
    expect(Date.now() - started).toBeGreaterThanOrEqual(2_000)
  })

  it('gets a new token and sends once more if the form was open too long', async () => {
    const { model, sent } = await formAgainst([
      refusal('form_token_invalid', 400, 'The form was open too long.'),
      taken,
    ])
    await model.submit(priya, '')
    expect(sent.map(({ formToken }) => formToken)).toEqual(['first token', 'fresh token'])
    expect(model.state().step).toBe('thanks')
  })

  it('does not try a third time', async () => {
    const tooFast = refusal('form_too_fast', 400, 'Check your details and send it again.')
    const { model, sent } = await formAgainst([tooFast, tooFast, taken])
    await model.submit(priya, '')
    expect(sent).toHaveLength(2)
    expect(model.state()).toMatchObject({ step: 'form', notice: 'Check your details and send it again.' })
  })

  it('shows the text of a refusal', async () => {
    const sentence = 'We already have your details from this link.'
    const { model, events } = await formAgainst([refusal('already_referred', 409, sentence)])
    await model.submit(priya, '')
    expect(model.state()).toMatchObject({ step: 'form', notice: sentence, unsent: false })
    expect(events).toEqual([['refused', { code: 'ANNA4K7', reason: 'already_referred' }]])
  })

  it("shows the server's error for a field next to that field", async () => {
    const errors = [{ path: 'phone', message: 'Enter the whole phone number.' }]
    const { model } = await formAgainst([refusal('validation_failed', 400, 'Correct the fields.', errors)])
    await model.submit(priya, '')
    expect([...model.state().errors]).toEqual([['phone', 'Enter the whole phone number.']])
    expect(model.state().notice).toBeNull()
  })

  const lost =
    'We can’t tell whether your details arrived. They are still in the form. You can safely send them again, or call (415) 555-0100.'
  const unsent =
    'Your details were not sent. They are still in the form. Try again, or call (415) 555-0100 and say “Anna sent me”.'
  const failures: [string, Answers, sentence: string][] = [
    ['hangs up', [null, null, null, null], lost],
    ['breaks', [refusal('internal', 500, 'Tell whoever runs this server the request id.')], lost],
    ['does not know the website', [refusal('site_not_allowed', 403, 'Add the website under Install.')], unsent],
  ]
  it.each(failures)('says what to do if the server %s, and sends again on request', async (_how, answers, notice) => {
    const { model } = await formAgainst(answers)
    await model.submit(priya, '')
    expect(model.state()).toMatchObject({ step: 'form', unsent: true, notice })
    answers.splice(0, answers.length, taken)
    await model.submit(priya, '')
    expect(model.state().step).toBe('thanks')
  })

  it('sends nothing while a field is invalid, and clears the error once it is fixed', async () => {
    const { model, sent } = await formAgainst([taken])
    const unfinished = { ...priya, phone: '(415) 555-01' }
    await model.submit(unfinished, '')
    expect([...model.state().errors]).toEqual([['phone', 'Add the last two digits.']])
    model.recheck({ ...priya, phone: '(415) 555-014' }, 'phone')
    expect(model.state().errors.size).toBe(1)
    model.recheck(priya, 'phone')
    expect(model.state().errors.size).toBe(0)
    expect(sent).toEqual([])
  })

  it('sends the code that a visitor without a link typed', async () => {
    const unknown = refusal('code_unknown', 404, 'We don’t know that code.')
    const { model, sent } = await formAgainst([unknown, taken], { code: null, change: { asks: 'code' } })
    await model.submit({ ...priya, who: 'ANNA4K8' }, '')
    expect([...model.state().errors]).toEqual([['who', 'We don’t know that code.']])
    await model.submit({ ...priya, who: 'ANNA4K7' }, '')
    expect(sent.map(({ code }) => code)).toEqual(['ANNA4K8', 'ANNA4K7'])
    expect(model.state().step).toBe('thanks')
  })

  it("sends the advocate's name if the form asks for it", async () => {
    const { model, sent } = await formAgainst([taken], { code: null, change: { asks: 'code_or_name' } })
    await model.submit({ ...priya, who: 'Anna K.' }, '')
    expect(sent).toMatchObject([{ advocateName: 'Anna K.' }])
    expect(sent[0]).not.toHaveProperty('code')
  })

  it("asks who referred the friend if nobody owns the link's code", async () => {
    const closed = { code: 'code_unknown', sentence: 'We don’t know that code.' }
    const { model } = await formAgainst([], { code: null, change: { asks: 'code_or_name', closed } })
    expect(model.state()).toMatchObject({ step: 'form' })
    expect([...model.state().errors]).toEqual([['who', 'We don’t know that code.']])
  })

  it('fires an event on the page when there is no response', async () => {
    const { model, events } = await formAgainst([null])
    await model.submit(priya, '')
    expect(events).toEqual([['error', { reason: 'unanswered' }]])
  })
})
