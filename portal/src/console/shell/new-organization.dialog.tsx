import { useMemo, useRef } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { Button } from '../../shared/ui/button.tsx'
import { Dialog } from '../../shared/ui/dialog.tsx'
import { focusFirstError, TextField } from '../../shared/ui/field.tsx'
import { Select } from '../../shared/ui/select.tsx'
import { useConsole } from '../core/console.ts'
import { Notice } from '../core/notice.tsx'
import { countryChoices, currencyChoices, timeZoneChoices } from '../core/places.ts'
import { createFounding, type FoundingModel } from './new-organization.model.ts'

function Where({ model }: { model: FoundingModel }) {
  const errors = model.sending.errors.value
  const countries = useMemo(() => countryChoices(model.country.value), [model])
  const timeZone = model.timeZone.value
  const zones = useMemo(() => timeZoneChoices(timeZone), [timeZone])
  return (
    <>
      <div class="two">
        <Select
          label="Country"
          hint="How phone numbers are read."
          value={model.country.value}
          options={countries}
          error={errors.country}
          onChange={model.setCountry}
        />
        <Select
          label="Currency"
          hint="Fixed from the first campaign on."
          value={model.currency.value}
          options={currencyChoices}
          error={errors.currency}
          onChange={model.setCurrency}
        />
      </div>
      <Select
        label="Time zone"
        hint="Where your days begin: holds, limits and reports go by it."
        value={timeZone}
        options={zones}
        error={errors.timeZone}
        onChange={model.setTimeZone}
      />
    </>
  )
}

/** Another business of whoever is signed in. Afterwards one works in it, and begins with a campaign. */
export function NewOrganizationDialog({ close }: { close: () => void }) {
  const { session, me } = useConsole()
  const { route } = useLocation()
  const model = useMemo(() => createFounding({ session, like: me.organization }), [session])
  const form = useRef<HTMLFormElement>(null)
  const failure = model.sending.failure.value
  return (
    <Dialog
      title="New organization"
      description="Another business, with its own campaigns, people and keys. You are its owner."
      onClose={close}
      actions={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" form="new-organization" look="primary" busy={model.sending.busy.value}>
            Create organization
          </Button>
        </>
      }
    >
      <form
        id="new-organization"
        class="form"
        ref={form}
        noValidate
        onSubmit={async (event) => {
          event.preventDefault()
          if (await model.found()) route('/console/campaigns')
          else if (form.current) focusFirstError(form.current)
        }}
      >
        {failure && Object.keys(failure.fields).length === 0 && <Notice tone="bad">{failure.sentence}</Notice>}
        <TextField
          label="Name"
          hint="As friends and advocates know it."
          autofocus
          autocomplete="organization"
          value={model.name.value}
          error={model.sending.errors.value.name}
          onInput={(text) => {
            model.name.value = text
          }}
        />
        <Where model={model} />
      </form>
    </Dialog>
  )
}
