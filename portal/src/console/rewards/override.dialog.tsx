import type { Reward } from '@goodword/contracts'
import { formatMoney, rewardStepsFrom } from '@goodword/domain'
import { useSignal } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import { Check, TextField } from '../../shared/ui/field.tsx'
import { Select } from '../../shared/ui/select.tsx'
import { useConsole } from '../core/console.ts'
import { createSending } from '../core/form.ts'
import { FormDialog } from '../core/formDialog.tsx'
import { isAdmin } from '../core/isAdmin.ts'
import { Notice } from '../core/notice.tsx'
import { shortfallOf } from '../referral/shortfall.ts'
import { outcomeOf } from './override.outcomes.ts'
import { describeReward } from './rewards.labels.ts'

const steps: Record<Reward['status'], Record<string, string>> = {
  pending: { issued: 'Give it now', voided: 'Reject it' },
  issued: { redeemed: 'Mark it as used', voided: 'Take it back' },
  redeemed: { issued: 'It wasn’t used', voided: 'Take it back' },
  voided: { pending: 'Give it after all' },
}

/** Changes the status of a reward by hand, with a reason. What was used is owed back once an admin confirms it. */
export function OverrideDialog({
  reward,
  onClose,
  onDone,
}: {
  reward: Reward
  onClose: () => void
  onDone: (reward: Reward) => void
}) {
  const { client, me } = useConsole()
  const sending = useMemo(createSending, [])
  const isOnItsWay = reward.status === 'pending' && reward.delivery !== null && reward.delivery.state !== 'canceled'
  const options = rewardStepsFrom(reward.status, reward.kind)
    // A card that is on its way is given by delivering it.
    .filter((value) => !(isOnItsWay && value === 'issued'))
    .map((value) => ({ value, label: steps[reward.status][value] ?? value }))
  const status = useSignal(options[0]?.value ?? 'voided')
  const reason = useSignal('')
  const notify = useSignal(true)
  const owed = useSignal<number | null>(null)
  const send = async () => {
    if (reason.value.trim() === '') return sending.showErrors({ reason: 'Say why.' })
    const body = { status: status.value, reason: reason.value, notify: notify.value, confirmOwed: owed.value !== null }
    const done = await sending.send(() =>
      client.rewards.override({ params: { id: reward.id }, body }).catch((error: unknown) => {
        owed.value = shortfallOf(error)
        throw error
      }),
    )
    if (done) onDone(done)
    return done
  }
  const isSpent = owed.value !== null && status.value === 'voided'
  return (
    <FormDialog
      title={`Change ${describeReward(reward)} for ${reward.contact.name}`}
      description="The reason stays with the reward and in the audit trail."
      onClose={onClose}
      sending={sending}
      send={send}
      button={isSpent ? 'Let it be owed back' : (options.find(({ value }) => value === status.value)?.label ?? 'Save')}
      busyLabel="Saving…"
      look={status.value === 'voided' ? 'danger' : 'primary'}
      disabled={isSpent && !isAdmin(me)}
      // The notice below says it with the amount.
      {...(isSpent && sending.failure.value?.code === 'credit_spent' ? { formError: null } : {})}
    >
      <Select
        label="What happens"
        value={status.value}
        options={options}
        onChange={(value) => {
          status.value = value
          owed.value = null
        }}
      />
      <p class="muted" role="status">
        {outcomeOf(reward, status.value)}
      </p>
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
        title={`Tell ${reward.contact.name}`}
        checked={notify.value}
        onChange={(checked) => {
          notify.value = checked
        }}
      >
        Rejecting and taking back include the reason.
      </Check>
      {isSpent && (
        <Notice tone="warn">
          <b>
            {formatMoney(owed.value ?? 0, reward.currency)}{' '}
            {reward.kind === 'gift_card' ? 'is on a card that they have.' : 'was used already.'}
          </b>{' '}
          It is owed back, and comes off the credit they have or earn.
          {isAdmin(me) ? '' : ' Only owners and admins can confirm that.'}
        </Notice>
      )}
    </FormDialog>
  )
}
