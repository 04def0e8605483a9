import type { MergePreview } from '@goodword/contracts'
import { describe, expect, it } from 'vitest'
import { clientRespondingWith, idOf, json, problemResponse } from '../core/testClient.testing.ts'
import { createMerge, describeMoves } from './merge.model.ts'

const [anna, twin] = [idOf('con', 1), idOf('con', 2)]
const preview: MergePreview = {
  kept: { id: anna, name: 'Anna Kowalski' },
  other: { id: twin, name: 'A. Kowalski' },
  refusal: null,
  addresses: [],
  codes: [
    { code: 'ANNA2', campaignName: 'Autumn', joins: false },
    { code: 'ANNA3', campaignName: 'Neighbors', joins: true },
  ],
  referralsAsFriend: 1,
  referralsAsAdvocate: 2,
  balances: [{ currency: 'USD', available: 5_000, held: 1_250, owed: 0 }],
  messages: 0,
}

describe('merging two contacts', () => {
  it('says what moves', () => {
    expect(describeMoves(preview)).toEqual([
      'Their link ANNA2 in Autumn',
      'ANNA3 in Neighbors keeps working and counts for the kept link',
      '2 referrals they made',
      '1 referral that named them',
      '$50.00 of credit',
      '$12.50 on hold',
    ])
  })

  it('keeps the other contact on request, with the addresses that were confirmed', async () => {
    const { client, sent } = clientRespondingWith(() => json(preview))
    const model = createMerge({ client, id: anna, otherId: twin })
    const address = idOf('adr', 1)
    model.toggle(address)
    model.swap()
    await model.merge()
    expect(sent.at(-1)).toMatchObject({
      path: `/v1/contacts/${twin}/merge`,
      body: { otherId: anna, confirm: [address] },
    })
  })

  it('stays open with the reason when it is rejected', async () => {
    const { client } = clientRespondingWith(() =>
      problemResponse('merge_not_possible', { detail: 'Decline one of the two.' }),
    )
    const model = createMerge({ client, id: anna, otherId: twin })
    expect(await model.merge()).toBeNull()
    expect(model.sending.failure.value?.sentence).toContain('Decline one of the two.')
  })
})
