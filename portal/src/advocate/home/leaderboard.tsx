import type { PortalHome } from '@goodword/contracts'
import { Avatar } from '../../shared/ui/avatar.tsx'
import { Icon } from '../../shared/ui/icon.tsx'
import type { FreshLink } from '../signIn/freshLink.ts'
import { FreshLinkButton } from '../signIn/freshLinkButton.tsx'
import { say } from '../words.ts'
import type { LeaderboardModel } from './leaderboard.model.ts'

type LeaderboardProps = { home: PortalHome; model: LeaderboardModel; fresh: FreshLink }
type Board = NonNullable<PortalHome['leaderboard']>

/** The own place, what the next friend changes, the first of the list, and whether others see one's name. */
export function Leaderboard({ home, model, fresh }: LeaderboardProps) {
  const board = home.leaderboard
  if (!board) return null
  return (
    <div class="o6 stack">
      <section class="sec leaderboard" aria-labelledby="leaderboard">
        <div class="hd">
          <h2 id="leaderboard">{say('portal.leaderboard.title')}</h2>
          <span>{board.spanText}</span>
        </div>
        <p>
          {board.placeText} {board.nextText}
        </p>
        <Ranks board={board} />
        <p>
          <a href={board.url}>{say('portal.leaderboard.whole')}</a>
        </p>
      </section>
      <section class="sec">
        <label class="showme">
          <span>
            <b>{say('portal.leaderboard.show')}</b>
            <small>
              {board.name === null
                ? say('portal.leaderboard.noName')
                : say('portal.leaderboard.showLine', { name: board.name })}
            </small>
          </span>
          <span class="switch">
            <input
              type="checkbox"
              checked={board.listed}
              disabled={home.scope !== 'full' || (board.name === null && !board.listed)}
              aria-busy={model.busy.value}
              onChange={(event) => void model.choose(event.currentTarget.checked)}
            />
          </span>
        </label>
        {home.scope !== 'full' && (
          <div class="fresh">
            <p class="none">{say('portal.leaderboard.fresh')}</p>
            <FreshLinkButton model={fresh} onSend={fresh.forSession} look="tint">
              {say('portal.signIn.fresh')}
            </FreshLinkButton>
          </div>
        )}
        {model.errorText.value && (
          <p class="notice bad" role="alert">
            <Icon name="alert" />
            {model.errorText.value}
          </p>
        )}
      </section>
    </div>
  )
}

function Ranks({ board: { rows, sharedText } }: { board: Board }) {
  const most = Math.max(1, ...rows.map(({ closed }) => closed ?? 0))
  return (
    <ol class="ranks">
      {rows.map(({ name, place, shared, closed, countText, you }, index) => (
        <li key={index} class={you ? 'you' : undefined}>
          {place !== null && (
            <span class="place">
              <b>{place}</b>
              {shared && <small>{sharedText}</small>}
            </span>
          )}
          <Avatar name={name} />
          <span class="of">
            <b dir="auto">{you ? say('portal.leaderboard.you', { name }) : name}</b>
            {closed !== null && <span class="bar" aria-hidden="true" style={{ '--share': String(closed / most) }} />}
          </span>
          {closed !== null && <span class="n">{countText}</span>}
        </li>
      ))}
    </ol>
  )
}
