import type { EmbedShare } from '@goodword/contracts'
import { Card, End, Title } from '../ui/card.tsx'
import type { Draw, Shown } from '../ui/element.tsx'
import { element } from '../ui/ui.ts'
import { kit } from './kit.ts'
import { Copyable, Ways } from './sharing.tsx'
import { followVisitor } from './visitor.ts'

export { leaderboard } from '../leaderboard/leaderboard.tsx'
export { unasked } from './visitor.ts'

/** What an advocate shares: their link, a button to copy it, and ways to send it. */
function ShareElement({ share, ...shown }: Shown & { share: EmbedShare }) {
  const { headline, explanation, closed } = share
  return (
    <Card>
      <Title>{headline}</Title>
      <p className={closed ? '' : 'quiet'}>{closed ? closed.sentence : explanation}</p>
      {!closed && <Copyable value={share.link} label="link" say={shown.say} />}
      {!closed && <Ways {...shown} share={share} />}
      <End />
    </Card>
  )
}

const draw = element(kit, ShareElement, ({ share }) => share && { share, brandColor: share.organization.brandColor })

export const share: Draw = (given) => {
  followVisitor(given.host, given.page)
  return draw(given)
}
