import { DeclineReferral, type InvalidReason, invalidReasons } from '@goodword/contracts'
import { signal, useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useMemo } from 'preact/hooks'
import { Check, TextField } from '../../shared/ui/field.tsx'
import { Select } from '../../shared/ui/select.tsx'
import { createSending } from '../core/form.ts'
import { FormDialog } from '../core/formDialog.tsx'
import type { DeclineInput } from './changes.ts'
import { ReferralError } from './referralError.tsx'
import './decline.css'

const wrongReasons = ['Spam', 'Made up', 'The advocate themselves', 'Entered twice']
const usualReasons = ['Outside service area', 'No reply', 'Chose someone else', 'Not a real request']

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

/**
 * Asks for a reason, then runs `work`, which throws API errors: the message is shown and the reason kept. "ask" means
 * that something has to be confirmed first.
 */
export function ReasonDialog({
  title,
  description,
  suggestions,
  initial = '',
  button,
  onClose,
  work,
  children,
  first,
  danger = true,
}: {
  title: string
  description: string
  suggestions: readonly string[]
  initial?: string
  button: string
  onClose: () => void
  work: (reason: string) => Promise<unknown>
  /** false for actions that remove nothing. */
  danger?: boolean
  /** What it would do, said before the reason. */
  first?: ComponentChildren
  /** Extra content besides the reason. */
  children?: ComponentChildren
}) {
  const reason = useMemo(() => signal(initial), [initial])
  const sending = useMemo(createSending, [])
  const submit = async () => {
    const body = sending.check(DeclineReferral.safeParse({ reason: reason.value }))
    const done =
      body &&
      (await sending.send(async () => {
        return (await work(body.reason)) === 'ask' ? 'ask' : 'done'
      }))
    if (done === 'done') onClose()
    return done
  }
  return (
    <FormDialog
      title={title}
      description={description}
      onClose={onClose}
      sending={sending}
      send={submit}
      button={button}
      look={danger ? 'danger' : 'primary'}
      formError={<ReferralError failure={sending.failure.value} />}
    >
      {first}
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
      {children}
    </FormDialog>
  )
}

const invalidReasonLabels: Record<InvalidReason, string> = {
  wrong_area: 'Outside our area',
  not_our_service: 'Not a service of ours',
  unreachable: 'Can’t be reached',
  duplicate: 'A duplicate',
  spam: 'Spam or made up',
  other: 'Something else',
}
const invalidOptions = invalidReasons.map((value) => ({ value, label: invalidReasonLabels[value] }))
export const invalidReasonLabel = (reason: InvalidReason) => invalidReasonLabels[reason]

/** Declines one or several referrals; `invalid` preselects "not a real referral". */
export function DeclineDialog({
  names,
  invalid: initial = false,
  onClose,
  work,
}: {
  names: readonly string[]
  invalid?: boolean
  onClose: () => void
  work: (declined: DeclineInput) => Promise<void>
}) {
  const invalid = useSignal(initial)
  const because = useSignal<InvalidReason>(initial ? 'spam' : 'wrong_area')
  const who = names.length === 1 ? names[0] : `${names.length} referrals`
  const verb = initial ? 'Block' : 'Decline'
  return (
    <ReasonDialog
      title={`${verb} ${who}`}
      description="Nobody gets a reward. The advocate sees “Not this time”, never the reason."
      suggestions={initial ? wrongReasons : usualReasons}
      button={names.length === 1 ? verb : `${verb} ${names.length}`}
      onClose={onClose}
      work={(reason) => work({ reason, ...(invalid.value ? { invalidReason: because.value } : {}) })}
    >
      {!initial && (
        <Check
          title="Mark as invalid (spam or wrong lead)"
          checked={invalid.value}
          onChange={(checked) => {
            invalid.value = checked
          }}
        >
          Not counted in your conversion rate.
        </Check>
      )}
      {invalid.value && (
        <Select
          label="What was wrong with it"
          value={because.value}
          options={invalidOptions}
          onChange={(chosen) => {
            because.value = chosen
          }}
        />
      )}
    </ReasonDialog>
  )
}
