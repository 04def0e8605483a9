import type { ComponentChildren } from 'preact'
import { Icon } from '../../shared/ui/icon.tsx'
import { say } from '../words.ts'
import type { FreshLink } from './freshLink.ts'

type FreshLinkButtonProps = {
  model: FreshLink
  onSend: () => void
  look?: 'primary' | 'tint'
  children: ComponentChildren
}

/** Sends a link with one tap, then says where to look. */
export function FreshLinkButton({ model, onSend, look = 'primary', children }: FreshLinkButtonProps) {
  const state = model.state.value
  return (
    <div class="fresh">
      {state === 'sent' ? (
        <p class="notice good" role="status">
          <Icon name="mail" />
          <span>
            <b>{say('portal.signIn.onItsWay')}</b> {say('portal.signIn.look')}
          </span>
        </p>
      ) : (
        <button class={`btn lg block ${look}`} type="button" aria-busy={state === 'busy'} onClick={onSend}>
          {state === 'busy' ? say('portal.signIn.sending') : children}
        </button>
      )}
      {model.errorText.value && (
        <p class="notice bad" role="alert">
          <Icon name="alert" />
          <span>
            <b>{say('portal.error.linkUnsent')}</b> {model.errorText.value}
          </span>
        </p>
      )}
    </div>
  )
}
