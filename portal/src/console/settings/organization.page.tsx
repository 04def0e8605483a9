import { may } from '@goodword/domain'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import { AffixField } from '../../shared/ui/affix.tsx'
import { Button } from '../../shared/ui/button.tsx'
import { focusFirstError, TextArea, TextField } from '../../shared/ui/field.tsx'
import { Select } from '../../shared/ui/select.tsx'
import { useConsole } from '../core/console.ts'
import { Notice } from '../core/notice.tsx'
import { countryChoices, currencyChoices, currencySymbol, timeZoneChoices } from '../core/regions.ts'
import { formatTyped } from '../credit/ledger.model.ts'
import { Branding } from './branding.tsx'
import { createOrganizationSettings, type Draft, type OrganizationModel } from './organization.model.ts'
import { SettingsFrame } from './settings.frame.tsx'
import { WorkflowCard } from './workflow.card.tsx'

type TextName = 'name' | 'tagline' | 'website' | 'phone' | 'replyTo'

function Text({
  model,
  name,
  ...field
}: {
  model: OrganizationModel
  name: TextName
  label: string
  hint?: string
  type?: 'email' | 'tel' | 'text'
  optional?: boolean
  autocomplete?: string
}) {
  return (
    <TextField
      {...field}
      value={model.draft.value[name]}
      error={model.sending.errors.value[name]}
      onInput={(text) => model.set({ [name]: text } as Partial<Draft>)}
    />
  )
}

function Business({ model }: { model: OrganizationModel }) {
  return (
    <section class="card">
      <header>
        <h2>Business</h2>
      </header>
      <div class="body fields">
        <Text model={model} name="name" label="Name" hint="The name friends and advocates see." />
        <Text model={model} name="tagline" label="Tagline" optional hint="A word or two under the name: “Plumbing”." />
        <Text model={model} name="phone" label="Phone" type="tel" optional hint="Friends can always call instead." />
        <Text model={model} name="website" label="Website" optional />
        <Text
          model={model}
          name="replyTo"
          label="Reply-to email"
          type="email"
          optional
          hint="Replies to our emails go here."
        />
        <TextArea
          label="Postal address"
          optional
          rows={3}
          hint="Shown at the bottom of emails and of your public page."
          value={model.draft.value.address}
          error={model.sending.errors.value.address}
          onInput={(address) => model.set({ address })}
        />
      </div>
    </section>
  )
}

function Place({ model }: { model: OrganizationModel }) {
  const { country, timeZone, currency } = model.draft.value
  const errors = model.sending.errors.value
  const countries = useMemo(() => countryChoices(country), [])
  const zones = useMemo(() => timeZoneChoices(timeZone), [])
  const fixed = (model.campaigns.data.value?.items.length ?? 0) > 0
  const money = currencyChoices.find(({ value }) => value === currency)?.label ?? currency
  return (
    <section class="card">
      <header>
        <h2>Place and money</h2>
      </header>
      <div class="body fields">
        <Select
          label="Country"
          hint="Country for phone numbers entered without a + code."
          value={country}
          options={countries}
          error={errors.country}
          onChange={(value) => model.set({ country: value })}
        />
        <Select
          label="Time zone"
          hint="Used for hold periods, limits and reports."
          value={timeZone}
          options={zones}
          error={errors.timeZone}
          onChange={(value) => model.set({ timeZone: value })}
        />
        {fixed ? (
          <div class="field">
            <span class="label">Currency</span>
            <span class="fixed">{money}</span>
            <span class="hint">Can’t be changed, because your campaigns use it.</span>
          </div>
        ) : (
          <Select
            label="Currency"
            hint="Can’t be changed after your first campaign."
            value={currency}
            options={currencyChoices}
            error={errors.currency}
            onChange={(value) => model.set({ currency: value })}
          />
        )}
        <AffixField
          label="Yearly threshold for gift cards and payouts"
          optional
          before={currencySymbol(currency)}
          value={model.draft.value.cashReportThreshold}
          format={formatTyped(currency)}
          hint="Reports point out who comes near it in a calendar year and who reaches it, and your team gets an email."
          error={errors.cashReportThreshold}
          onInput={(cashReportThreshold) => model.set({ cashReportThreshold })}
        />
      </div>
    </section>
  )
}

/** Name, branding, region and rules of the organization. */
export function OrganizationPage() {
  const { client, me, session, toasts, leaving } = useConsole()
  const model = useMemo(
    () => createOrganizationSettings({ client, saved: me.organization, changed: session.load }),
    [client, session],
  )
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => void model.campaigns.load(), [model])
  const dirty = model.dirty.value
  useEffect(() => {
    leaving.value = dirty ? 'Leave without saving your changes?' : null
    return () => {
      leaving.value = null
    }
  }, [dirty, leaving])
  const writable = me.actor.type === 'member' && may(me.actor.role, 'settings:write')
  const failure = model.sending.failure.value
  const save = async () => {
    if (await model.save()) toasts.show({ text: 'Saved.' })
    else if (form.current) focusFirstError(form.current)
  }
  return (
    <SettingsFrame
      section="organization"
      lead={
        writable ? 'How friends and advocates see you, and how you work.' : 'Only owners and admins can change these.'
      }
      actions={
        writable && (
          <Button type="submit" form="organization" look="primary" disabled={!dirty} busy={model.sending.busy.value}>
            {model.sending.busy.value ? 'Saving…' : 'Save changes'}
          </Button>
        )
      }
    >
      {failure && Object.keys(model.sending.errors.value).length === 0 && (
        <Notice tone="bad">{failure.sentence}</Notice>
      )}
      <form
        id="organization"
        ref={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <fieldset class="whole" disabled={!writable}>
          <legend class="sr-only">Settings of {me.organization.name}</legend>
          <Business model={model} />
          <Branding model={model} writable={writable} />
          <Place model={model} />
          <WorkflowCard model={model} />
        </fieldset>
      </form>
    </SettingsFrame>
  )
}
