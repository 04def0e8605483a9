import { changeLeaderboardChoice } from '../modules/people/contacts/selfService.ts'
import { updateLeaderboardSettings } from '../modules/program/leaderboard/settings.ts'
import { transaction } from '../shared/context.ts'
import { advocateNamed, type Play } from './play.ts'

/** Who wants to be seen on the public page. Anna has not decided yet. */
const listed = [
  'Dana Whitfield',
  'Marcus Tate',
  'Joanna Reyes',
  'Walter Nguyen',
  'Beatriz Salgado',
  'Miriam Adler',
  'Luis Ferreira',
]

/** Opens the public leaderboard of the quarter, with those who asked to be on it. */
export async function openLeaderboard(play: Play): Promise<void> {
  const { owner } = play.company
  await updateLeaderboardSettings(owner, { isPublic: true, opensWith: 'quarter', shows: 10 })
  for (const name of listed)
    await transaction(owner, (tx) => changeLeaderboardChoice(tx, advocateNamed(play, name).contactId, true))
}
