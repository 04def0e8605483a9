import { Button } from '../../shared/ui/button.tsx'
import { CopyButton } from '../../shared/ui/copy.tsx'
import { Skeleton } from '../../shared/ui/skeleton.tsx'
import { ErrorState } from '../../shared/ui/state.tsx'
import { loadFailureText } from '../core/failure.ts'
import { Notice } from '../core/notice.tsx'
import type { InstallModel } from './install.model.ts'

function Key({
  label,
  hint,
  value,
  create,
  busy,
}: {
  label: string
  hint: string
  value: string | null
  create: (() => void) | null
  busy: boolean
}) {
  return (
    <div class="field">
      <span class="label">{label}</span>
      {value ? (
        <div class="kb">
          <span class="mono">{value}</span>
          <CopyButton iconOnly text={value} what={label.toLowerCase()} />
        </div>
      ) : (
        create && (
          <Button busy={busy} onClick={create}>
            Create one
          </Button>
        )
      )}
      <span class="hint">{hint}</span>
    </div>
  )
}

/** The two publishable keys. Secret keys are under Settings. */
export function Keys({ model, writable }: { model: InstallModel; writable: boolean }) {
  const { data, failure } = model.keys
  const creating = (mode: 'live' | 'test') => (writable ? () => void model.createKey(mode) : null)
  const failed = model.making.failure.value
  return (
    <section class="card">
      <header>
        <h2>Keys</h2>
      </header>
      {!data.value && failure.value && (
        <ErrorState title="Keys did not load" onRetry={model.keys.load}>
          {loadFailureText(failure.value)}
        </ErrorState>
      )}
      {!data.value && !failure.value && <Skeleton rows={2} label="Loading keys" />}
      {data.value && (
        <div class="body keys">
          {failed && <Notice tone="bad">{failed.sentence}</Notice>}
          <Key
            label="Publishable key"
            hint="Safe in a web page: it shows the form and sends it."
            value={model.live.value}
            create={creating('live')}
            busy={model.making.busy.value}
          />
          <Key
            label="Test key"
            hint="Everything is checked as usual, but nothing is saved."
            value={model.test.value}
            create={creating('test')}
            busy={model.making.busy.value}
          />
          <p class="muted">
            Secret keys, for your servers, are under <a href="/console/settings/keys">Settings, Keys</a>.
          </p>
        </div>
      )}
    </section>
  )
}
