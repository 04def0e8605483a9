import { useMemo } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { TextField } from '../../shared/ui/field.tsx'
import { Select } from '../../shared/ui/select.tsx'
import { useConsole } from '../core/console.ts'
import { FormDialog } from '../core/formDialog.tsx'
import { countryChoices, currencyChoices, timeZoneChoices } from '../core/regions.ts'
import { createNewOrganization, type NewOrganizationModel } from './newOrganization.model.ts'

function Where({ model }: { model: NewOrganizationModel }) {
  const errors = model.sending.errors.value
  const countries = useMemo(() => countryChoices(model.country.value), [model])
  const timeZone = model.timeZone.value
  const zones = useMemo(() => timeZoneChoices(timeZone), [timeZone])
  return (
    <>
      <div class="two">
        <Select
          label="Country"
          hint="Country for phone numbers entered without a + code."
          value={model.country.value}
          options={countries}
          error={errors.country}
          onChange={model.setCountry}
        />
        <Select
          label="Currency"
          hint="Can’t be changed after your first campaign."
          value={model.currency.value}
          options={currencyChoices}
          error={errors.currency}
          onChange={model.setCurrency}
        />
      </div>
      <Select
        label="Time zone"
        hint="Used for hold periods, limits and reports."
        value={timeZone}
        options={zones}
        error={errors.timeZone}
        onChange={model.setTimeZone}
      />
    </>
  )
}

/** Creates another organization and switches to it, starting with a campaign. */
export function NewOrganizationDialog({ close }: { close: () => void }) {
  const { session, me } = useConsole()
  const { route } = useLocation()
  const model = useMemo(() => createNewOrganization({ session, like: me.organization }), [session])
  const found = async () => {
    const done = await model.create()
    if (done) route('/console/campaigns')
    return done
  }
  return (
    <FormDialog
      title="New organization"
      description="Another business, with its own campaigns, people and keys. You’ll be its owner."
      onClose={close}
      sending={model.sending}
      send={found}
      button="Create organization"
    >
      <TextField
        label="Name"
        hint="The name friends and advocates see."
        autofocus
        autocomplete="organization"
        value={model.name.value}
        error={model.sending.errors.value.name}
        onInput={(text) => {
          model.name.value = text
        }}
      />
      <Where model={model} />
    </FormDialog>
  )
}
