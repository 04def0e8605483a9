import type { Client } from '@goodword/client'
import type { InvitationPreview, InvitationRow, InvitedMany } from '@goodword/contracts'
import { computed, signal } from '@preact/signals'
import { countText } from '../../shared/ui/count.ts'
import { createSending } from '../core/form.ts'
import { createListInput } from '../core/listInput.ts'
import { pluralize } from '../core/relativeDates.ts'

const isValid = (row: InvitationRow) => row.state === 'new' || row.state === 'known'

/** Invites a whole list: paste it or choose a file, review every row, then send. */
export function createInviteMany({ client, newKey }: { client: Client; newKey: () => string }) {
  const campaignId = signal('')
  const notify = signal(true)
  const preview = signal<InvitationPreview | null>(null)
  const excluded = signal<ReadonlySet<number>>(new Set())
  const reading = createSending()
  const lines = createListInput(reading, 'text')
  const { text } = lines
  const sending = createSending()
  let key = newKey()

  const invited = computed(() =>
    (preview.value?.rows ?? []).filter((row) => isValid(row) && !excluded.value.has(row.line)),
  )

  return {
    campaignId,
    lines,
    notify,
    preview,
    excluded,
    reading,
    sending,
    invited,
    async read(): Promise<boolean> {
      if (text.value.trim() === '') {
        reading.showErrors({ text: 'Paste a list, or choose a file.' })
        return false
      }
      const body = { campaignId: campaignId.value, text: text.value }
      const answer = await reading.send(() => client.advocates.preview({ body }))
      if (!answer) return false
      excluded.value = new Set()
      preview.value = answer
      key = newKey()
      return true
    },
    toggle(line: number) {
      const next = new Set(excluded.value)
      if (!next.delete(line)) next.add(line)
      excluded.value = next
      key = newKey()
    },
    back() {
      preview.value = null
      sending.failure.value = null
    },
    /** The idempotency key changes only when the input changes, so that a retry cannot invite twice. */
    send: (): Promise<InvitedMany | null> =>
      sending.send(() =>
        client.advocates.bulk(
          {
            body: {
              campaignId: campaignId.value,
              notify: notify.value,
              people: invited.value.map(({ name, email, phone }) => ({
                name,
                ...(email ? { email } : {}),
                ...(phone ? { phone } : {}),
              })),
            },
          },
          { idempotencyKey: key },
        ),
      ),
  }
}

export type InviteManyModel = ReturnType<typeof createInviteMany>

/** "12 to invite, 2 already advocates, 1 repeated, 3 to mend". */
export function summarizeRows(rows: readonly InvitationRow[]): string {
  const count = (...states: InvitationRow['state'][]) => rows.filter(({ state }) => states.includes(state)).length
  const parts: [number, string][] = [
    [count('new', 'known'), 'to invite'],
    [count('advocate'), count('advocate') === 1 ? 'already an advocate' : 'already advocates'],
    [count('repeated'), 'repeated'],
    [count('wrong'), 'that cannot be read'],
  ]
  const shown = parts.filter(([n]) => n > 0).map(([n, words]) => `${countText(n)} ${words}`)
  return shown.length > 0 ? shown.join(', ') : 'No rows'
}

/** "Send 12 invitations", "Add 12 without a message". */
export const sendLabel = (n: number, notify: boolean): string =>
  notify ? `Send ${pluralize(n, 'invitation')}` : `Add ${countText(n)} without a message`

export const columnLabels: Record<InvitationPreview['columns'][number], string> = {
  name: 'Name',
  first_name: 'First name',
  last_name: 'Last name',
  email: 'Email',
  phone: 'Phone',
  ignored: 'not used',
}
