import type { Client } from '@goodword/client'
import { type Campaign, CreateCampaign, type Currency, UpdateCampaign } from '@goodword/contracts'
import { batch, computed, type Signal, signal } from '@preact/signals'
import { createSending, type Sending } from '../core/form.ts'
import { type BonusDraft, changesBetween, type Draft, draftOf, emptyDraft, momentsOf, onTopOf } from './draft.ts'
import { type FormDraft, formErrors, typedForm } from './draftForm.ts'
import type { SideDraft, TierDraft } from './draftSide.ts'
import { inEditorNames, type ReadTerms, termsOf } from './terms.ts'

type Options = {
  client: Client
  /** null for a campaign that is not there yet. */
  published: Campaign | null
  currency: Currency
  timeZone: string
}

type Published = { base: Signal<Campaign | null>; draft: Signal<Draft>; sending: Sending; timeZone: string }

/** Changing fields; an error leaves with the value it was about. */
function createFields({ draft, sending }: Pick<Published, 'draft' | 'sending'>) {
  let added = 0
  const newKey = () => {
    added += 1
    return `new-${added}`
  }
  /** The row after the last: one friend further. */
  const following = (numbers: string[]) => String(Math.max(0, ...numbers.map((text) => Number(text) || 0)) + 1)
  function edit(patch: Partial<Draft>) {
    const edited = { ...draft.value, ...patch }
    const touched = changesBetween(draft.value, edited)
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
      const from = following(['1', ...tiers.map((tier) => tier.from)])
      edit({ tiers: [...tiers, { key: newKey(), from, type, amount: '', percent: '', least: '', most: '' }] })
    },
    removeTier: (key: string) => edit({ tiers: draft.value.tiers.filter((tier) => tier.key !== key) }),
    editBonus: (key: string, patch: Partial<BonusDraft>) =>
      edit({ bonuses: draft.value.bonuses.map((bonus) => (bonus.key === key ? { ...bonus, ...patch } : bonus)) }),
    addBonus() {
      const { bonuses } = draft.value
      edit({ bonuses: [...bonuses, { key: newKey(), at: following(bonuses.map((bonus) => bonus.at)), amount: '' }] })
    },
    removeBonus: (key: string) => edit({ bonuses: draft.value.bonuses.filter((bonus) => bonus.key !== key) }),
    /** Moving the last day of an ended campaign into the days to come opens it again. */
    editEnd(endsOn: string, today: string) {
      const opens = draft.value.status === 'ended' && (endsOn === '' || endsOn >= today)
      edit({ endsOn, ...(opens ? { status: 'active' } : {}) })
    },
  }
}

/** Of all fields, those that differ from what is published: what somebody else changed meanwhile is left alone. */
const differing = <T extends object>(fields: T, published: Campaign): Partial<T> =>
  Object.fromEntries(
    Object.entries(fields).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(published[name as keyof Campaign]),
    ),
  ) as Partial<T>

/** The request that creates or publishes; null when something has to be corrected first. */
async function send(client: Client, { base, draft, sending, timeZone }: Published, read: ReadTerms) {
  const typed = draft.value
  const wrong = {
    ...(read.ok ? {} : read.errors),
    ...formErrors(typed.form),
    ...(typed.linkTarget === 'page' && typed.landingUrl.trim() === ''
      ? { landingUrl: 'Enter the page of your site that carries the form.' }
      : {}),
  }
  if (!read.ok || Object.keys(wrong).length > 0) return sending.refuse(wrong)
  const fields = {
    name: typed.name,
    status: typed.status,
    ...momentsOf(typed, base.value, timeZone),
    friendOffer: typed.friendOffer,
    termsText: typed.termsText,
    linkTarget: typed.linkTarget,
    landingUrl: typed.landingUrl.trim() === '' ? null : typed.landingUrl.trim(),
    shareText: typed.shareText.trim(),
    form: typedForm(typed.form),
    whenEnded: typed.whenEnded,
    attribution: typed.attribution,
    terms: read.terms,
  }
  const current = base.value
  if (!current) {
    const body = sending.check(CreateCampaign.safeParse(fields))
    return body && sending.send(() => client.campaigns.create({ body }))
  }
  const body = sending.check(
    UpdateCampaign.safeParse({ ...differing(fields, current), termsVersion: current.termsVersion }),
  )
  return body && sending.send(() => client.campaigns.update({ params: { id: current.id }, body }))
}

/** Editing a campaign: fields, what differs from what is published, and publishing it. */
export function createEditor({ client, published, currency, timeZone }: Options) {
  const base = signal<Campaign | null>(published)
  const before = computed<Draft>(() => (base.value ? draftOf(base.value, timeZone) : emptyDraft))
  const draft = signal<Draft>(before.value)
  const sending = createSending()
  const outdated = signal(false)
  const read = computed<ReadTerms>(() => termsOf(draft.value, base.value?.terms ?? null, currency))

  return {
    currency,
    base,
    before,
    draft,
    read,
    sending,
    outdated,
    changes: computed(() => changesBetween(before.value, draft.value)),
    ...createFields({ draft, sending }),
    discard() {
      batch(() => {
        draft.value = before.value
        outdated.value = false
        sending.refuse({})
      })
    },
    /** Takes the newer version as the one edited, with what was typed on top of it. */
    async rebase() {
      const current = base.value
      if (!current) return
      const newer = await sending.send(() => client.campaigns.get({ params: { id: current.id } }))
      if (!newer) return
      batch(() => {
        draft.value = onTopOf(draftOf(newer, timeZone), before.value, draft.value)
        base.value = newer
        outdated.value = false
      })
    },
    /** The campaign as it is now published; null when something has to be corrected first. */
    async publish(): Promise<Campaign | null> {
      const sent = draft.value
      const campaign = await send(client, { base, draft, sending, timeZone }, read.value)
      batch(() => {
        sending.errors.value = inEditorNames(sending.errors.value)
        outdated.value = sending.failure.value?.code === 'campaign_changed'
        if (!campaign) return
        base.value = campaign
        // What was typed while the answer was on its way stays.
        draft.value = onTopOf(draftOf(campaign, timeZone), sent, draft.value)
      })
      return campaign
    },
  }
}

export type EditorModel = ReturnType<typeof createEditor>
