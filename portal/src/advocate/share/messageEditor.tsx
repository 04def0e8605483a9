import { say } from '../words.ts'
import type { ShareModel } from './share.model.ts'

type EditorProps = { code: string; suggested: string; model: ShareModel }

/** Edits the text before the link. */
export function MessageEditor({ code, suggested, model }: EditorProps) {
  const text = model.textOf(code, suggested)
  return (
    <details class="message">
      <summary>{say('portal.message.edit')}</summary>
      <div class="field lg">
        <label for="share-text">{say('portal.message.label')}</label>
        <textarea
          id="share-text"
          class="input"
          rows={3}
          maxLength={500}
          value={text}
          aria-describedby="share-text-hint"
          onInput={(event) => model.write(code, event.currentTarget.value)}
        />
        <span class="hint" id="share-text-hint">
          {say('portal.message.saved')}
        </span>
      </div>
      {text !== suggested && (
        <button class="btn" type="button" onClick={() => model.write(code, null)}>
          {say('portal.message.reset')}
        </button>
      )}
    </details>
  )
}
