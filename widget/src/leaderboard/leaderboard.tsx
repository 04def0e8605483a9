import type { EmbedLeaderboard } from '@goodword/contracts'
import { useState } from 'preact/hooks'
import { Card, End, Title } from '../ui/card.tsx'
import type { Shown } from '../ui/element.tsx'
import { ask, element } from '../ui/ui.ts'
import css from './leaderboard.css?inline'

/** The advocates who asked to be listed; all texts come from the server. A period shows once it has loaded. */
function Leaderboard({ page, lang, first }: Shown & { first: EmbedLeaderboard }) {
  const [board, set] = useState(first)
  const { rows, sharedText } = board
  const most = rows[0]?.closed || 1
  const choose = async (period: string) => {
    const answer = await ask(page, { about: 'leaderboard', lang, code: null, period })
    if (answer?.leaderboard) set(answer.leaderboard)
  }
  return (
    <Card>
      <Title>{board.title}</Title>
      <div className="periods" part="periods">
        {board.periods.map(({ period, label }) => (
          <button key={period} type="button" aria-pressed={period === board.period} onClick={() => choose(period)}>
            {label}
          </button>
        ))}
      </div>
      <p className="quiet" role="status">
        {board.spanText}
      </p>
      {board.emptyText ? (
        <p>{board.emptyText}</p>
      ) : (
        <ol className="ranks" part="list">
          {rows.map(({ name, place, shared, closed, countText }, at) => (
            <li key={at} part="row">
              {place && (
                <span className="place">
                  <b>{place}</b>
                  {shared && <small>{sharedText}</small>}
                </span>
              )}
              <span className="who">
                <b>{name}</b>
                {closed && <progress aria-hidden="true" max={most} value={closed} />}
              </span>
              <span className="count">{countText}</span>
            </li>
          ))}
        </ol>
      )}
      <p className="fine">{board.updatedText}</p>
      <End />
    </Card>
  )
}

/** Nothing while the business shows no leaderboard: the children stay. */
export const leaderboard = element(
  { english: {}, css },
  Leaderboard,
  ({ leaderboard }) => leaderboard && { first: leaderboard, brandColor: leaderboard.organization.brandColor },
)
