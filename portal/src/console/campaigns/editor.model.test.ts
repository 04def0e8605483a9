import { describe, expect, it } from 'vitest'
import { campaignWith, clientRespondingWith, json, problemResponse, type Respond } from '../core/testClient.testing.ts'
import { createEditor } from './editor.model.ts'

const published = campaignWith({
  advocate: { kind: 'credit', value: { type: 'percent', basisPoints: 500, minAmount: 1_000 } },
  friend: { kind: 'credit', value: { type: 'fixed', amount: 2_000 } },
})

function openEditor(answer: Respond, campaign: typeof published | null = published) {
  const { client, sent } = clientRespondingWith(answer)
  const editor = createEditor({ client, published: campaign, currency: 'USD', timeZone: 'America/Los_Angeles' })
  return { editor, sent }
}

describe('publishing a campaign', () => {
  it('sends the terms in cents with the version they are based on', async () => {
    const { editor, sent } = openEditor(({ body }) => json({ ...published, ...(body as object), termsVersion: 5 }))
    editor.editSide('advocate', { least: '15' })
    expect(editor.changes.value).toEqual(['advocate.least'])
    expect(await editor.publish()).not.toBeNull()
    expect(sent).toMatchObject([
      {
        method: 'PATCH',
        body: { termsVersion: 4, terms: { advocate: { value: { basisPoints: 500, minAmount: 1_500 } } } },
      },
    ])
    expect(editor.changes.value).toEqual([])
    expect(editor.base.value?.termsVersion).toBe(5)
  })

  it('keeps text typed during the request as the next change', async () => {
    const { editor } = openEditor(({ body }) => {
      editor.editSide('advocate', { most: '90' })
      return json({ ...published, ...(body as object), termsVersion: 5 })
    })
    editor.editSide('advocate', { least: '15' })
    await editor.publish()
    expect(editor.changes.value).toEqual(['advocate.most'])
    expect(editor.draft.value.advocate).toMatchObject({ least: '15.00', most: '90' })
  })

  it('keeps all edits when someone else published meanwhile, rebased on their version', async () => {
    const theirs = { ...published, name: 'Neighbors', termsVersion: 5 }
    const { editor, sent } = openEditor(({ method, body }) => {
      if (method === 'GET') return json(theirs)
      const { termsVersion } = body as { termsVersion: number }
      return termsVersion === 5 ? json({ ...theirs, termsVersion: 6 }) : problemResponse('campaign_changed')
    })
    editor.editSide('advocate', { least: '15' })
    expect(await editor.publish()).toBeNull()
    expect(editor.outdated.value).toBe(true)
    expect(editor.draft.value.advocate.least).toBe('15')
    await editor.rebase()
    expect(editor.outdated.value).toBe(false)
    expect(editor.changes.value).toEqual(['advocate.least'])
    expect(editor.draft.value.name).toBe('Neighbors')
    expect(await editor.publish()).not.toBeNull()
    expect(sent.map(({ method }) => method)).toEqual(['PATCH', 'GET', 'PATCH'])
  })

  it('sends nothing while a field is invalid', async () => {
    const { editor, sent } = openEditor(() => json(published))
    editor.editSide('friend', { amount: '' })
    expect(await editor.publish()).toBeNull()
    expect(editor.sending.errors.value).toEqual({ 'friend.amount': 'Enter an amount such as 25.00.' })
    expect(sent).toEqual([])
    editor.edit({ holdDays: '7' })
    expect(editor.sending.errors.value).toHaveProperty(['friend.amount'])
    editor.editSide('friend', { amount: '2' })
    expect(editor.sending.errors.value).toEqual({})
  })

  it('requires the page when links lead to one', async () => {
    const { editor, sent } = openEditor(() => json(published))
    editor.edit({ linkTarget: 'page' })
    expect(await editor.publish()).toBeNull()
    expect(editor.sending.errors.value).toHaveProperty('landingUrl')
    expect(sent).toEqual([])
  })

  it("shows server errors at the editor's fields", async () => {
    const errors = [{ path: 'terms.advocateCaps.year', message: 'That amount is too large.' }]
    const { editor } = openEditor(() => problemResponse('validation_failed', { errors }))
    editor.edit({ yearCap: '600' })
    await editor.publish()
    expect(editor.sending.errors.value).toEqual({ yearCap: 'That amount is too large.' })
  })

  it('sends only changed fields, so that nobody else’s change is undone', async () => {
    const { editor, sent } = openEditor(() => json(published))
    editor.edit({ name: 'Neighbors first' })
    await editor.publish()
    expect(sent.map(({ body }) => body)).toEqual([{ name: 'Neighbors first', termsVersion: 4 }])
  })

  it('sends the form as a whole, and says which of its fields is invalid', async () => {
    const { editor, sent } = openEditor(() => json(published))
    editor.editForm({ asksQuestion: true, answer: 'choices', choices: 'Drains' })
    expect(await editor.publish()).toBeNull()
    expect(editor.sending.errors.value).toEqual({
      'form.questionLabel': 'Write the question.',
      'form.choices': 'Add at least two choices, one per line.',
    })
    editor.editForm({ questionLabel: 'What needs fixing?', choices: 'Drains\n\n Heating ' })
    expect(editor.sending.errors.value).toEqual({})
    await editor.publish()
    const question = { label: 'What needs fixing?', required: false, choices: ['Drains', 'Heating'] }
    expect(sent.map(({ body }) => body)).toEqual([{ form: { ...published.form, question }, termsVersion: 4 }])
  })

  it('reactivates an ended campaign when its last day is moved to the future', () => {
    const ended = { ...published, status: 'ended' as const, endsAt: '2026-05-02T07:00:00.000Z' }
    const { editor } = openEditor(() => json(ended), ended)
    editor.editEnd('2026-05-20', '2026-06-01')
    expect(editor.draft.value.status).toBe('ended')
    editor.editEnd('2026-06-30', '2026-06-01')
    expect(editor.draft.value).toMatchObject({ status: 'active', endsOn: '2026-06-30' })
  })

  it('creates a new campaign', async () => {
    const { editor, sent } = openEditor(({ body }) => json({ ...published, ...(body as object) }, 201), null)
    expect(await editor.publish()).toBeNull()
    expect(editor.sending.errors.value).toEqual({ name: 'Enter a name.' })
    editor.edit({ name: 'Spring' })
    expect(await editor.publish()).toMatchObject({ name: 'Spring' })
    expect(sent).toMatchObject([
      { method: 'POST', path: '/v1/campaigns', body: { terms: { friend: { value: { amount: 2_000 } } } } },
    ])
  })

  it('restores the published version when discarded', () => {
    const { editor } = openEditor(() => json(published))
    editor.addBonus()
    editor.edit({ name: 'Other' })
    editor.discard()
    expect(editor.changes.value).toEqual([])
  })
})
