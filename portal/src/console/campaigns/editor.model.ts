import type { Client } from '@goodword/client'
import { type Campaign, CreateCampaign, type Currency, UpdateCampaign } from '@goodword/contracts'
import { batch, computed, type Signal, signal } from '@preact/signals'
import { createSending, type Sending } from '../core/form.ts'
import {
  type BonusDraft,
  changesBetween,
  type Draft,
  draftOf,
  emptyDraft,
  momentsOf,
  onTopOf,
  type SideDraft,
} from './draft.ts'
import { inEditorNames, type ReadTerms, termsOf } from './terms.ts'

type Needs = {
  client: Client
  /** null for a campaign that is not there yet. */
  published: Campaign | null
  currency: Currency
  timeZone: string
}

type Published = { base: Signal<Campaign | null>; draft: Signal<Draft>; sending: Sending; timeZone: string }

/** Changing fields; an error leaves with the value it was about. */
function createFields({ draft, sending }: Pick<Published, 'draft' | 'sending'>) {
  let bonusCount = 0
  function edit(patch: Partial<Draft>) {
    const edited = { ...draft.value, ...patch }
    const touched = changesBetween(draft.value, edited)
    const still = Object.entries(sending.errors.value).filter(
      ([name]) => !touched.includes(name) && !(patch.bonuses && name.startsWith('bonus')),
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
    editBonus: (key: string, patch: Partial<BonusDraft>) =>
      edit({ bonuses: draft.value.bonuses.map((bonus) => (bonus.key === key ? { ...bonus, ...patch } : bonus)) }),
    addBonus() {
      const last = Math.max(0, ...draft.value.bonuses.map((bonus) => Number(bonus.at) || 0))
      bonusCount += 1
      edit({ bonuses: [...draft.value.bonuses, { key: `new-${bonusCount}`, at: String(last + 1), amount: '' }] })
    },
    removeBonus: (key: string) => edit({ bonuses: draft.value.bonuses.filter((bonus) => bonus.key !== key) }),
  }
}

/** The request that creates or publishes; null when something has to be corrected first. */
async function send(client: Client, { base, draft, sending, timeZone }: Published, read: ReadTerms) {
  if (!read.ok) return sending.refuse(read.errors)
  const typed = draft.value
  if (typed.linkTarget === 'page' && typed.landingUrl.trim() === '')
    return sending.refuse({ landingUrl: 'Enter the page of your site that carries the form.' })
  const fields = {
    name: typed.name,
    status: typed.status,
    ...momentsOf(typed, base.value, timeZone),
    friendOffer: typed.friendOffer,
    termsText: typed.termsText,
    linkTarget: typed.linkTarget,
    landingUrl: typed.landingUrl.trim() === '' ? null : typed.landingUrl.trim(),
    terms: read.terms,
  }
  const current = base.value
  if (!current) {
    const body = sending.check(CreateCampaign.safeParse(fields))
    return body && sending.send(() => client.campaigns.create({ body }))
  }
  const body = sending.check(UpdateCampaign.safeParse({ ...fields, termsVersion: current.termsVersion }))
  return body && sending.send(() => client.campaigns.update({ params: { id: current.id }, body }))
}

/** Editing a campaign: fields, what differs from what is published, and publishing it. */
export function createEditor({ client, published, currency, timeZone }: Needs) {
  const base = signal<Campaign | null>(published)
  const before = computed<Draft>(() => (base.value ? draftOf(base.value, timeZone) : emptyDraft))
  const draft = signal<Draft>(before.value)
  const sending = createSending()
  const outdated = signal(false)
  const read = computed<ReadTerms>(() => termsOf(draft.value, base.value?.terms ?? null, currency))

  return {
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
      const campaign = await send(client, { base, draft, sending, timeZone }, read.value)
      batch(() => {
        sending.errors.value = inEditorNames(sending.errors.value)
        outdated.value = sending.failure.value?.code === 'campaign_changed'
        if (!campaign) return
        base.value = campaign
        draft.value = draftOf(campaign, timeZone)
      })
      return campaign
    },
  }
}

export type EditorModel = ReturnType<typeof createEditor>
