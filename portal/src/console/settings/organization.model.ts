import type { Client } from '@goodword/client'
import {
  type CreditUse,
  type Currency,
  creditUses,
  logoLimits,
  type Organization,
  UpdateOrganization,
} from '@goodword/contracts'
import { batch, computed, signal } from '@preact/signals'
import { createSending } from '../core/form.ts'
import { createResource } from '../core/resource.ts'

/** What is in the fields. Nothing typed is null: an empty field is an empty text. */
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
}

export const draftOf = (organization: Organization): Draft => ({
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
})

const emptiable = ['website', 'phone', 'address', 'replyTo'] as const

/** What differs from what is saved, as the server takes it. */
export function changesOf(saved: Draft, draft: Draft): Record<string, unknown> {
  const differing = Object.entries(written(draft)).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(written(saved)[name]),
  )
  return Object.fromEntries(differing)
}

function written(draft: Draft): Record<string, unknown> {
  const values: Record<string, unknown> = { ...draft, name: draft.name.trim(), tagline: draft.tagline.trim() }
  for (const name of emptiable) values[name] = draft[name].trim() || null
  const website = draft.website.trim()
  if (website !== '' && !/^[a-z]+:/i.test(website)) values.website = `https://${website}`
  values.brandColor = draft.brandColor.trim().toLowerCase()
  return values
}

/** A color the preview can show; while one is being typed, the last that was whole. */
export const isColor = (text: string): boolean => /^#[0-9a-f]{6}$/i.test(text.trim())

type Options = { client: Client; saved: Organization; changed: () => Promise<void> }

/** The settings of an organization: edited together and saved together; the logo at once. */
export function createOrganizationSettings({ client, saved, changed }: Options) {
  const base = signal<Draft>(draftOf(saved))
  const draft = signal<Draft>(draftOf(saved))
  const color = signal(saved.brandColor)
  const sending = createSending()
  const picture = createSending()

  const changes = computed(() => changesOf(base.value, draft.value))

  /** What somebody typed while the answer was on its way stays. */
  function settle(organization: Organization, sent: Draft) {
    batch(() => {
      const typed = Object.keys(changesOf(sent, draft.value))
      base.value = draftOf(organization)
      draft.value = { ...draftOf(organization), ...pick(draft.value, typed) }
    })
  }

  return {
    /** Where there is a campaign, the currency stays. */
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
        picture.refuse({ image: 'This picture is larger than 200 kB. Save it smaller.' })
        return false
      }
      const done = await picture.send(async () => {
        const image = await base64Of(file)
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

async function base64Of(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}

export type OrganizationModel = ReturnType<typeof createOrganizationSettings>
