import type { Client } from '@goodword/client'
import type { BulkReferrals, DeclineReferral, ReferralDetail, ReferralRow } from '@goodword/contracts'
import { batch, type ReadonlySignal, signal } from '@preact/signals'
import { toFailure } from '../core/failure.ts'
import type { Selection } from './selection.ts'

/** A referral that a change failed for, and why. */
export type FailedChange = { id: string; name: string; sentence: string }
export type ChangeReport = { done: number; word: string; failed: FailedChange[] }

type Options = {
  client: Client
  rows: ReadonlySignal<ReferralRow[]>
  selection: Selection
  put: (changed: ReferralDetail) => void
  reload: () => Promise<void>
}
type ChangeRequest = (id: string) => Promise<ReferralDetail>
type BulkChange = Omit<BulkReferrals, 'ids'>
/** Why it was declined, and whether it was not a real referral. */
export type DeclineInput = DeclineReferral

const toFailedChange = (row: ReferralRow, sentence: string): FailedChange => ({
  id: row.id,
  name: row.friend.name,
  sentence,
})

/** Changes the status of one referral or of all selected ones, and reports the result. */
export function createChanges({ client, rows, selection, put, reload }: Options) {
  const working = signal<ReadonlySet<string>>(new Set())
  const report = signal<ChangeReport | null>(null)

  /** Resolves to the failure, or null on success. */
  async function change(row: ReferralRow, work: ChangeRequest): Promise<FailedChange | null> {
    working.value = new Set([...working.value, row.id])
    try {
      put(await work(row.id))
      return null
    } catch (error) {
      return toFailedChange(row, toFailure(error).sentence)
    } finally {
      working.value = new Set([...working.value].filter((id) => id !== row.id))
    }
  }

  /** Resolves to false if it failed, or is already being changed. */
  async function single(row: ReferralRow, word: string, work: ChangeRequest): Promise<boolean> {
    if (working.value.has(row.id)) return false
    report.value = null
    const failed = await change(row, work)
    if (failed) report.value = { done: 0, word, failed: [failed] }
    return failed === null
  }

  /** Changes all selected in one request; the report names each failure, and those stay selected. */
  async function bulk(word: string, change: BulkChange) {
    const ids = [...selection.selected.value]
    if (ids.length === 0 || working.value.size > 0) return
    working.value = new Set(ids)
    report.value = null
    try {
      const { results } = await client.referrals.bulk({ body: { ids, ...change } })
      const failed = results
        .filter(({ done }) => !done)
        .map(({ id, name, sentence }) => ({ id, name: name || 'A referral', sentence: sentence ?? 'It was refused.' }))
      batch(() => {
        selection.selected.value = new Set(failed.map(({ id }) => id))
        report.value = { done: results.length - failed.length, word, failed }
      })
      await reload()
    } finally {
      working.value = new Set()
    }
  }

  /** For changes without a dialog: errors go into the report. */
  async function bulkWithReport(word: string, change: BulkChange) {
    try {
      await bulk(word, change)
    } catch (error) {
      const { sentence } = toFailure(error)
      const chosen = rows.value.filter((row) => selection.selected.value.has(row.id))
      report.value = { done: 0, word, failed: chosen.map((row) => toFailedChange(row, sentence)) }
    }
  }

  const acceptOne: ChangeRequest = (id) => client.referrals.accept({ params: { id }, body: {} })
  const unacceptOne: ChangeRequest = (id) => client.referrals.unaccept({ params: { id } })
  return {
    working,
    report,
    accept: (row: ReferralRow) => single(row, 'accepted', acceptOne),
    unaccept: (row: ReferralRow) => single(row, 'moved back', unacceptOne),
    bulkAccept: () => bulkWithReport('accepted', { action: 'accept' }),
    /** Throws API errors, for the dialog that asked for the reason. */
    bulkDecline: (given: DeclineInput) => bulk('declined', { action: 'decline', ...given }),
  }
}
