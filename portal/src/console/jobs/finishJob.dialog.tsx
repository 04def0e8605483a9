import type { FinishedJob } from '@goodword/contracts'
import { useEffect, useMemo } from 'preact/hooks'
import { showPhone } from '../../shared/phone.ts'
import { AffixField } from '../../shared/ui/affix.tsx'
import { Button } from '../../shared/ui/button.tsx'
import { TextField } from '../../shared/ui/field.tsx'
import { Segmented } from '../../shared/ui/segmented.tsx'
import { Combobox } from '../core/combobox.tsx'
import { useConsole } from '../core/console.ts'
import { FormDialog } from '../core/formDialog.tsx'
import { Notice } from '../core/notice.tsx'
import { currencySymbol } from '../core/regions.ts'
import { useCampaignNames } from './campaignNames.ts'
import { WithCampaignNames } from './campaignNamesOf.tsx'
import { effectSentence, inOrder } from './effects.sentences.ts'
import { createFinishJob, type FinishedFor, type FinishJobModel } from './finishJob.model.ts'
import { jobLine } from './jobEvent.labels.ts'
import { noteSentences, sentenceOf } from './jobEvent.sentences.ts'
import { ScoreField } from './scoreField.tsx'
import './jobs.css'

function NewCustomer({ model }: { model: FinishJobModel }) {
  const errors = model.sending.errors.value
  const { name, phone, email } = model.customer
  return (
    <>
      <TextField
        label="New customer’s name"
        autofocus
        value={name.value}
        error={errors['customer.name']}
        onInput={(text) => model.set(name, text)}
      />
      <div class="two">
        <TextField
          label="Phone"
          type="tel"
          optional
          value={phone.value}
          error={errors['customer.phone']}
          onInput={(text) => model.set(phone, text)}
        />
        <TextField
          label="Email"
          type="email"
          optional
          value={email.value}
          error={errors['customer.email']}
          onInput={(text) => model.set(email, text)}
        />
      </div>
      <Button size="sm" look="quiet" icon="search" onClick={model.chooseExisting}>
        Choose a customer you have
      </Button>
    </>
  )
}

function Customer({ model }: { model: FinishJobModel }) {
  if (model.isFixed) return null
  if (model.isNew.value) return <NewCustomer model={model} />
  const items = model.found.data.value?.items ?? []
  const typed = model.text.value.trim()
  const known = items.map((one) => ({
    key: one.id,
    name: one.name,
    detail: showPhone(one.phone) ?? one.email ?? 'No phone and no email',
  }))
  const addNew = { key: 'new', name: `Add “${typed}”`, detail: 'A new customer' }
  return (
    <Combobox
      label="Customer"
      listLabel="Customers"
      autofocus
      hint={() => {
        const { value } = model.chosen
        return value ? 'One of your contacts.' : 'Type a name, phone or email, or add someone new.'
      }}
      error={model.sending.errors.value.customer ?? model.sending.errors.value.contactId}
      text={model.text.value}
      isChosen={model.chosen.value !== null}
      isPending={model.pending.value}
      options={typed === '' ? known : [...known, addNew]}
      onType={model.type}
      onChoose={(index) => {
        const one = items[index]
        if (one) model.choose(one)
        else model.startNew()
      }}
      onOpen={() => {
        if (!model.found.data.value) void model.found.load()
      }}
    />
  )
}

function JobFields({ model }: { model: FinishJobModel }) {
  const { currency } = useConsole().me.organization
  const errors = model.sending.errors.value
  return (
    <>
      <div class="job-fields">
        {!model.job && (
          <TextField
            label="Number"
            optional
            value={model.number.value}
            error={errors.number}
            onInput={(text) => model.set(model.number, text)}
          />
        )}
        <AffixField
          label="Value"
          optional
          before={currencySymbol(currency)}
          value={model.value.value}
          error={errors.value}
          format={model.formatValue}
          onInput={(text) => model.set(model.value, text)}
        />
        <div class="field">
          <span class="label">State</span>
          <Segmented
            label="State"
            value={model.state.value}
            options={[
              { value: 'completed', label: 'Completed' },
              { value: 'invoiced', label: 'Invoiced' },
            ]}
            onChange={model.setState}
          />
        </div>
      </div>
      {!model.job && (
        <TextField
          label="What the job was"
          optional
          value={model.title.value}
          error={errors.title}
          onInput={(text) => model.set(model.title, text)}
        />
      )}
    </>
  )
}

/** What would come of it, as far as it isn't what was just typed. */
function Outcome({ model }: { model: FinishJobModel }) {
  const { me, now } = useConsole()
  const { currency, timeZone } = me.organization
  const campaignName = useCampaignNames()
  const events = model.preview.data.value?.events ?? []
  const attention = events.filter(({ needsPerson }) => needsPerson).map((event) => sentenceOf(event, currency))
  // The last event knows of the others.
  const last = events.at(-1)
  const saying = { currency, timeZone, now: now.value, campaignName }
  const effects = last ? inOrder(last.effects).map((effect) => effectSentence(effect, last.contact, saying)) : []
  const notes = events.flatMap((event) => noteSentences(event, currency))
  return (
    <div role="status">
      {attention.length + effects.length + notes.length > 0 && (
        <Notice tone={attention.length > 0 ? 'warn' : 'info'}>
          {[...attention, ...effects].map(({ lead, rest }, at) => (
            <span key={`${at}`}>
              <b>{lead}</b> {rest ?? ''}{' '}
            </span>
          ))}
          {notes.join(' ')}
        </Notice>
      )}
    </div>
  )
}

/** The button says whether the customer will be asked, once that is known. */
function saveLabel(model: FinishJobModel): string {
  const effects = model.preview.data.value?.events.at(-1)?.effects ?? []
  const isAsked = effects.some(({ reason }) => reason === 'ask_scheduled')
  if (isAsked) return `Save and ask ${model.who.value || 'them'}`
  return effects.some(({ reason }) => reason === 'not_asked') ? 'Save, don’t ask' : 'Save job'
}

/** Enters a job that no connected system reports. */
export function FinishJobDialog({
  of,
  onClose,
  onSaved,
}: {
  of: FinishedFor
  onClose: () => void
  onSaved: (saved: FinishedJob) => void
}) {
  const { client, me } = useConsole()
  const { currency } = me.organization
  const model = useMemo(() => createFinishJob({ client, currency, of }), [client])
  useEffect(() => model.stop, [model])
  const save = async () => {
    const saved = await model.save()
    if (saved) onSaved(saved)
    return saved
  }
  const name = model.isFixed ? (model.chosen.value?.name ?? '') : ''
  const about = model.job
    ? jobLine(
        { job: model.job, facts: {}, outcome: 'applied', contact: model.job.contact, connection: model.job.connection },
        currency,
      )
    : 'For jobs your system does not send.'
  return (
    <FormDialog
      title="Job finished"
      description={name === '' ? about : model.job ? `${name}. ${about}.` : `${name}. ${about}`}
      onClose={onClose}
      sending={model.sending}
      send={save}
      button={saveLabel(model)}
      busyLabel="Saving…"
    >
      <Customer model={model} />
      <JobFields model={model} />
      <ScoreField who={model.who.value} value={model.score.value} onChange={model.setScore} />
      <WithCampaignNames>
        <Outcome model={model} />
      </WithCampaignNames>
    </FormDialog>
  )
}
