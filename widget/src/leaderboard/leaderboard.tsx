import type { EmbedLeaderboard } from '@goodword/contracts'
import { useState } from 'preact/hooks'
import type { Page } from '../page.ts'
import { addressOf, request } from '../request.ts'
import { attributeOf } from '../ui/attributes.ts'
import { Card, End, Title } from '../ui/card.tsx'
import { languageFor } from '../ui/language.ts'
import { element } from '../ui/ui.ts'
import css from './leaderboard.css?inline'

type Load = (period: string | null) => Promise<EmbedLeaderboard | null>

/** The advocates who asked to be listed; all texts come from the server. A period shows once it has loaded. */
function Leaderboard({ first, load }: { first: EmbedLeaderboard; load: Load }) {
  const [board, set] = useState(first)
  const { rows, sharedText } = board
  const most = rows[0]?.closed || 1
  const choose = async (period: string) => set((await load(period).catch(() => null)) || board)
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

/** False while the business shows no leaderboard: the children stay. */
export async function unasked(host: HTMLElement, page: Page): Promise<boolean> {
  const lang = languageFor(host)
  const load: Load = async (period) => {
    const query: [string, string | null][] = [
      ['lang', lang],
      ['period', period],
    ]
    const answer = await request<EmbedLeaderboard>(addressOf(page, 'leaderboard', query))
    if (!answer || answer.unsent) throw new Error('Nothing answered.')
    return answer.value ?? null
  }
  const first = await load(attributeOf(host, 'period'))
  if (!first) return false
  const { brandColor } = first.organization
  const draw = element({ english: {}, css }, Leaderboard, () => ({ first, load, brandColor }))
  return draw({ host, page, lang, code: null, campaign: null, words: {}, at: 0, form: null, share: null })
}
