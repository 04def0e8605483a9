import type { Reward } from '@goodword/contracts'
import { firstName } from '@goodword/domain'
import { useSignal } from '@preact/signals'
import { Check } from '../../shared/ui/field.tsx'
import { useConsole } from '../core/console.ts'
import { shortDay } from '../core/relativeDates.ts'
import { ReasonDialog } from '../referrals/decline.dialog.tsx'
import { describeReward } from './rewards.labels.ts'

/** Reinstates a rejected reward: the reason, and whether to notify the recipient. */
export function ReinstateDialog({
  reward,
  onClose,
  work,
}: {
  reward: Reward
  onClose: () => void
  work: (body: { reason: string; notify: boolean }) => Promise<void>
}) {
  const { now, me } = useConsole()
  const notify = useSignal(true)
  const day = Date.parse(reward.availableAt)
  const whenUsable =
    day > now.value
      ? `It is on hold until ${shortDay(day, now.value, me.organization.timeZone)}, as it was.`
      : 'It can be used at once.'
  return (
    <ReasonDialog
      title={`Reinstate ${describeReward(reward)} for ${reward.contact.name}`}
      description={`${whenUsable} The limits of the campaign count as they are now.`}
      suggestions={[]}
      button="Reinstate"
      danger={false}
      onClose={onClose}
      work={(reason) => work({ reason, notify: notify.value })}
    >
      <Check
        title={`Tell ${firstName(reward.contact.name)}`}
        checked={notify.value}
        onChange={(checked) => {
          notify.value = checked
        }}
      >
        The email doesn’t include the reason. They’re always told when it can be used.
      </Check>
    </ReasonDialog>
  )
}
