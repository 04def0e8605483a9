import type { InvitationRow } from '@goodword/contracts'
import { describe, expect, it } from 'vitest'
import { clientRespondingWith, idOf, json, problemResponse, type Respond } from '../core/testClient.testing.ts'
import { createInviteMany, summarizeRows } from './inviteMany.model.ts'

const row = (line: number, state: InvitationRow['state']): InvitationRow => ({
  line,
  name: `Person ${line}`,
  email: `p${line}@mail.example`,
  phone: '',
  state,
  problem: null,
  existingId: null,
  contactId: null,
})
const rows = [row(2, 'new'), row(3, 'known'), row(4, 'advocate'), row(5, 'wrong')]

function open(answer: Respond) {
  let keys = 0
  const { client, sent } = clientRespondingWith((one) =>
    one.path.endsWith('/preview') ? json({ rows, columns: ['name', 'email'], hasHead: true }) : answer(one),
  )
  const model = createInviteMany({
    client,
    newKey: () => {
      keys += 1
      return `key ${keys}`
    },
  })
  model.campaignId.value = idOf('cam', 1)
  model.lines.text.value = 'Person 2,p2@mail.example'
  return { model, sent }
}

describe('inviting a list', () => {
  it('sends the valid rows that were not deselected, always under one idempotency key', async () => {
    let answers = 0
    const { model, sent } = open(() => {
      answers += 1
      return answers === 1 ? problemResponse('not_found') : json({ enrolled: 1, alreadyAdvocates: 0, messages: 1 })
    })
    expect(await model.read()).toBe(true)
    model.toggle(3)
    expect(await model.send()).toBeNull()
    expect(model.invited.value).toHaveLength(1)
    expect(await model.send()).toMatchObject({ enrolled: 1 })
    const [, first, second] = sent
    expect(first?.body).toEqual({
      campaignId: idOf('cam', 1),
      notify: true,
      people: [{ name: 'Person 2', email: 'p2@mail.example' }],
    })
    expect(second?.key).toBe(first?.key)
    model.toggle(3)
    await model.send()
    expect(sent[3]?.key).not.toBe(first?.key)
  })

  it('requires a list before it calls the server', async () => {
    const { model, sent } = open(() => json({}))
    model.lines.text.value = '  '
    expect(await model.read()).toBe(false)
    expect(model.reading.errors.value.text).toBe('Paste a list, or choose a file.')
    expect(sent).toEqual([])
  })

  it('summarizes the list in one line', () => {
    expect(summarizeRows(rows)).toBe('2 to invite, 1 already an advocate, 1 that cannot be read')
    expect(summarizeRows([])).toBe('No rows')
  })
})
