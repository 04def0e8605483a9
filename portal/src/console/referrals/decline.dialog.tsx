import { DeclineReferral } from '@goodword/contracts'
import { signal } from '@preact/signals'
import { useMemo, useRef } from 'preact/hooks'
import { Button } from '../../shared/ui/button.tsx'
import { Dialog } from '../../shared/ui/dialog.tsx'
import { focusFirstError, TextField } from '../../shared/ui/field.tsx'
import { createSending } from '../core/form.ts'
import { Notice } from '../core/notice.tsx'

const usual = ['Outside service area', 'No reply', 'Chose someone else', 'Not a real request']

function Suggestions({ texts, onChoose }: { texts: readonly string[]; onChoose: (text: string) => void }) {
  if (texts.length === 0) return null
  return (
    <fieldset class="suggestions">
      <legend class="sr-only">Usual reasons</legend>
      {texts.map((text) => (
        <button key={text} class="tag" type="button" onClick={() => onChoose(text)}>
          {text}
        </button>
      ))}
    </fieldset>
  )
}

/** Asks why, then does it. `work` throws what the server refused; the sentence is shown and the reason kept. */
export function ReasonDialog({
  title,
  description,
  suggestions,
  initial = '',
  button,
  onClose,
  work,
}: {
  title: string
  description: string
  suggestions: readonly string[]
  initial?: string
  button: string
  onClose: () => void
  work: (reason: string) => Promise<void>
}) {
  const reason = useMemo(() => signal(initial), [initial])
  const sending = useMemo(createSending, [])
  const form = useRef<HTMLFormElement>(null)
  const submit = async () => {
    const body = sending.check(DeclineReferral.safeParse({ reason: reason.value }))
    const done =
      body &&
      (await sending.send(async () => {
        await work(body.reason)
        return true
      }))
    if (done) onClose()
    else if (form.current) focusFirstError(form.current)
  }
  return (
    <Dialog
      title={title}
      description={description}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form="reason-form" look="danger" busy={sending.busy.value}>
            {button}
          </Button>
        </>
      }
    >
      <form
        id="reason-form"
        ref={form}
        class="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        {sending.failure.value && <Notice tone="bad">{sending.failure.value.sentence}</Notice>}
        <TextField
          label="Why"
          value={reason.value}
          autofocus
          error={sending.errors.value.reason}
          onInput={(text) => {
            reason.value = text
          }}
        />
        <Suggestions
          texts={suggestions}
          onChoose={(text) => {
            reason.value = text
          }}
        />
      </form>
    </Dialog>
  )
}

/** Declining one referral or several. */
export function DeclineDialog({
  names,
  onClose,
  work,
}: {
  names: readonly string[]
  onClose: () => void
  work: (reason: string) => Promise<void>
}) {
  const who = names.length === 1 ? names[0] : `${names.length} referrals`
  return (
    <ReasonDialog
      title={`Decline ${who}`}
      description="Nobody earns anything. The advocate sees “Not this time”, never the reason."
      suggestions={usual}
      button={names.length === 1 ? 'Decline' : `Decline ${names.length}`}
      onClose={onClose}
      work={work}
    />
  )
}
