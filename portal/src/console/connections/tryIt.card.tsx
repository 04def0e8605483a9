import type { Connection } from '@goodword/contracts'
import { useState } from 'preact/hooks'
import { Button } from '../../shared/ui/button.tsx'
import { CopyButton } from '../../shared/ui/copy.tsx'
import { Segmented } from '../../shared/ui/segmented.tsx'
import { EventSentence } from '../jobs/eventSentence.tsx'
import type { ConnectionsModel } from './connections.model.ts'
import { type Language, languages, snippetOf } from './snippets.ts'

function Sample({ connection }: { connection: Connection }) {
  const [language, setLanguage] = useState<Language>('curl')
  const code = snippetOf(connection.kind, language, connection.url)
  if (code === null) return null
  return (
    <div class="code">
      <div class="bar">
        <span>Sample, job.completed</span>
        <Segmented
          label="Language"
          value={language}
          options={(Object.keys(languages) as Language[]).map((value) => ({ value, label: languages[value] }))}
          onChange={setLanguage}
        />
        <CopyButton text={code} what="the sample" />
      </div>
      <pre>{code}</pre>
    </div>
  )
}

/** Sends a test event, and shows how to send one. */
export function TryItCard({ model, connection }: { model: ConnectionsModel; connection: Connection }) {
  const event = model.tested.value
  return (
    <section class="card">
      <header>
        <h2>3. Try it</h2>
        <Button size="sm" icon="send" busy={model.busy.value === 'test'} onClick={() => void model.test()}>
          Send a test event
        </Button>
      </header>
      <div class="body stack">
        <div role="status">
          {event ? (
            <EventSentence event={event} />
          ) : (
            <p class="muted">
              A test event goes through everything and changes nothing. It shows up under What happened.
            </p>
          )}
        </div>
        <Sample connection={connection} />
      </div>
    </section>
  )
}
