import type { WordingPreview } from '@goodword/contracts'

/** "Label:" on one line and an address on the next is what a mail shows as a button. */
function buttonOf(paragraph: string): string | null {
  const [label, url, ...rest] = paragraph.split('\n')
  return label?.endsWith(':') && url && rest.length === 0 && /^https?:\/\/\S+$/.test(url) ? label.slice(0, -1) : null
}

/** A mail as its reader sees it. */
export function Letter({ preview }: { preview: WordingPreview }) {
  const paragraphs = preview.body.split('\n\n').map((text, index) => ({ text, key: `${index}:${text}` }))
  return (
    <article class="paper" aria-label="Preview">
      <h3>{preview.subject}</h3>
      {paragraphs.map(({ text, key }) => {
        const label = buttonOf(text)
        return label === null ? (
          <p key={key}>{text}</p>
        ) : (
          <p key={key}>
            <span class="as-button">{label}</span>
          </p>
        )
      })}
    </article>
  )
}

/** A text as a phone shows it. */
export function PhoneText({ preview }: { preview: WordingPreview }) {
  return (
    <article class="bubble" aria-label="Preview">
      {preview.body}
    </article>
  )
}
