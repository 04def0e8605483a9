import type { Client } from '@goodword/client'
import type { BulkReferrals, DeclineReferral, ReferralDetail, ReferralRow } from '@goodword/contracts'
import { batch, type ReadonlySignal, signal } from '@preact/signals'
import { toFailure } from '../core/failure.ts'
import type { Selection } from './selection.ts'

/** One referral a change did not work for, and why. */
export type Refused = { id: string; name: string; sentence: string }
export type ChangeReport = { done: number; word: string; refused: Refused[] }

type Options = {
  client: Client
  rows: ReadonlySignal<ReferralRow[]>
  selection: Selection
  put: (changed: ReferralDetail) => void
  reload: () => Promise<void>
}
type Work = (id: string) => Promise<ReferralDetail>
type BulkChange = Omit<BulkReferrals, 'ids'>
/** Why it was declined, and whether it was no referral at all. */
export type Declined = DeclineReferral

const refusedBy = (row: ReferralRow, sentence: string): Refused => ({ id: row.id, name: row.friend.name, sentence })

/** Changing the status of one row or of all that are selected, and what came of it. */
export function createChanges({ client, rows, selection, put, reload }: Options) {
  const working = signal<ReadonlySet<string>>(new Set())
  const report = signal<ChangeReport | null>(null)

  /** Answers the refusal, or null when it worked. */
  async function change(row: ReferralRow, work: Work): Promise<Refused | null> {
    working.value = new Set([...working.value, row.id])
    try {
      put(await work(row.id))
      return null
    } catch (error) {
      return refusedBy(row, toFailure(error).sentence)
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

  /** All that are selected in one request; the report names each that was refused, and those stay selected. */
  async function bulk(word: string, change: BulkChange) {
    const ids = [...selection.selected.value]
    if (ids.length === 0 || working.value.size > 0) return
    working.value = new Set(ids)
    report.value = null
    try {
      const { results } = await client.referrals.bulk({ body: { ids, ...change } })
      const refused = results
        .filter(({ done }) => !done)
        .map(({ id, name, sentence }) => ({ id, name: name || 'A referral', sentence: sentence ?? 'It was refused.' }))
      batch(() => {
        selection.selected.value = new Set(refused.map(({ id }) => id))
        report.value = { done: results.length - refused.length, word, refused }
      })
      await reload()
    } finally {
      working.value = new Set()
    }
  }

  /** The same without a dialog to say what went wrong. */
  async function bulkReported(word: string, change: BulkChange) {
    try {
      await bulk(word, change)
    } catch (error) {
      const { sentence } = toFailure(error)
      const chosen = rows.value.filter((row) => selection.selected.value.has(row.id))
      report.value = { done: 0, word, refused: chosen.map((row) => refusedBy(row, sentence)) }
    }
  }

  const acceptOne: Work = (id) => client.referrals.accept({ params: { id }, body: {} })
  const unacceptOne: Work = (id) => client.referrals.unaccept({ params: { id } })
  return {
    working,
    report,
    accept: (row: ReferralRow) => single(row, 'accepted', acceptOne),
    unaccept: (row: ReferralRow) => single(row, 'moved back', unacceptOne),
    bulkAccept: () => bulkReported('accepted', { action: 'accept' }),
    /** Throws what the server refused as a whole, for the dialog that asked for the reason. */
    bulkDecline: (given: Declined) => bulk('declined', { action: 'decline', ...given }),
  }
}
