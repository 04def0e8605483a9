import type { Client } from '@goodword/client'
import {
  type CreditUse,
  type Currency,
  creditUses,
  logoLimits,
  type Organization,
  UpdateOrganization,
} from '@goodword/contracts'
import { formatAmountInput, parseMoney } from '@goodword/domain'
import { batch, computed, signal } from '@preact/signals'
import { createSending } from '../core/form.ts'
import { createResource } from '../core/resource.ts'

/** The form's fields. An empty field means null. */
export type Draft = {
  name: string
  tagline: string
  website: string
  phone: string
  address: string
  replyTo: string
  brandColor: string
  currency: Currency
  timeZone: string
  country: string
  staffMayConvert: boolean
  creditUses: CreditUse[]
  /** As typed, in the currency of the draft. */
  cashReportThreshold: string
}

export const toDraft = (organization: Organization): Draft => ({
  name: organization.name,
  tagline: organization.tagline,
  website: organization.website ?? '',
  phone: organization.phone ?? '',
  address: organization.address ?? '',
  replyTo: organization.replyTo ?? '',
  brandColor: organization.brandColor,
  currency: organization.currency,
  timeZone: organization.timeZone,
  country: organization.country,
  staffMayConvert: organization.staffMayConvert,
  creditUses: organization.creditUses,
  cashReportThreshold:
    organization.cashReportThreshold === null
      ? ''
      : formatAmountInput(organization.cashReportThreshold, organization.currency),
})

const nullableFields = ['website', 'phone', 'address', 'replyTo'] as const

/** The changed fields, in the API's format. */
export function changedFields(saved: Draft, draft: Draft): Record<string, unknown> {
  const differing = Object.entries(toInput(draft)).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(toInput(saved)[name]),
  )
  return Object.fromEntries(differing)
}

function toInput(draft: Draft): Record<string, unknown> {
  const values: Record<string, unknown> = { ...draft, name: draft.name.trim(), tagline: draft.tagline.trim() }
  for (const name of nullableFields) values[name] = draft[name].trim() || null
  const website = draft.website.trim()
  if (website !== '' && !/^[a-z]+:/i.test(website)) values.website = `https://${website}`
  const threshold = draft.cashReportThreshold.trim()
  // What can't be read stays as typed, and isn't sent.
  values.cashReportThreshold = threshold === '' ? null : (parseMoney(threshold, draft.currency) ?? threshold)
  values.brandColor = draft.brandColor.trim().toLowerCase()
  return values
}

/** Whether the preview can show the color; while one is typed, it keeps the last valid one. */
export const isColor = (text: string): boolean => /^#[0-9a-f]{6}$/i.test(text.trim())

type Options = { client: Client; saved: Organization; changed: () => Promise<void> }

/** The settings of an organization, edited and saved together; the logo is saved at once. */
export function createOrganizationSettings({ client, saved, changed }: Options) {
  const base = signal<Draft>(toDraft(saved))
  const draft = signal<Draft>(toDraft(saved))
  const color = signal(saved.brandColor)
  const sending = createSending()
  const picture = createSending()

  const changes = computed(() => changedFields(base.value, draft.value))

  /** Keeps text typed during the request. */
  function settle(organization: Organization, sent: Draft) {
    batch(() => {
      const typed = Object.keys(changedFields(sent, draft.value))
      base.value = toDraft(organization)
      draft.value = { ...toDraft(organization), ...pick(draft.value, typed) }
    })
  }

  return {
    /** The currency is fixed once there is a campaign. */
    campaigns: createResource((abort) => client.campaigns.list({ query: { limit: 1 } }, { signal: abort })),
    draft,
    color,
    sending,
    picture,
    dirty: computed(() => Object.keys(changes.value).length > 0),
    set(patch: Partial<Draft>) {
      draft.value = { ...draft.value, ...patch }
      if (isColor(draft.value.brandColor)) color.value = draft.value.brandColor.trim().toLowerCase()
    },
    toggleUse(use: CreditUse, on: boolean) {
      const chosen = creditUses.filter((one) => (one === use ? on : draft.value.creditUses.includes(one)))
      draft.value = { ...draft.value, creditUses: chosen }
    },
    async save(): Promise<boolean> {
      if (typeof changes.value.cashReportThreshold === 'string')
        return sending.showErrors({ cashReportThreshold: 'Enter an amount such as 600.00.' }) !== null
      const body = sending.check(UpdateOrganization.safeParse(changes.value))
      if (!body) return false
      const sent = draft.value
      const organization = await sending.send(() => client.organization.update({ body }))
      if (!organization) {
        const failure = sending.failure.value
        if (failure?.code === 'currency_fixed') sending.errors.value = { currency: failure.sentence }
        return false
      }
      settle(organization, sent)
      await changed()
      return true
    },
    async upload(file: Blob): Promise<boolean> {
      if (file.size > logoLimits.bytes) {
        picture.showErrors({ image: 'This picture is larger than 200 kB. Save it smaller.' })
        return false
      }
      const done = await picture.send(async () => {
        const image = await toBase64(file)
        return client.organization.setLogo({ body: { image } })
      })
      if (done) await changed()
      return done !== null
    },
    async removeLogo(): Promise<boolean> {
      const done = await picture.send(() => client.organization.removeLogo())
      if (done) await changed()
      return done !== null
    },
  }
}

const pick = (draft: Draft, names: string[]): Partial<Draft> =>
  Object.fromEntries(Object.entries(draft).filter(([name]) => names.includes(name)))

async function toBase64(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}

export type OrganizationModel = ReturnType<typeof createOrganizationSettings>
