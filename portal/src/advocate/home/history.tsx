import type { PortalHome } from '@goodword/contracts'
import { formatDay } from '@goodword/domain'
import type { Entry } from './types.ts'
import { entryAmount } from './wording.ts'

export function History({ home }: { home: PortalHome }) {
  return (
    <section class="sec o5">
      <div class="hd">
        <h2>Reward history</h2>
      </div>
      {home.history.length === 0 ? (
        <p class="none">Your first reward shows up here.</p>
      ) : (
        <ul class="hist">
          {home.history.map((entry, place) => (
            <EntryRow key={`${place} ${entry.at}`} entry={entry} home={home} />
          ))}
        </ul>
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
