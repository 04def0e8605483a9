import { RefuseRewards, type Reward } from '@goodword/contracts'
import { firstName } from '@goodword/domain'
import { useSignal } from '@preact/signals'
import { useMemo, useRef } from 'preact/hooks'
import { Button } from '../../shared/ui/button.tsx'
import { Dialog } from '../../shared/ui/dialog.tsx'
import { Check, focusFirstError, TextField } from '../../shared/ui/field.tsx'
import { createSending } from '../core/form.ts'
import { Notice } from '../core/notice.tsx'
import { counted } from '../core/when.ts'
import { rewardTitle } from './reward-words.ts'

/** Refusing one reward or several that still wait: why, and whether their owners hear of it. */
export function RefuseDialog({
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
  const form = useRef<HTMLFormElement>(null)
  const [only] = rows
  const one = rows.length === 1 && only ? only : null
  const submit = async () => {
    const ids = rows.map(({ id }) => id)
    const body = sending.check(RefuseRewards.safeParse({ ids, reason: reason.value, notify: notify.value }))
    const done = body && (await sending.send(() => work(body).then(() => true)))
    if (done) onClose()
    else if (form.current) focusFirstError(form.current)
  }
  return (
    <Dialog
      title={one ? `Refuse ${rewardTitle(one)} for ${one.contact.name}` : `Refuse ${counted(rows.length, 'reward')}`}
      description="They become void. Credit on hold goes back, and the referral stays converted."
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form="refuse-reward" look="danger" busy={sending.busy.value}>
            {one ? 'Refuse' : `Refuse ${rows.length}`}
          </Button>
        </>
      }
    >
      <form
        id="refuse-reward"
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
          autofocus
          value={reason.value}
          error={sending.errors.value.reason}
          onInput={(text) => {
            reason.value = text
          }}
        />
        <Check
          title={one ? `Tell ${firstName(one.contact.name)}` : 'Tell everyone concerned'}
          checked={notify.value}
          onChange={(checked) => {
            notify.value = checked
          }}
        >
          With the reason, in the words above.
        </Check>
      </form>
    </Dialog>
  )
}
