import { describe, expect, it } from 'vitest'
import { clientAnsweredBy, idOf, json } from '../core/edge.testing.ts'
import { createReferral } from './referral.model.ts'

const note = {
  id: idOf('not', 1),
  text: 'Wants a call after five',
  author: 'Maya Ortiz',
  at: '2026-06-01T16:00:00.000Z',
}

function openReferral(whileSaving: (text: { value: string }) => void) {
  const { client, sent } = clientAnsweredBy(({ method }) => {
    if (method === 'GET') return new Promise<Response>(() => {})
    whileSaving(model.notes.text)
    return json(note, 201)
  })
  const model = createReferral({ client, id: idOf('ref', 1), onChange: () => {} })
  return { notes: model.notes, sent }
}

describe('a note on a referral', () => {
  it('leaves its field once it is saved, however long the list of notes takes to load again', async () => {
    const { notes, sent } = openReferral(() => {})
    notes.text.value = ' Wants a call after five '
    await notes.save()
    expect(sent.map(({ body }) => body)).toContainEqual({ text: 'Wants a call after five' })
    expect(notes.text.value).toBe('')
  })

  it('stays as it was typed on while the answer was on its way', async () => {
    const { notes } = openReferral((text) => {
      text.value = 'Wants a call after five, on Friday'
    })
    notes.text.value = 'Wants a call after five'
    await notes.save()
    expect(notes.text.value).toBe('Wants a call after five, on Friday')
  })
})
