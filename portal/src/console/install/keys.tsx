import { Button } from '../../shared/ui/button.tsx'
import { CopyButton } from '../../shared/ui/copy.tsx'
import { Skeleton } from '../../shared/ui/skeleton.tsx'
import { ErrorState } from '../../shared/ui/state.tsx'
import { loadSentence } from '../core/failure.ts'
import type { InstallModel } from './install.model.ts'

function Publishable({ model, writable }: { model: InstallModel; writable: boolean }) {
  const key = model.publishable.value
  return (
    <div class="field">
      <span class="label">Publishable, safe in a web page</span>
      {key ? (
        <div class="kb">
          <span class="mono">{key}</span>
          <CopyButton iconOnly text={key} what="the publishable key" />
        </div>
      ) : (
        writable && <Button onClick={() => void model.createPublishable()}>Create a publishable key</Button>
      )}
    </div>
  )
}

/** The key a website carries. Secret ones, for servers, are made in Settings. */
export function Keys({ model, writable }: { model: InstallModel; writable: boolean }) {
  const { data, failure } = model.keys
  return (
    <section class="card">
      <header>
        <h2>Key</h2>
      </header>
      {!data.value && failure.value && (
        <ErrorState title="The key did not load" onRetry={model.keys.load}>
          {loadSentence(failure.value)}
        </ErrorState>
      )}
      {!data.value && !failure.value && <Skeleton rows={1} label="Loading the key" />}
      {data.value && (
        <div class="body keys">
          <Publishable model={model} writable={writable} />
          <p class="muted">
            A server of yours needs a secret one instead: <a href="/console/settings/keys">Settings, Keys</a>.
          </p>
        </div>
      )}
    </section>
  )
}
