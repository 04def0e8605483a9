import type { Client } from '@goodword/client'
import { type Campaign, CreateCampaign, type Currency, UpdateCampaign } from '@goodword/contracts'
import { batch, computed, type Signal, signal } from '@preact/signals'
import { createSending, type Sending } from '../core/form.ts'
import {
  type BonusDraft,
  campaignPeriod,
  changedFields,
  type Draft,
  emptyDraft,
  rebaseDraft,
  toDraft,
} from './draft.ts'
import { type FormDraft, formErrors, fromFormDraft } from './draftForm.ts'
import type { SideDraft, TierDraft } from './draftSide.ts'
import { type ParsedTerms, parseTerms, toEditorErrors } from './terms.ts'

type Options = {
  client: Client
  /** null for a new campaign. */
  published: Campaign | null
  currency: Currency
  timeZone: string
}

type Published = { base: Signal<Campaign | null>; draft: Signal<Draft>; sending: Sending; timeZone: string }

/** Editing a field clears its error. */
function createFields({ draft, sending }: Pick<Published, 'draft' | 'sending'>) {
  let added = 0
  const newKey = () => {
    added += 1
    return `new-${added}`
  }
  /** The number for a new row: one friend after the last. */
  const nextNumber = (numbers: string[]) => String(Math.max(0, ...numbers.map((text) => Number(text) || 0)) + 1)
  function edit(patch: Partial<Draft>) {
    const edited = { ...draft.value, ...patch }
    const touched = changedFields(draft.value, edited)
    const rows = [...(patch.bonuses ? ['bonus'] : []), ...(patch.tiers ? ['tier'] : [])]
    const still = Object.entries(sending.errors.value).filter(
      ([name]) => !touched.includes(name) && !rows.some((row) => name.startsWith(row)),
    )
    batch(() => {
      draft.value = edited
      sending.errors.value = Object.fromEntries(still)
    })
  }
  return {
    edit,
    editSide: (side: 'friend' | 'advocate', patch: Partial<SideDraft>) =>
      edit({ [side]: { ...draft.value[side], ...patch } }),
    editForm: (patch: Partial<FormDraft>) => edit({ form: { ...draft.value.form, ...patch } }),
    editTier: (key: string, patch: Partial<TierDraft>) =>
      edit({ tiers: draft.value.tiers.map((tier) => (tier.key === key ? { ...tier, ...patch } : tier)) }),
    addTier() {
      const { tiers, advocate } = draft.value
      const type = tiers.at(-1)?.type ?? (advocate.kind === 'percent' ? 'percent' : 'fixed')
      const from = nextNumber(['1', ...tiers.map((tier) => tier.from)])
      edit({ tiers: [...tiers, { key: newKey(), from, type, amount: '', percent: '', least: '', most: '' }] })
    },
    removeTier: (key: string) => edit({ tiers: draft.value.tiers.filter((tier) => tier.key !== key) }),
    editBonus: (key: string, patch: Partial<BonusDraft>) =>
      edit({ bonuses: draft.value.bonuses.map((bonus) => (bonus.key === key ? { ...bonus, ...patch } : bonus)) }),
    addBonus() {
      const { bonuses } = draft.value
      edit({ bonuses: [...bonuses, { key: newKey(), at: nextNumber(bonuses.map((bonus) => bonus.at)), amount: '' }] })
    },
    removeBonus: (key: string) => edit({ bonuses: draft.value.bonuses.filter((bonus) => bonus.key !== key) }),
    /** Moving the last day of an ended campaign to the future reactivates it. */
    editEnd(endsOn: string, today: string) {
      const opens = draft.value.status === 'ended' && (endsOn === '' || endsOn >= today)
      edit({ endsOn, ...(opens ? { status: 'active' } : {}) })
    },
  }
}

/** Only fields that differ from the published version, so that other people's changes are not overwritten. */
const changedOnly = <T extends object>(fields: T, published: Campaign): Partial<T> =>
  Object.fromEntries(
    Object.entries(fields).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(published[name as keyof Campaign]),
    ),
  ) as Partial<T>

/** The request that creates or publishes; null when something has to be corrected first. */
async function send(client: Client, { base, draft, sending, timeZone }: Published, read: ParsedTerms) {
  const typed = draft.value
  const wrong = {
    ...(read.ok ? {} : read.errors),
    ...formErrors(typed.form),
    ...(typed.linkTarget === 'page' && typed.landingUrl.trim() === ''
      ? { landingUrl: 'Enter the address of the page with the form.' }
      : {}),
  }
  if (!read.ok || Object.keys(wrong).length > 0) return sending.showErrors(wrong)
  const fields = {
    name: typed.name,
    status: typed.status,
    ...campaignPeriod(typed, base.value, timeZone),
    friendOffer: typed.friendOffer,
    termsText: typed.termsText,
    linkTarget: typed.linkTarget,
    landingUrl: typed.landingUrl.trim() === '' ? null : typed.landingUrl.trim(),
    shareText: typed.shareText.trim(),
    form: fromFormDraft(typed.form),
    whenEnded: typed.whenEnded,
    attribution: typed.attribution,
    enrollment: typed.enrollment,
    terms: read.terms,
  }
  const current = base.value
  if (!current) {
    const body = sending.check(CreateCampaign.safeParse(fields))
    return body && sending.send(() => client.campaigns.create({ body }))
  }
  const body = sending.check(
    UpdateCampaign.safeParse({ ...changedOnly(fields, current), termsVersion: current.termsVersion }),
  )
  return body && sending.send(() => client.campaigns.update({ params: { id: current.id }, body }))
}

/** Edits a campaign: its fields, what differs from the published version, and publishing. */
export function createEditor({ client, published, currency, timeZone }: Options) {
  const base = signal<Campaign | null>(published)
  const before = computed<Draft>(() => (base.value ? toDraft(base.value, timeZone) : emptyDraft))
  const draft = signal<Draft>(before.value)
  const sending = createSending()
  const outdated = signal(false)
  const read = computed<ParsedTerms>(() => parseTerms(draft.value, base.value?.terms ?? null, currency))

  return {
    currency,
    base,
    before,
    draft,
    read,
    sending,
    outdated,
    changes: computed(() => changedFields(before.value, draft.value)),
    ...createFields({ draft, sending }),
    discard() {
      batch(() => {
        draft.value = before.value
        outdated.value = false
        sending.showErrors({})
      })
    },
    /** Rebases the edits on the newer version. */
    async rebase() {
      const current = base.value
      if (!current) return
      const newer = await sending.send(() => client.campaigns.get({ params: { id: current.id } }))
      if (!newer) return
      batch(() => {
        draft.value = rebaseDraft(toDraft(newer, timeZone), before.value, draft.value)
        base.value = newer
        outdated.value = false
      })
    },
    /** The published campaign; null when something has to be corrected first. */
    async publish(): Promise<Campaign | null> {
      const sent = draft.value
      const campaign = await send(client, { base, draft, sending, timeZone }, read.value)
      batch(() => {
        sending.errors.value = toEditorErrors(sending.errors.value)
        outdated.value = sending.failure.value?.code === 'campaign_changed'
        if (!campaign) return
        base.value = campaign
        // Text typed during the request stays.
        draft.value = rebaseDraft(toDraft(campaign, timeZone), sent, draft.value)
      })
      return campaign
    },
  }
}

export type EditorModel = ReturnType<typeof createEditor>
