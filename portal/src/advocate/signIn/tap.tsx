import { Icon } from '../../shared/ui/icon.tsx'
import { say } from '../words.ts'

type TapPageProps = { busy: boolean; errorText: string | null; onOpen: () => void }

/** A sign-in link works once, and mail scanners open links, so it waits for a person's tap. */
export function TapPage({ busy, errorText, onOpen }: TapPageProps) {
  return (
    <>
      <h1>{say('portal.tap.title')}</h1>
      <p>{say('portal.tap.line')}</p>
      {errorText && (
        <div class="notice bad" role="alert">
          <Icon name="offline" />
          <span>
            <b>{say('portal.tap.notYet')}</b> {errorText} {say('portal.tap.stillWorks')}
          </span>
        </div>
      )}
      <button class="btn primary lg block" type="button" aria-busy={busy} onClick={onOpen}>
        {say(busy ? 'portal.tap.opening' : 'email.signIn.open')}
      </button>
    </>
  )
}
