import type { Client } from '@goodword/client'
import type { ContactDetail, ContactRow, MergePreview } from '@goodword/contracts'
import { formatMoney } from '@goodword/domain'
import { batch, signal } from '@preact/signals'
import { createDebounce } from '../core/debounce.ts'
import { createSending } from '../core/form.ts'
import { pluralize } from '../core/relativeDates.ts'
import { createResource } from '../core/resource.ts'

/** Choose the other contact, preview what moves, then merge. `swap` keeps the other contact instead. */
export function createMerge({ client, id, otherId }: { client: Client; id: string; otherId: string | null }) {
  const kept = signal(id)
  const other = signal<string | null>(otherId)
  const confirm = signal<readonly string[]>([])
  const search = signal('')
  const sending = createSending()
  const debounced = createDebounce(250)

  const found = createResource(async (abort): Promise<ContactRow[]> => {
    const q = search.value.trim()
    const query = { limit: 8, ...(q ? { q } : { filter: 'duplicates' as const }) }
    const { items } = await client.contacts.list({ query }, { signal: abort })
    return items.filter((one) => one.id !== id)
  })
  const preview = createResource((abort) =>
    client.contacts.previewMerge(
      { params: { id: kept.value }, body: { otherId: other.value ?? '', confirm: [...confirm.value] } },
      { signal: abort },
    ),
  )

  return {
    kept,
    other,
    confirm,
    search,
    found,
    preview,
    sending,
    leave: debounced.cancel,
    begin: () => void (other.value === null ? found.load() : preview.load()),
    type(text: string) {
      search.value = text
      debounced.run(() => void found.load())
    },
    choose(chosen: string | null) {
      batch(() => {
        kept.value = id
        other.value = chosen
        confirm.value = []
        preview.data.value = null
        preview.failure.value = null
        sending.failure.value = null
      })
      void (chosen === null ? found.load() : preview.load())
    },
    swap() {
      const next = other.value
      if (next === null) return
      batch(() => {
        other.value = kept.value
        kept.value = next
      })
      void preview.load()
    },
    toggle(addressId: string) {
      const chosen = confirm.value
      confirm.value = chosen.includes(addressId) ? chosen.filter((one) => one !== addressId) : [...chosen, addressId]
      void preview.load()
    },
    merge: (): Promise<ContactDetail | null> =>
      sending.send(() =>
        client.contacts.merge({
          params: { id: kept.value },
          body: { otherId: other.value ?? '', confirm: [...confirm.value] },
        }),
      ),
  }
}

export type MergeModel = ReturnType<typeof createMerge>

/** What moves, as short sentences. */
export function describeMoves(preview: MergePreview): string[] {
  const { codes, referralsAsFriend, referralsAsAdvocate, balances, messages } = preview
  const moved = codes.filter(({ joins }) => !joins)
  const joined = codes.filter(({ joins }) => joins)
  return [
    ...moved.map(({ code, campaignName }) => `Their link ${code} in ${campaignName}`),
    ...joined.map(({ code, campaignName }) => `${code} in ${campaignName} keeps working and counts for the kept link`),
    ...(referralsAsAdvocate > 0 ? [`${pluralize(referralsAsAdvocate, 'referral')} they made`] : []),
    ...(referralsAsFriend > 0 ? [`${pluralize(referralsAsFriend, 'referral')} that named them`] : []),
    ...balances.flatMap(({ currency, available, held, owed }) => [
      ...(available > 0 ? [`${formatMoney(available, currency)} of credit`] : []),
      ...(held > 0 ? [`${formatMoney(held, currency)} on hold`] : []),
      ...(owed > 0 ? [`${formatMoney(owed, currency)} owed back`] : []),
    ]),
    ...(messages > 0 ? [pluralize(messages, 'message')] : []),
  ]
}
