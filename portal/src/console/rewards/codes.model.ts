import type { Client } from '@goodword/client'
import type { CodesUploaded, DiscountCode, DiscountCodePools } from '@goodword/contracts'
import { codesMax } from '@goodword/contracts'
import { type CodeList, readCodeList } from '@goodword/domain'
import { computed, signal } from '@preact/signals'
import { createDebounce } from '../core/debounce.ts'
import { createSending } from '../core/form.ts'
import { createListInput } from '../core/listInput.ts'
import { pluralize } from '../core/relativeDates.ts'
import { createResource } from '../core/resource.ts'
import { createTurning, fetchWithRows, type Page, pageParams } from '../core/turning.ts'

const pageSize = 50
/** The most codes one request takes; a longer list is sent in batches. */
const batchSize = 500
const previewDelayMs = 400

const some = (codes: readonly { code: string }[]) =>
  codes
    .slice(0, 3)
    .map(({ code }) => code)
    .join(', ') + (codes.length > 3 ? ' and more' : '')

/** What of a list is left out, and why, one sentence each. */
export function describeList(list: CodeList, { known, includeDamaged }: { known: number; includeDamaged: boolean }) {
  const { duplicates, damaged, tooLong, over, unclearDays } = list
  const lines = (rows: readonly { line: number; code: string }[], one: string, many: string) =>
    rows.length === 0 ? [] : [`${pluralize(rows.length, one, many)}: ${some(rows)} (from line ${rows[0]?.line}).`]
  return [
    ...(known === 0 ? [] : [`${pluralize(known, 'code is', 'codes are')} on your lists already.`]),
    ...lines(duplicates, 'code is twice in this list', 'codes are twice in this list'),
    ...(includeDamaged ? [] : lines(damaged, 'looks changed by a spreadsheet', 'look changed by a spreadsheet')),
    ...lines(over, 'has a last day that has passed', 'have a last day that has passed'),
    ...lines(unclearDays, 'has a last day that isn’t like 2026-12-31', 'have a last day that isn’t like 2026-12-31'),
    ...lines(tooLong, 'is too long for a code', 'are too long for a code'),
  ]
}

/** "48 codes added, 2 given to waiting rewards. 3 were already on the list: A-1, A-2, A-3." */
export function describeUpload({ added, given, duplicates, invalid }: CodesUploaded): string {
  const first = `${pluralize(added, 'code')} added${given > 0 ? `, ${given} given to waiting rewards` : ''}.`
  const first5 = (codes: string[]) => codes.slice(0, 5).join(', ') + (codes.length > 5 ? ' and more' : '')
  const repeated = duplicates.length === 0 ? '' : ` ${duplicates.length} already on the list: ${first5(duplicates)}.`
  const wrong = invalid.length === 0 ? '' : ` ${invalid.length} too long for a code.`
  return first + repeated + wrong
}

/** Adds codes to a campaign's pool. What would be added and what not is shown before; `today` is the day of the business. */
export function createUpload({ client, campaignId, today }: { client: Client; campaignId: string; today: string }) {
  const sending = createSending()
  const lines = createListInput(sending, 'codes')
  const list = computed(() => readCodeList(lines.text.value, today))
  const includeDamaged = signal(false)
  const known = signal(0)
  const debounced = createDebounce(previewDelayMs)
  const codes = computed(() => [
    ...list.value.codes.map(({ code, lastDay }) => (lastDay === null ? code : { code, lastDay })),
    ...(includeDamaged.value ? list.value.damaged.map(({ code }) => code) : []),
  ])
  const done = signal<CodesUploaded | null>(null)
  const preview = async () => {
    const all = codes.value
    if (all.length === 0 || all.length > codesMax) return
    const body = { codes: all, includeDamaged: true }
    // Only a hint: without an answer, adding says the same.
    const found = await client.discountCodes.preview({ params: { id: campaignId }, body }).catch(() => null)
    if (codes.value === all) known.value = found?.duplicates.length ?? 0
  }
  return {
    lines: {
      ...lines,
      type(text: string) {
        known.value = 0
        lines.type(text)
        debounced.run(() => void preview())
      },
      async readFile(chosen: File) {
        known.value = 0
        const isRead = await lines.readFile(chosen)
        if (isRead) void preview()
        return isRead
      },
    },
    sending,
    codes,
    list,
    includeDamaged,
    notes: computed(() => describeList(list.value, { known: known.value, includeDamaged: includeDamaged.value })),
    done,
    words: computed(() => {
      const count = codes.value.length - known.value
      return count <= 0 ? 'Add codes' : `Add ${pluralize(count, 'code')}`
    }),
    leave: debounced.cancel,
    async upload(): Promise<CodesUploaded | null> {
      const all = codes.value
      if (all.length === 0) return sending.showErrors({ codes: 'Paste at least one code.' })
      if (all.length > codesMax) return sending.showErrors({ codes: 'Add 5,000 at a time.' })
      return sending.send(async () => {
        const sum: CodesUploaded = { added: 0, given: 0, duplicates: [], invalid: [], damaged: [], over: [] }
        for (let from = 0; from < all.length; from += batchSize) {
          const body = { codes: all.slice(from, from + batchSize), includeDamaged: true }
          const part = await client.discountCodes.upload({ params: { id: campaignId }, body })
          sum.added += part.added
          sum.given += part.given
          sum.duplicates.push(...part.duplicates)
          sum.invalid.push(...part.invalid)
          sum.damaged.push(...part.damaged)
          sum.over.push(...part.over)
        }
        done.value = sum
        return sum
      })
    },
  }
}

export type UploadModel = ReturnType<typeof createUpload>

/** The code pools of all campaigns, and the codes of the open one. */
export function createCodes({
  client,
  go,
}: {
  client: Client
  /** Opens another page of the open campaign's codes. */
  go: (cursor: string | null) => void
}) {
  const campaignId = signal<string | null>(null)
  const cursor = signal<string | null>(null)
  const pools = createResource<DiscountCodePools>((abort) => client.discountCodes.pools(undefined, { signal: abort }))
  const codes = createResource<Page<DiscountCode>>((abort) =>
    fetchWithRows(
      cursor.value,
      (at) =>
        client.discountCodes.list(
          { params: { id: campaignId.value ?? '' }, query: { limit: pageSize, ...pageParams(at) } },
          { signal: abort },
        ),
      go,
    ),
  )
  return {
    campaignId,
    pools,
    codes,
    ...createTurning(codes, go),
    show(campaign: string | null, at: string | null) {
      if (campaign !== campaignId.value) codes.data.value = null
      campaignId.value = campaign
      cursor.value = at
      void pools.load()
      if (campaign) void codes.load()
    },
  }
}

export type CodesModel = ReturnType<typeof createCodes>
