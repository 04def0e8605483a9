import type { PortalHome } from '@goodword/contracts'
import { useEffect, useRef, useState } from 'preact/hooks'
import { Icon } from '../../shared/ui/icon.tsx'
import { ErrorState } from '../../shared/ui/state.tsx'
import type { FreshLink } from '../signIn/freshLink.ts'
import { FreshLinkButton } from '../signIn/freshLinkButton.tsx'
import type { AccountModel } from './account.model.ts'
import { Addresses } from './addresses.tsx'
import { EraseDialog } from './eraseDialog.tsx'
import { Outcome } from './outcome.tsx'
import { Preferences } from './preferences.tsx'

type PageProps = { model: AccountModel; home: PortalHome; fresh: FreshLink; onBack: () => void; onErased: () => void }

/** Profile, preferences and data: for who signed in with a fresh link, since a message can be forwarded. */
export function AccountPage({ model, home, fresh, onBack, onErased }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    heading.current?.focus({ preventScroll: true })
    void model.load()
  }, [home.organization.id, home.scope])
  return (
    <div class="account">
      <button class="btn quiet back" type="button" onClick={onBack}>
        <Icon name="chevron-left" />
        Back to my credit
      </button>
      <h1 ref={heading} tabIndex={-1}>
        Your account
      </h1>
      <p class="sub">What {home.organization.name} knows about you, and how it writes to you.</p>
      <Body model={model} home={home} fresh={fresh} onErased={onErased} />
    </div>
  )
}

function Body({ model, home, fresh, onErased }: Omit<PageProps, 'onBack'>) {
  if (model.trouble.value) {
    return (
      <ErrorState level={2} title="Your account did not load" onRetry={model.load}>
        {model.trouble.value}
      </ErrorState>
    )
  }
  if (model.state.value === 'locked') {
    return (
      <section class="sec">
        <h2>Sign in to see it</h2>
        <p class="muted">
          You came by a link in a message, and a message can be forwarded. A fresh sign-in link opens the rest.
        </p>
        <FreshLinkButton model={fresh} onSend={fresh.forSession}>
          Send me a sign-in link
        </FreshLinkButton>
      </section>
    )
  }
  if (!model.account.value) return <div class="sec waiting" role="status" aria-label="Loading your account" />
  return (
    <>
      <NameSection model={model} />
      <Addresses model={model} account={model.account.value} />
      <Preferences model={model} account={model.account.value} />
      <DataSection model={model} home={home} onErased={onErased} />
    </>
  )
}

function NameSection({ model }: { model: AccountModel }) {
  const wrong = model.refused.value?.part === 'name'
  const submit = (event: Event) => {
    event.preventDefault()
    void model.saveName()
  }
  return (
    <section class="sec">
      <h2>Your name</h2>
      <form class="line" noValidate onSubmit={submit}>
        <div class="field lg">
          <label for="own-name" class="sr-only">
            Your name
          </label>
          <input
            id="own-name"
            class="input"
            autocomplete="name"
            maxLength={100}
            value={model.name.value}
            aria-invalid={wrong ? 'true' : undefined}
            aria-describedby="own-name-says"
            onInput={(event) => {
              model.name.value = event.currentTarget.value
            }}
          />
        </div>
        <button class="btn lg" type="submit" aria-busy={model.busy.value === 'name'}>
          Save
        </button>
      </form>
      <Outcome model={model} part="name" id="own-name-says" done="Saved." />
    </section>
  )
}

function DataSection({ model, home, onErased }: Omit<PageProps, 'onBack' | 'fresh'>) {
  const [erasing, setErasing] = useState(false)
  async function save() {
    const file = await model.exportData()
    if (!file) return
    const address = URL.createObjectURL(file)
    const anchor = document.createElement('a')
    anchor.href = address
    anchor.download = 'my-data.json'
    anchor.click()
    setTimeout(() => URL.revokeObjectURL(address), 10_000)
  }
  return (
    <section class="sec">
      <h2>Your data</h2>
      <p class="muted">Everything that is kept about you, in one file: referrals, rewards, credit and messages.</p>
      <button class="btn lg" type="button" aria-busy={model.busy.value === 'export'} onClick={save}>
        <Icon name="download" />
        {model.busy.value === 'export' ? 'Getting it…' : 'Download my data'}
      </button>
      <Outcome model={model} part="export" done="Downloaded." />
      <button class="btn lg danger erase" type="button" onClick={() => setErasing(true)}>
        <Icon name="trash" />
        Erase my data
      </button>
      {erasing && <EraseDialog model={model} home={home} onClose={() => setErasing(false)} onErased={onErased} />}
    </section>
  )
}
