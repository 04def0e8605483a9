import { Icon } from '../../shared/ui/icon.tsx'
import { say } from '../words.ts'

type TapPageProps = { busy: boolean; trouble: string | null; onOpen: () => void }

/** A sign-in link works once, and mail scanners open links: only a person's tap spends it. */
export function TapPage({ busy, trouble, onOpen }: TapPageProps) {
  return (
    <>
      <h1>{say('portal.tap.title')}</h1>
      <p>{say('portal.tap.line')}</p>
      {trouble && (
        <div class="notice bad" role="alert">
          <Icon name="offline" />
          <span>
            <b>{say('portal.tap.notYet')}</b> {trouble} {say('portal.tap.stillWorks')}
          </span>
        </div>
      )}
      <button class="btn primary lg block" type="button" aria-busy={busy} onClick={onOpen}>
        {say(busy ? 'portal.tap.opening' : 'email.signIn.open')}
      </button>
    </>
  )
}
