import type { ShareModel } from './share.model.ts'

type EditorProps = { code: string; suggested: string; model: ShareModel }

/** What goes before the link, in the advocate's own words. */
export function MessageEditor({ code, suggested, model }: EditorProps) {
  const text = model.textOf(code, suggested)
  return (
    <details class="message">
      <summary>Edit the message</summary>
      <div class="field lg">
        <label for="share-text">Your words, before the link</label>
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
          Kept on this device.
        </span>
      </div>
      {text !== suggested && (
        <button class="btn" type="button" onClick={() => model.write(code, null)}>
          Use our words again
        </button>
      )}
    </details>
  )
}
