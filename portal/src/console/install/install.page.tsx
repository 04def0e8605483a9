import type { Site } from '@goodword/contracts'
import { may } from '@goodword/domain'
import type { ComponentChildren } from 'preact'
import { useEffect, useMemo } from 'preact/hooks'
import { Icon } from '../../shared/ui/icon.tsx'
import { useConsole } from '../core/console.ts'
import { Page } from '../core/page.tsx'
import { ago } from '../core/when.ts'
import { CodeBox } from './code.tsx'
import { createInstall, formSnippet, type InstallModel, pollMs, scriptSnippet } from './install.model.ts'
import { Keys } from './keys.tsx'
import { Sites } from './sites.tsx'
import './install.css'

/** Looks every five seconds while the page can be seen. */
function usePolling(work: () => void) {
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') work()
    }, pollMs)
    return () => clearInterval(timer)
  }, [work])
}

function Step({
  number,
  done,
  title,
  lead,
  children,
}: {
  number: number
  done: boolean
  title: string
  lead: string
  children: ComponentChildren
}) {
  return (
    <section class="step">
      <span class={done ? 'no ok' : 'no'}>
        {done ? <Icon name="check" /> : number}
        {done && <span class="sr-only">Done</span>}
      </span>
      <h2>{title}</h2>
      <div class="b">
        <p class="lead">{lead}</p>
        {children}
      </div>
    </section>
  )
}

/** The website seen last, or null while none has been. */
const latest = (sites: Site[]): Site | null =>
  sites
    .filter((site) => site.lastSeenAt !== null)
    .sort((a, b) => (b.lastSeenAt ?? '').localeCompare(a.lastSeenAt ?? ''))[0] ?? null

function Checker({ model }: { model: InstallModel }) {
  const { now, me } = useConsole()
  const seen = latest(model.sites.data.value?.items ?? [])
  const words = seen?.lastSeenAt
    ? ago(seen.lastSeenAt, Math.max(now.value, Date.now()), me.organization.timeZone)
    : null
  return (
    <section class="card" aria-live="polite">
      <header>
        <h2>Install checker</h2>
        <span class="tag">
          <Icon name="radio" />
          Live
        </span>
      </header>
      <div class="ping">
        <span class={seen ? 'lamp ok' : 'lamp'}>
          <Icon name={seen ? 'activity' : 'radio'} />
        </span>
        <span>
          <b>{seen ? `Receiving from ${seen.origin.replace(/^https?:\/\//, '')}` : 'Listening for your website'}</b>
          <small>
            {words ? `Last seen ${words}` : 'Open a page that has the snippet. It shows up here within 5 seconds.'}
          </small>
        </span>
      </div>
    </section>
  )
}

/** Putting the form on the business's website. */
export function InstallPage() {
  const { client, me } = useConsole()
  const model = useMemo(() => createInstall({ client }), [client])
  useEffect(() => {
    void model.keys.load()
    void model.sites.load()
  }, [model])
  usePolling(model.sites.load)
  const writable = me.actor.type === 'member' && may(me.actor.role, 'settings:write')
  const sites = model.sites.data.value?.items ?? []
  const seen = sites.some((site) => site.lastSeenAt !== null)
  const key = model.publishable.value
  return (
    <Page title="Install">
      <div class="install">
        <div class="left">
          <Step
            number={1}
            done={seen}
            title="Add the script"
            lead="Once, on every page. 1 KB, and 10 more where a form shows; loads after your content, sets no cookies."
          >
            {key ? (
              <CodeBox place="Before </head>" label="script snippet" code={scriptSnippet(location.origin, key)} />
            ) : (
              <p>The snippet appears here once there is a publishable key.</p>
            )}
          </Step>
          <Step
            number={2}
            done={seen}
            title="Place the form"
            lead="It takes the font and text color of the page around it. Without an advocate’s link it asks for a code."
          >
            <CodeBox place="Where it should appear" label="form snippet" code={formSnippet} />
          </Step>
          <Step
            number={3}
            done={sites.length > 0}
            title="Allow your websites"
            lead="The form answers only on these. Scheme and port count."
          >
            <Sites model={model} writable={writable} />
          </Step>
        </div>
        <aside class="right" aria-label="State of the installation">
          <Checker model={model} />
          <Keys model={model} writable={writable} />
        </aside>
      </div>
    </Page>
  )
}
