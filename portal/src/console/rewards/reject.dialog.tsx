import { RefuseRewards, type Reward } from '@goodword/contracts'
import { firstName } from '@goodword/domain'
import { useSignal } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import { Check, TextField } from '../../shared/ui/field.tsx'
import { createSending } from '../core/form.ts'
import { FormDialog } from '../core/formDialog.tsx'
import { pluralize } from '../core/relativeDates.ts'
import { describeReward } from './rewards.labels.ts'

/** Rejects pending rewards: the reason, and whether to notify the recipients. */
export function RejectDialog({
  rows,
  onClose,
  work,
}: {
  rows: readonly Reward[]
  onClose: () => void
  work: (body: { ids: string[]; reason: string; notify: boolean }) => Promise<void>
}) {
  const reason = useSignal('')
  const notify = useSignal(true)
  const sending = useMemo(createSending, [])
  const [only] = rows
  const one = rows.length === 1 && only ? only : null
  const submit = async () => {
    const ids = rows.map(({ id }) => id)
    const body = sending.check(RefuseRewards.safeParse({ ids, reason: reason.value, notify: notify.value }))
    const done = body && (await sending.send(() => work(body).then(() => true)))
    if (done) onClose()
    return done
  }
  return (
    <FormDialog
      title={
        one ? `Reject ${describeReward(one)} for ${one.contact.name}` : `Reject ${pluralize(rows.length, 'reward')}`
      }
      description="The reward is voided and held credit is released. The referral stays converted."
      onClose={onClose}
      sending={sending}
      send={submit}
      button={one ? 'Reject' : `Reject ${rows.length}`}
      look="danger"
    >
      <TextField
        label="Why"
        autofocus
        value={reason.value}
        error={sending.errors.value.reason}
        onInput={(text) => {
          reason.value = text
        }}
      />
      <Check
        title={one ? `Tell ${firstName(one.contact.name)}` : 'Tell everyone affected'}
        checked={notify.value}
        onChange={(checked) => {
          notify.value = checked
        }}
      >
        The message includes the reason above.
      </Check>
    </FormDialog>
  )
}
