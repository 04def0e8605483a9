import type { Client } from '@goodword/client'
import { type AdvocateDetail, type Currency, Exceptions, type SideTerms } from '@goodword/contracts'
import { formatAmountInput, parseMoney } from '@goodword/domain'
import { signal } from '@preact/signals'
import type { FieldErrors } from '../core/failure.ts'
import { createSending, issuesByField } from '../core/form.ts'

export const sideKinds = [
  { value: 'campaign', label: 'Same as campaign' },
  { value: 'fixed', label: 'Fixed amount' },
  { value: 'percent', label: 'Percent' },
  { value: 'custom', label: 'Custom' },
  { value: 'none', label: 'Nothing' },
] as const
export type SideKind = (typeof sideKinds)[number]['value']

/** The form fields of one side. */
export type SideDraft = { kind: SideKind; amount: string; percent: string; most: string; text: string }

const empty: SideDraft = { kind: 'campaign', amount: '', percent: '', most: '', text: '' }

/** The dialog has no fields for these, and leaves them as they are. */
const isWithoutFields = (side: SideTerms): side is Extract<SideTerms, { kind: 'discount_code' | 'gift_card' }> =>
  side.kind === 'discount_code' || side.kind === 'gift_card'

export function toSideDraft(side: SideTerms | undefined, currency: Currency): SideDraft {
  if (side === undefined || isWithoutFields(side)) return empty
  if (side.kind === 'none') return { ...empty, kind: 'none' }
  if (side.kind === 'custom') return { ...empty, kind: 'custom', text: side.text }
  const { value } = side
  if (value.type === 'fixed') return { ...empty, kind: 'fixed', amount: formatAmountInput(value.amount, currency) }
  const most = value.maxAmount === undefined ? '' : formatAmountInput(value.maxAmount, currency)
  return { ...empty, kind: 'percent', percent: String(value.basisPoints / 100), most }
}

function parseSide(name: string, draft: SideDraft, currency: Currency, errors: Record<string, string>) {
  const money = (field: 'amount' | 'most') => {
    const amount = parseMoney(draft[field], currency)
    if (amount === null || amount <= 0) errors[`${name}.${field}`] = 'Enter an amount above zero.'
    return amount ?? 0
  }
  if (draft.kind === 'campaign') return undefined
  if (draft.kind === 'none') return { kind: 'none' }
  if (draft.kind === 'custom') return { kind: 'custom', text: draft.text }
  if (draft.kind === 'fixed') return { kind: 'credit', value: { type: 'fixed', amount: money('amount') } }
  const percent = Number(draft.percent.replace(',', '.').replace('%', ''))
  const basisPoints = Math.round(percent * 100)
  if (!(basisPoints >= 1 && basisPoints <= 10_000)) errors[`${name}.percent`] = 'Enter a percentage up to 100.'
  const most = draft.most.trim() === '' ? {} : { maxAmount: money('most') }
  return { kind: 'credit', value: { type: 'percent', basisPoints, ...most } }
}

type Drafts = { advocate: SideDraft; friend: SideDraft; liveMax: string }
type ParsedExceptions = { ok: true; exceptions: Exceptions | null } | { ok: false; errors: FieldErrors }

/**
 * The exceptions in the fields, or the field errors. Parts without fields (tiers, bonuses, hold, a discount code, a gift card) stay
 * as they were.
 */
export function parseExceptions(drafts: Drafts, before: Exceptions | null, currency: Currency): ParsedExceptions {
  const errors: Record<string, string> = {}
  const side = (name: 'advocate' | 'friend') => {
    const read = parseSide(name, drafts[name], currency, errors)
    if (read !== undefined) return { [name]: read }
    const previous = before?.[name]
    return previous && isWithoutFields(previous) ? { [name]: previous } : {}
  }
  const { advocate: _a, friend: _f, liveReferralsMax: _l, ...rest } = before ?? {}
  const liveMax = drafts.liveMax.trim()
  const live = Number(liveMax)
  if (liveMax !== '' && !(Number.isInteger(live) && live >= 1)) errors.liveMax = 'Enter a whole number above zero.'
  const typed = {
    ...rest,
    ...side('advocate'),
    ...side('friend'),
    ...(liveMax === '' ? {} : { liveReferralsMax: live }),
  }
  const parsed = Exceptions.safeParse(typed)
  if (!parsed.success) {
    const found = issuesByField(parsed.error.issues)
    return { ok: false, errors: { ...found, ...errors } }
  }
  if (Object.keys(errors).length > 0) return { ok: false, errors }
  return { ok: true, exceptions: Object.keys(parsed.data).length === 0 ? null : parsed.data }
}

/** Custom terms for one advocate. */
export function createExceptions({ client, advocate }: { client: Client; advocate: AdvocateDetail }) {
  const { exceptions, currency } = advocate
  const sending = createSending()
  const sides = {
    advocate: signal(toSideDraft(exceptions?.advocate, currency)),
    friend: signal(toSideDraft(exceptions?.friend, currency)),
  }
  const liveMax = signal(exceptions?.liveReferralsMax === undefined ? '' : String(exceptions.liveReferralsMax))
  return {
    sending,
    sides,
    liveMax,
    edit(side: 'advocate' | 'friend', patch: Partial<SideDraft>) {
      sides[side].value = { ...sides[side].value, ...patch }
    },
    async save(): Promise<AdvocateDetail | null> {
      const drafts = { advocate: sides.advocate.value, friend: sides.friend.value, liveMax: liveMax.value }
      const read = parseExceptions(drafts, exceptions, currency)
      if (!read.ok) return sending.showErrors(read.errors)
      const body = { exceptions: read.exceptions }
      return sending.send(() => client.advocates.changeExceptions({ params: { id: advocate.id }, body }))
    },
  }
}

export type ExceptionsModel = ReturnType<typeof createExceptions>
