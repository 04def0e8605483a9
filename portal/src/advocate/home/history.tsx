import type { PortalHome } from '@goodword/contracts'
import { formatDay } from '@goodword/domain'
import type { HistoryModel } from './history.model.ts'
import type { Entry } from './types.ts'
import { entryAmount } from './wording.ts'

export function History({ home, model }: { home: PortalHome; model: HistoryModel }) {
  const entries = [...home.history, ...model.earlierThan(home)]
  return (
    <section class="sec o5">
      <div class="hd">
        <h2>Reward history</h2>
      </div>
      {entries.length === 0 ? (
        <p class="none">Your first reward shows up here.</p>
      ) : (
        <ul class="hist">
          {entries.map((entry, place) => (
            <EntryRow key={`${place} ${entry.at}`} entry={entry} home={home} />
          ))}
        </ul>
      )}
      {model.trouble.value && (
        <p class="outcome bad" role="alert">
          {model.trouble.value}
        </p>
      )}
      {model.cursorAfter(home) !== null && (
        <button
          class="btn block lg earlier"
          type="button"
          aria-busy={model.busy.value}
          onClick={() => model.loadEarlier(home)}
        >
          {model.busy.value ? 'Loading…' : 'Show earlier'}
        </button>
      )}
    </section>
  )
}

function EntryRow({ entry, home }: { entry: Entry; home: PortalHome }) {
  const day = formatDay(Date.parse(entry.at), home.organization.timeZone, { year: true })
  return (
    <li>
      <b>{entry.label}</b>
      <small>{entry.kind === 'held' ? `${day}, on hold` : day}</small>
      <span class={entry.kind === 'in' ? 'amt in' : 'amt'}>{entryAmount(entry, home.currency)}</span>
    </li>
  )
}
