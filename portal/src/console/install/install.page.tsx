import type { ComponentChildren } from 'preact'
import { useEffect, useMemo } from 'preact/hooks'
import { Icon } from '../../shared/ui/icon.tsx'
import { useConsole } from '../core/console.ts'
import { Page } from '../core/page.tsx'
import { Checker } from './checker.tsx'
import { createForms, verdictOf } from './forms.model.ts'
import { createInstall, pollMs } from './install.model.ts'
import { Keys } from './keys.tsx'
import { LatestEvents } from './latestEvents.tsx'
import { SiteForms } from './siteForms.tsx'
import { Sites } from './sites.tsx'
import { MissingKey, PartStep, PolicyStep, ScriptStep, useCanEdit } from './steps.tsx'
import './install.css'

/** Polls every five seconds while the page is visible. */
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

/** Installs the form on the business's website. */
export function InstallPage() {
  const { client } = useConsole()
  const model = useMemo(() => createInstall({ client }), [client])
  const forms = useMemo(
    () => createForms({ client, open: (url) => void window.open(url, '_blank', 'noopener') }),
    [client],
  )
  const poll = useMemo(
    () => () => {
      model.poll()
      void forms.newest.load()
    },
    [model, forms],
  )
  useEffect(() => {
    void model.keys.load()
    poll()
  }, [model, poll])
  usePolling(poll)
  const writable = useCanEdit()
  const sites = model.check.data.value?.sites ?? []
  return (
    <Page title="Install">
      <MissingKey model={model} writable={writable} />
      <div class="install">
        <div class="left">
          <Step
            number={1}
            done={sites.some(({ lastSeenAt }) => lastSeenAt !== null)}
            title="Add the script"
            lead="Once, on every page. 1 KB, and 13 more where a form shows; loads after your content. A friend’s code is kept in a first-party cookie."
          >
            <ScriptStep model={model} />
          </Step>
          <Step
            number={2}
            done={sites.some(({ formAt }) => formAt !== null)}
            title="Place the form"
            lead="It takes the font and text color of the page around it. Without an advocate’s link it asks for a code."
          >
            <PartStep model={model} />
          </Step>
          <Step
            number={3}
            done={sites.length > 0}
            title="Allow your websites"
            lead="The form works only on these. Include https:// and the port, if any."
          >
            <Sites model={model} writable={writable} />
          </Step>
          <Step
            number={4}
            done={forms.newest.data.value?.items.some((form) => verdictOf(form).good) ?? false}
            title="Check your own forms"
            lead="If you keep a form you have: which of its fields we understand. We see the names of fields, not what people type."
          >
            <SiteForms model={forms} sites={sites} />
          </Step>
          <Step
            number={5}
            done={sites.some(({ submitAt }) => submitAt !== null)}
            title="If your site uses a Content Security Policy"
            lead="Add these addresses to it. The widget uses no inline scripts or styles, so nothing else is needed."
          >
            <PolicyStep />
          </Step>
        </div>
        <aside class="right" aria-label="State of the installation">
          <Checker model={model} writable={writable} />
          <LatestEvents model={model} />
          <Keys model={model} writable={writable} />
        </aside>
      </div>
    </Page>
  )
}
