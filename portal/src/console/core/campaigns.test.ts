import { expect, it } from 'vitest'
import { itemsWith } from '../../shared/ui/menu.tsx'
import { everyCampaign } from './campaigns.ts'
import { campaignWith, clientRespondingWith, idOf, json } from './testClient.testing.ts'

it('all 250 campaigns are there to be named and chosen, not only the first 100', async () => {
  const all = Array.from({ length: 250 }, (_, n) =>
    campaignWith(
      { advocate: { kind: 'none' }, friend: { kind: 'none' } },
      { id: idOf('cam', n), name: `Campaign ${n}` },
    ),
  )
  const { client, sent } = clientRespondingWith(({ query }) => {
    const from = Number(query.get('cursor') ?? 0)
    const until = from + Number(query.get('limit'))
    return json({
      items: all.slice(from, until),
      nextCursor: until < all.length ? String(until) : null,
      previousCursor: null,
    })
  })
  const found = await everyCampaign(client, new AbortController().signal)
  expect(found.map(({ name }) => name)).toEqual(all.map(({ name }) => name))
  expect(sent).toHaveLength(3)
})

it('a long menu is narrowed down by a part of the name, whatever its case and accents', () => {
  const items = ['All', 'Café Week', 'Spring cafe', 'Neighbors'].map((label) => ({ label, run: () => {} }))
  const found = (text: string) => itemsWith(items, text).map(({ label }) => label)
  expect(found(' CAFE ')).toEqual(['Café Week', 'Spring cafe'])
  expect(found('')).toHaveLength(4)
  expect(found('autumn')).toEqual([])
})
