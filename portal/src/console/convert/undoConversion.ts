import type { ReferralDetail } from '@goodword/contracts'
import { firstName, formatMoney } from '@goodword/domain'
import type { Console } from '../core/console.ts'
import { toFailure } from '../core/failure.ts'

type Changed = (referral: ReferralDetail) => void

/** Reverses a conversion; `confirmOwed` lets credit that was already used become a debt. Throws API errors. */
export async function undoConversion(
  console: Console,
  id: string,
  reason: string,
  onChanged: Changed,
  confirmOwed = false,
): Promise<void> {
  const reversed = await console.client.referrals.reverse({ params: { id }, body: { reason, confirmOwed } })
  onChanged(reversed)
  void console.summary.load()
  console.toasts.show({ icon: 'undo', text: `The conversion of ${firstName(reversed.friend.name)} is undone.` })
}

/** "Priya converted. $112.50 on hold." */
function describeConversion(referral: ReferralDetail): string {
  const credit = (status: 'pending' | 'issued') =>
    referral.rewards
      .filter((reward) => reward.kind === 'credit' && reward.status === status)
      .reduce((sum, reward) => sum + reward.amount, 0)
  const held = credit('pending')
  const issued = credit('issued')
  const parts = [`${firstName(referral.friend.name)} converted.`]
  if (held > 0) parts.push(`${formatMoney(held, referral.currency)} on hold.`)
  if (issued > 0) parts.push(`${formatMoney(issued, referral.currency)} credited.`)
  return parts.join(' ')
}

/** Shows the result with an undo button; the referral's page offers the same. */
export function announceConversion(console: Console, referral: ReferralDetail, onChanged: Changed) {
  void console.summary.load()
  console.toasts.show({
    text: describeConversion(referral),
    action: {
      label: 'Undo',
      run: () => {
        undoConversion(console, referral.id, 'Undone', onChanged).catch((error) =>
          console.toasts.show({ icon: 'alert', text: toFailure(error).sentence }),
        )
      },
    },
  })
}
