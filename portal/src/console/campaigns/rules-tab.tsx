import type { Campaign } from '@goodword/contracts'
import { formatDay } from '@goodword/domain'
import { TextField } from '../../shared/ui/field.tsx'
import { Select } from '../../shared/ui/select.tsx'
import type { EditorModel } from './editor.model.ts'
import { Section, wasHint } from './parts.tsx'

export const statusWords: Record<Campaign['status'], string> = {
  draft: 'Draft',
  active: 'Active',
  paused: 'Paused',
  ended: 'Ended',
}

const statusHints: Record<Campaign['status'], string> = {
  draft: 'Nobody can send a referral yet.',
  active: 'Open between its dates.',
  paused: 'Links say that the offer is not open right now.',
  ended: 'Links say that the offer has ended.',
}

const customerOptions = [
  { value: 'reject', label: 'Only first-time customers' },
  { value: 'accept_without_reward', label: 'Everyone; known customers earn nothing' },
  { value: 'accept', label: 'Everyone, with rewards' },
] as const

const dayWords = (day: string) => formatDay(Date.parse(`${day}T12:00:00Z`), 'UTC', { year: true })

/** When it is open, and for whom. */
export function RulesTab({ model }: { model: EditorModel }) {
  const draft = model.draft.value
  const errors = model.sending.errors.value
  const statuses = (
    model.base.value ? ['draft', 'active', 'paused', 'ended'] : ['draft', 'active']
  ) as Campaign['status'][]
  return (
    <>
      <Section title="Status" lead="Pausing or ending keeps every referral and reward there is.">
        <Select
          label="Status"
          width="200px"
          value={draft.status}
          options={statuses.map((value) => ({ value, label: statusWords[value] }))}
          hint={wasHint(model, 'status', (text) => statusWords[text as Campaign['status']], statusHints[draft.status])}
          onChange={(status) => model.edit({ status })}
        />
      </Section>
      <Section title="Dates" lead="Empty means open now, and without an end.">
        <div class="line">
          <TextField
            label="First day"
            optional
            type="date"
            width="170px"
            value={draft.startsOn}
            error={errors.startsOn ?? errors.startsAt}
            hint={wasHint(model, 'startsOn', dayWords)}
            onInput={(startsOn) => model.edit({ startsOn })}
          />
          <TextField
            label="Last day"
            optional
            type="date"
            width="170px"
            value={draft.endsOn}
            error={errors.endsOn ?? errors.endsAt}
            hint={wasHint(model, 'endsOn', dayWords)}
            onInput={(endsOn) => model.edit({ endsOn })}
          />
        </div>
      </Section>
      <Section title="Who can be a friend" lead="A known customer is one you imported or who converted before.">
        <Select
          label="Friends"
          width="min(360px, 100%)"
          value={draft.existingCustomers}
          options={customerOptions}
          onChange={(existingCustomers) => model.edit({ existingCustomers })}
        />
      </Section>
    </>
  )
}
