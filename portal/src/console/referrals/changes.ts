import type { Client } from '@goodword/client'
import type { ReferralDetail, ReferralRow } from '@goodword/contracts'
import { batch, type ReadonlySignal, signal } from '@preact/signals'
import { failureOf } from '../core/failure.ts'
import { isLive } from './next-step.ts'
import type { Selection } from './selection.ts'

/** One referral a change did not work for, and why. */
export type Refused = { id: string; name: string; sentence: string }
export type ChangeReport = { done: number; word: string; refused: Refused[] }

type Needs = {
  client: Client
  rows: ReadonlySignal<ReferralRow[]>
  selection: Selection
  put: (changed: ReferralDetail) => void
}
type Work = (id: string) => Promise<ReferralDetail>

const refusedBy = (row: ReferralRow, sentence: string): Refused => ({ id: row.id, name: row.friend.name, sentence })

/** Changing the status of one row or of all that are selected, and what came of it. */
export function createChanges({ client, rows, selection, put }: Needs) {
  const working = signal<ReadonlySet<string>>(new Set())
  const report = signal<ChangeReport | null>(null)

  /** Answers the refusal, or null when it worked. */
  async function change(row: ReferralRow, work: Work): Promise<Refused | null> {
    working.value = new Set([...working.value, row.id])
    try {
      put(await work(row.id))
      return null
    } catch (error) {
      return refusedBy(row, failureOf(error).sentence)
    } finally {
      working.value = new Set([...working.value].filter((id) => id !== row.id))
    }
  }

  async function single(row: ReferralRow, word: string, work: Work): Promise<boolean> {
    report.value = null
    const refused = await change(row, work)
    if (refused) report.value = { done: 0, word, refused: [refused] }
    return refused === null
  }

  /** One after the other, so that the report can name each that was refused; those stay selected. */
  async function bulk(word: string, fits: (row: ReferralRow) => boolean, work: Work) {
    const chosen = rows.value.filter((row) => selection.selected.value.has(row.id))
    const refused: Refused[] = []
    for (const row of chosen) {
      const problem = fits(row) ? await change(row, work) : refusedBy(row, 'It has moved on already.')
      if (problem) refused.push(problem)
    }
    batch(() => {
      selection.selected.value = new Set(refused.map(({ id }) => id))
      report.value = { done: chosen.length - refused.length, word, refused }
    })
  }

  const acceptOne: Work = (id) => client.referrals.accept({ params: { id }, body: {} })
  const unacceptOne: Work = (id) => client.referrals.unaccept({ params: { id } })
  return {
    working,
    report,
    accept: (row: ReferralRow) => single(row, 'accepted', acceptOne),
    unaccept: (row: ReferralRow) => single(row, 'moved back', unacceptOne),
    bulkAccept: () => bulk('accepted', (row) => row.status === 'pending', acceptOne),
    bulkDecline: (reason: string) =>
      bulk('declined', isLive, (id) => client.referrals.decline({ params: { id }, body: { reason } })),
  }
}
