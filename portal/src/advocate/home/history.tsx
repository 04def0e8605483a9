import type { PortalHome } from '@goodword/contracts'
import { say, words } from '../words.ts'
import { entryAmount } from './homeText.ts'
import type { HistoryModel } from './lists.model.ts'
import { ShowMore } from './showMore.tsx'
import type { Entry } from './types.ts'

export function History({ home, model }: { home: PortalHome; model: HistoryModel }) {
  const entries = model.entries(home)
  return (
    <section class="sec o5">
      <div class="hd">
        <h2>{say('portal.history.title')}</h2>
      </div>
      {entries.length === 0 ? (
        <p class="none">{say('portal.history.none')}</p>
      ) : (
        <ul class="hist">
          {entries.map((entry, place) => (
            <EntryRow key={`${place} ${entry.at}`} entry={entry} home={home} />
          ))}
        </ul>
      )}
      <ShowMore
        label={say('portal.history.earlier')}
        older={model.older}
        hasMore={model.hasMore(home)}
        load={() => model.loadMore(home)}
      />
    </section>
  )
}

function EntryRow({ entry, home }: { entry: Entry; home: PortalHome }) {
  const day = words.value.date(Date.parse(entry.at), home.organization.timeZone)
  return (
    <li tabIndex={-1}>
      <b>{entry.label}</b>
      <small>{entry.kind === 'held' ? say('portal.history.onHold', { day }) : day}</small>
      <span class={entry.kind === 'in' ? 'amt in' : 'amt'}>{entryAmount(entry, home.currency)}</span>
    </li>
  )
}
