import { Icon } from '../../shared/ui/icon.tsx'

type TapPageProps = { busy: boolean; trouble: string | null; onOpen: () => void }

/** A sign-in link works once, and mail scanners open links: only a person's tap spends it. */
export function TapPage({ busy, trouble, onOpen }: TapPageProps) {
  return (
    <>
      <h1>Your link is here</h1>
      <p>One tap opens your credit, your link and your friends.</p>
      {trouble && (
        <div class="notice bad" role="alert">
          <Icon name="offline" />
          <span>
            <b>Your portal is not open yet.</b> {trouble} The link still works.
          </span>
        </div>
      )}
      <button class="btn primary lg block" type="button" aria-busy={busy} onClick={onOpen}>
        {busy ? 'Opening…' : 'Open my portal'}
      </button>
    </>
  )
}
