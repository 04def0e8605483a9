import { describe, expect, it } from 'vitest'
import { clientRespondingWith, idOf, json, problemResponse } from '../core/testClient.testing.ts'
import { defaultQuery } from '../referrals/listQuery.ts'
import { createNeighbors } from './neighbors.model.ts'

const [before, self, after] = [idOf('ref', 1), idOf('ref', 2), idOf('ref', 3)]

describe('the referrals beside one', () => {
  const createSteps = () => {
    const { client, sent } = clientRespondingWith(({ query }) => {
      const previous = { id: before, place: 'before' }
      if (query.get('place') === 'cut off')
        return problemResponse('validation_failed', {
          errors: [{ path: 'place', message: 'Start again without a place.' }],
        })
      if (query.get('place') === 'further')
        return json({ place: 'further', previous: null, next: { id: after, place: 'after' } })
      return json({ place: 'here', previous, next: { id: null, place: 'further' } })
    })
    return { neighbors: createNeighbors(client, self), sent }
  }

  it('are asked of the list they were opened from, and further on where few rows of it match', async () => {
    const { neighbors, sent } = createSteps()
    neighbors.show({ ...defaultQuery, status: 'pending', q: 'nora' }, null)
    await expect
      .poll(() => neighbors.steps.data.value)
      .toEqual({ place: 'here', previous: { id: before, place: 'before' }, next: { id: after, place: 'after' } })
    expect(sent.map(({ path, query }) => `${path}?${query}`)).toEqual([
      `/v1/referrals/${self}/neighbors?sort=next_step&status=pending&q=nora`,
      `/v1/referrals/${self}/neighbors?sort=next_step&status=pending&q=nora&place=further`,
    ])
  })

  it('are asked without a place if the server refuses the one in the URL', async () => {
    const { neighbors, sent } = createSteps()
    neighbors.show(defaultQuery, 'cut off')
    await expect.poll(() => neighbors.steps.data.value?.place).toBe('here')
    expect(sent.map(({ query }) => query.get('place'))).toEqual(['cut off', null, 'further'])
  })

  it('are not asked again when the URL learns the place they have', async () => {
    const { neighbors, sent } = createSteps()
    neighbors.show(defaultQuery, null)
    await expect.poll(() => neighbors.steps.data.value?.place).toBe('here')
    neighbors.show(defaultQuery, 'here')
    neighbors.show(defaultQuery, 'further')
    await expect.poll(() => sent.map(({ query }) => query.get('place'))).toEqual([null, 'further', 'further'])
  })
})
