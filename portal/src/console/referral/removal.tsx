import type { ReferralDetail, RemovalPreview, RewardChange } from '@goodword/contracts'
import { firstName, formatMoney } from '@goodword/domain'
import { useEffect, useMemo } from 'preact/hooks'
import { Skeleton } from '../../shared/ui/skeleton.tsx'
import { useConsole } from '../core/console.ts'
import { createResource } from '../core/resource.ts'

function rewardLine(change: RewardChange): string {
  const money = (amount: number) => formatMoney(amount, change.currency)
  const what = change.text ?? money(change.from)
  const taken = `${change.name} loses ${what}${change.status === 'pending' ? ', which is still on hold' : ''}.`
  return change.owed > 0 ? `${taken} ${money(change.owed)} of it was used already and is owed back.` : taken
}

/** What somebody loses of one kind is one sum, also if it was earned by several jobs. */
function inSums(changes: readonly RewardChange[]): RewardChange[] {
  const sums = new Map<string, RewardChange>()
  for (const change of changes) {
    const { name, side, currency, status, text, id } = change
    const key = text === null ? [name, side, currency, status === 'pending'].join(' ') : id
    const known = sums.get(key)
    sums.set(key, known ? { ...known, from: known.from + change.from, owed: known.owed + change.owed } : change)
  }
  return [...sums.values()]
}

const convertedFriends = (count: number): string => `${count} converted ${count === 1 ? 'friend' : 'friends'}`

/** What removing a referral would do, as sentences. */
export function consequencesOf(preview: RemovalPreview, friend: string): string[] {
  const { advocate, rewards, friendLink, furtherJobs, laterKeep, reverses } = preview
  const lines = inSums(rewards).map(rewardLine)
  if (furtherJobs > 0)
    lines.push(`That includes ${furtherJobs === 1 ? 'one further job' : `${furtherJobs} further jobs`} of ${friend}.`)
  if (advocate && reverses)
    lines.push(`${advocate.name} has ${convertedFriends(advocate.after)} instead of ${advocate.before}.`)
  if (advocate && advocate.next !== advocate.nextAfter)
    lines.push(`Their next friend earns ${advocate.nextAfter ?? 'nothing'} instead of ${advocate.next ?? 'nothing'}.`)
  if (laterKeep) lines.push('Friends who converted later keep what they earned.')
  if (friendLink === 'archived') lines.push(`${friend}’s own link stops working. Nobody has used it.`)
  if (friendLink === 'stays_used') lines.push(`${friend} keeps their own link, because friends came by it.`)
  return lines
}

/** Shown before a referral is removed: its rewards, the advocate's count and the friend's link. */
export function RemovalConsequences({ referral }: { referral: ReferralDetail }) {
  const { client } = useConsole()
  const { id } = referral
  const preview = useMemo(
    () => createResource((abort) => client.referrals.previewRemoval({ params: { id } }, { signal: abort })),
    [client, id],
  )
  useEffect(() => {
    void preview.load()
  }, [preview])
  const shown = preview.data.value
  if (!shown) return preview.failure.value ? null : <Skeleton rows={2} label="Loading what it would do" />
  const lines = consequencesOf(shown, firstName(referral.friend.name) || 'The friend')
  if (lines.length === 0) return null
  return (
    <ul class="consequences" aria-label="What it does">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}
