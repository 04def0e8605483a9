import type { Client } from '@goodword/client'
import type { CodesUploaded, DiscountCode, DiscountCodePools } from '@goodword/contracts'
import { codesMax } from '@goodword/contracts'
import { computed, signal } from '@preact/signals'
import { createSending } from '../core/form.ts'
import { createListInput } from '../core/listInput.ts'
import { pluralize } from '../core/relativeDates.ts'
import { createResource } from '../core/resource.ts'
import { createTurning, fetchWithRows, type Page, pageParams } from '../core/turning.ts'

const pageSize = 50
/** The most codes one request takes; a longer list is sent in batches. */
const batchSize = 500

/** The codes in pasted text or a CSV file: the first column of each line, quoted or not, without a heading "code". */
export function parseCodes(text: string): string[] {
  const codes = text.split(/[\r\n]+/).flatMap((line) => {
    const quoted = /^\s*"((?:[^"]|"")*)"/.exec(line)
    const first = quoted ? (quoted[1] ?? '').replaceAll('""', '"') : (line.split(/[,;\t]/)[0] ?? '')
    return first.trim() === '' ? [] : [first.trim()]
  })
  return /^codes?$/i.test(codes[0] ?? '') ? codes.slice(1) : codes
}

/** "48 codes added, 2 given to waiting rewards. 3 were already on the list: A-1, A-2, A-3." */
export function describeUpload({ added, given, duplicates, invalid }: CodesUploaded): string {
  const first = `${pluralize(added, 'code')} added${given > 0 ? `, ${given} given to waiting rewards` : ''}.`
  const some = (codes: string[]) => codes.slice(0, 5).join(', ') + (codes.length > 5 ? ' and more' : '')
  const repeated = duplicates.length === 0 ? '' : ` ${duplicates.length} already on the list: ${some(duplicates)}.`
  const wrong = invalid.length === 0 ? '' : ` ${invalid.length} too long for a code.`
  return first + repeated + wrong
}

/** Adds codes to a campaign's pool, and reports the result. */
export function createUpload({ client, campaignId }: { client: Client; campaignId: string }) {
  const sending = createSending()
  const lines = createListInput(sending, 'codes')
  const codes = computed(() => parseCodes(lines.text.value))
  const done = signal<CodesUploaded | null>(null)
  return {
    lines,
    sending,
    codes,
    done,
    words: computed(() => (codes.value.length === 0 ? 'Add codes' : `Add ${pluralize(codes.value.length, 'code')}`)),
    async upload(): Promise<CodesUploaded | null> {
      const all = codes.value
      if (all.length === 0) return sending.showErrors({ codes: 'Paste at least one code.' })
      if (all.length > codesMax) return sending.showErrors({ codes: 'Add 5,000 at a time.' })
      return sending.send(async () => {
        const sum: CodesUploaded = { added: 0, given: 0, duplicates: [], invalid: [], damaged: [], over: [] }
        for (let from = 0; from < all.length; from += batchSize) {
          const body = { codes: all.slice(from, from + batchSize) }
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
