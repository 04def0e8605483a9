import type { Reward, RewardKindName } from '@goodword/contracts'

const given: Record<RewardKindName, string> = {
  credit: 'They can use it at once.',
  discount_code: 'They get a code at once. Nobody else gets that code, even if you take it back.',
  gift_card: 'It is ordered, or put on your list to deliver. A card that they have can’t be taken back.',
  custom: 'It goes on your list to deliver.',
}
const takenBack: Record<RewardKindName, string> = {
  credit: 'What they have used can’t be taken back. An admin can let it be owed back.',
  discount_code: 'They have seen the code, and it may still work in your shop. Block it there.',
  gift_card: 'A card that they have can’t be taken back. An admin can let its amount be owed back.',
  custom: 'If you have given it to them already, only they can give it back.',
}
const givenAgain: Record<RewardKindName, string> = {
  credit: 'It comes back on hold, and they can use it once the hold is over.',
  discount_code: 'If they had a code, they get the same one.',
  gift_card: 'If they have the card, it stays theirs. Otherwise it is delivered.',
  custom: 'It goes on your list to deliver once its hold is over.',
}

/** What a change of a reward's status does, and what of it can't be undone. */
export function outcomeOf({ kind, status }: Pick<Reward, 'kind' | 'status'>, to: string): string {
  if (to === 'pending') return givenAgain[kind]
  if (to === 'redeemed') return 'You can undo this here.'
  if (to === 'voided')
    return status === 'pending' ? 'Nothing was given yet. You can give it after all.' : takenBack[kind]
  if (status === 'pending') return given[kind]
  return kind === 'custom' ? 'It goes back on your list to deliver.' : 'It counts as available again.'
}
