import type { Client } from '@goodword/client'
import type { ReferralNeighbors } from '@goodword/contracts'
import { isFieldRefused } from '../core/failure.ts'
import { createResource } from '../core/resource.ts'
import { defaultQuery, type ListQuery, rowParams, writeQuery } from '../referrals/listQuery.ts'

export type Step = { id: string; place: string } | null
type Side = 'previous' | 'next'

/** What stands before and after a referral in the list it was opened from. */
export function createNeighbors(client: Client, id: string) {
  let list = defaultQuery
  let place: string | null = null
  let shown: string | null = null
  const steps = createResource(async (signal) => {
    const ask = (at: string | null): Promise<ReferralNeighbors> =>
      client.referrals.neighbors(
        { params: { id }, query: { ...rowParams(list), ...(at === null ? {} : { place: at }) } },
        { signal },
      )
    /** The server reads a bounded number of rows at a time. */
    async function follow(side: Side, found: ReferralNeighbors[Side]): Promise<Step> {
      if (found === null) return null
      if (found.id !== null) return { id: found.id, place: found.place }
      return follow(side, (await ask(found.place))[side])
    }
    const found = await ask(place).catch((error) => {
      if (place === null || !isFieldRefused(error, 'place')) throw error
      return ask(null)
    })
    return {
      place: found.place,
      previous: await follow('previous', found.previous),
      next: await follow('next', found.next),
    }
  })
  return {
    steps,
    /** Loads them, unless they are those that are shown. */
    show(nextList: ListQuery, nextPlace: string | null) {
      const url = writeQuery(nextList)
      if (shown === url && nextPlace === (steps.data.value?.place ?? place)) return
      shown = url
      list = nextList
      place = nextPlace
      void steps.load()
    },
  }
}

export type NeighborSteps = ReturnType<typeof createNeighbors>['steps']
