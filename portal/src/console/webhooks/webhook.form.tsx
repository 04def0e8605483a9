import type { WebhookEndpoint } from '@goodword/contracts'
import { useMemo, useRef } from 'preact/hooks'
import { Button } from '../../shared/ui/button.tsx'
import { Dialog } from '../../shared/ui/dialog.tsx'
import { Check, focusFirstError, TextField } from '../../shared/ui/field.tsx'
import { Segmented } from '../../shared/ui/segmented.tsx'
import { Notice } from '../core/notice.tsx'
import { createWebhookForm, type WebhookForm } from './form.model.ts'
import { eventGroups, eventLabel } from './webhooks.labels.ts'

function Events({ form }: { form: WebhookForm }) {
  return (
    <div class="field event-choice">
      <span class="label">Events</span>
      <Segmented
        label="Events"
        value={form.every.value ? 'all' : 'chosen'}
        options={[
          { value: 'all', label: 'All events, including future ones' },
          { value: 'chosen', label: 'Only selected events' },
        ]}
        onChange={(value) => {
          form.every.value = value === 'all'
        }}
      />
      {form.sending.errors.value.events && (
        <span class="err" role="alert">
          {form.sending.errors.value.events}
        </span>
      )}
      {!form.every.value && (
        <div class="event-groups">
          {eventGroups.map(({ noun, events }) => (
            <fieldset key={noun}>
              <legend>{noun}</legend>
              {events.map((type) => (
                <Check
                  key={type}
                  title={eventLabel(type)}
                  checked={form.chosen.value.has(type)}
                  onChange={(on) => form.toggle(type, on)}
                />
              ))}
            </fieldset>
          ))}
        </div>
      )}
    </div>
  )
}

/** Adds or changes a webhook. `save` resolves to whether it was accepted. */
export function WebhookDialog({
  known,
  save,
  close,
}: {
  known: WebhookEndpoint | null
  save: (form: WebhookForm) => Promise<boolean>
  close: () => void
}) {
  const form = useMemo(() => createWebhookForm(known), [known])
  const element = useRef<HTMLFormElement>(null)
  const { sending } = form
  const failure = sending.failure.value
  return (
    <Dialog
      title={known ? 'Edit webhook' : 'Add webhook'}
      description="Where events are sent. Each request is signed."
      size="wide"
      onClose={close}
      actions={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" form="webhook" look="primary" busy={sending.busy.value}>
            {known ? 'Save changes' : 'Add webhook'}
          </Button>
        </>
      }
    >
      <form
        id="webhook"
        class="form"
        ref={element}
        noValidate
        onSubmit={async (event) => {
          event.preventDefault()
          if (await save(form)) close()
          else if (element.current) focusFirstError(element.current)
        }}
      >
        {failure && Object.keys(failure.fields).length === 0 && <Notice tone="bad">{failure.sentence}</Notice>}
        <TextField
          label="URL"
          type="url"
          mono
          autofocus
          placeholder="https://jobs.example.com/webhooks"
          hint="Must start with https:// and be reachable from the internet."
          value={form.url.value}
          error={sending.errors.value.url}
          onInput={(text) => {
            form.url.value = text
          }}
        />
        <TextField
          label="Description"
          optional
          value={form.description.value}
          error={sending.errors.value.description}
          onInput={(text) => {
            form.description.value = text
          }}
        />
        <Events form={form} />
      </form>
    </Dialog>
  )
}
