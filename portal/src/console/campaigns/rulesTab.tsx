import type { Campaign } from '@goodword/contracts'
import { dayIn, formatDay, statusesFrom } from '@goodword/domain'
import { TextField } from '../../shared/ui/field.tsx'
import { Select } from '../../shared/ui/select.tsx'
import { useConsole } from '../core/console.ts'
import type { EditorModel } from './editor.model.ts'
import { FriendJobRules } from './jobRules.tsx'
import { Section, UnitField, wasHint } from './parts.tsx'

export const statusLabels: Record<Campaign['status'], string> = {
  draft: 'Draft',
  active: 'Active',
  paused: 'Paused',
  ended: 'Ended',
}

const statusHints: Record<Campaign['status'], string> = {
  draft: 'Nobody can submit a referral yet.',
  active: 'Open between its dates.',
  paused: 'Links say the offer isn’t open right now.',
  ended: 'Links say the offer has ended. Set a later last day to open it again.',
}

const customerOptions = [
  { value: 'reject', label: 'Only first-time customers' },
  { value: 'accept_without_reward', label: 'Anyone, but existing customers get no reward' },
  { value: 'accept', label: 'Anyone, with rewards' },
] as const

const enrollmentOptions = [
  { value: 'invited', label: 'People you invite, and friends who converted' },
  { value: 'identified', label: 'Also customers who are signed in on your website' },
] as const

const endOptions = [
  { value: 'expire_pending', label: 'Pending referrals expire' },
  { value: 'expire_all', label: 'Pending and accepted referrals expire' },
  { value: 'block_new', label: 'Only new referrals are rejected' },
] as const

const attributionOptions = [
  { value: 'manual', label: 'Your team chooses; the earliest is suggested' },
  { value: 'first', label: 'The first one counts' },
  { value: 'last', label: 'The last one counts' },
] as const

const labelOf = <T extends string>(options: readonly { value: T; label: string }[], text: string) =>
  `“${options.find(({ value }) => value === text)?.label ?? text}”`

const dayLabel = (day: string) => formatDay(Date.parse(`${day}T12:00:00Z`), 'UTC', { year: true })

/** "America/Los_Angeles" as "Los Angeles". */
const cityOf = (timeZone: string) => (timeZone.split('/').at(-1) ?? timeZone).replaceAll('_', ' ')

function Dates({ model }: { model: EditorModel }) {
  const { now, me } = useConsole()
  const { timeZone } = me.organization
  const draft = model.draft.value
  const errors = model.sending.errors.value
  return (
    <Section title="Dates" lead={`Whole days, ${cityOf(timeZone)} time. Leave blank to start now and never end.`}>
      <div class="line">
        <TextField
          label="First day"
          optional
          type="date"
          width="170px"
          value={draft.startsOn}
          error={errors.startsOn ?? errors.startsAt}
          hint={wasHint(model, 'startsOn', dayLabel)}
          onInput={(startsOn) => model.edit({ startsOn })}
        />
        <TextField
          label="Last day"
          optional
          type="date"
          width="170px"
          value={draft.endsOn}
          error={errors.endsOn ?? errors.endsAt}
          hint={wasHint(model, 'endsOn', dayLabel)}
          onInput={(endsOn) => model.editEnd(endsOn, dayIn(timeZone, now.value))}
        />
      </div>
      <Select
        label="After the last day"
        width="min(360px, 100%)"
        value={draft.whenEnded}
        options={endOptions}
        hint={wasHint(model, 'whenEnded', (text) => labelOf(endOptions, text))}
        onChange={(whenEnded) => model.edit({ whenEnded })}
      />
    </Section>
  )
}

function OpenReferrals({ model }: { model: EditorModel }) {
  const draft = model.draft.value
  const at = (name: 'expiresDays' | 'liveMax' | 'linkDays') => ({
    model,
    name,
    value: draft[name],
    onInput: (text: string) => model.edit({ [name]: text }),
    width: '190px',
  })
  return (
    <Section title="Open referrals" lead="Pending and accepted ones, until they convert.">
      <div class="line">
        <UnitField
          {...at('expiresDays')}
          unit="days"
          label="Pending referrals expire after"
          hint="Leave blank for never"
        />
        <UnitField {...at('liveMax')} unit="open" label="Maximum per advocate" />
        <UnitField
          {...at('linkDays')}
          unit="days"
          label="Websites remember links for"
          hint="Some browsers forget sooner"
        />
      </div>
      <Select
        label="When two advocates refer the same friend"
        width="min(360px, 100%)"
        value={draft.attribution}
        options={attributionOptions}
        hint={wasHint(
          model,
          'attribution',
          (text) => labelOf(attributionOptions, text),
          'Both are kept. You’ll see a warning before converting a different referral.',
        )}
        onChange={(attribution) => model.edit({ attribution })}
      />
    </Section>
  )
}

/** When the campaign is open, for whom, and how pending referrals end. */
export function RulesTab({ model }: { model: EditorModel }) {
  const draft = model.draft.value
  const published = model.base.value?.status
  const statuses: Campaign['status'][] = published ? statusesFrom(published) : ['draft', 'active']
  return (
    <>
      <Section title="Status" lead="Pausing or ending keeps all existing referrals and rewards.">
        <Select
          label="Status"
          width="200px"
          value={draft.status}
          options={statuses.map((value) => ({ value, label: statusLabels[value] }))}
          error={model.sending.errors.value.status}
          hint={wasHint(model, 'status', (text) => statusLabels[text as Campaign['status']], statusHints[draft.status])}
          onChange={(status) => model.edit({ status })}
        />
      </Section>
      <Dates model={model} />
      <Section title="Who can be a friend" lead="An existing customer is one you imported or who converted before.">
        <Select
          label="Friends"
          width="min(360px, 100%)"
          value={draft.existingCustomers}
          options={customerOptions}
          hint={wasHint(model, 'existingCustomers', (text) => labelOf(customerOptions, text))}
          onChange={(existingCustomers) => model.edit({ existingCustomers })}
        />
      </Section>
      <Section
        title="Who can be an advocate"
        lead="Your website says who is signed in with an identity key (Settings, Keys). Customers then join the first time they see their link."
      >
        <Select
          label="Advocates"
          width="min(420px, 100%)"
          value={draft.enrollment}
          options={enrollmentOptions}
          hint={wasHint(model, 'enrollment', (text) => labelOf(enrollmentOptions, text))}
          onChange={(enrollment) => model.edit({ enrollment })}
        />
      </Section>
      <OpenReferrals model={model} />
      <FriendJobRules model={model} />
    </>
  )
}
