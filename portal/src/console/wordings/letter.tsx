import type { WordingPreview } from '@goodword/contracts'

/** "Label:" on one line and an address on the next is what a mail shows as a button. */
function buttonOf(paragraph: string): string | null {
  const [label, url, ...rest] = paragraph.split('\n')
  return label?.endsWith(':') && url && rest.length === 0 && /^https?:\/\/\S+$/.test(url)
    ? label.slice(0, -1).trim()
    : null
}

/** `language` is undefined where nobody knows it. */
type Shown = { preview: WordingPreview; language: string | undefined }

/** A mail as its reader sees it. */
export function Letter({ preview, language }: Shown) {
  const paragraphs = preview.body.split('\n\n').map((text, index) => ({ text, key: `${index}:${text}` }))
  return (
    <article class="paper" aria-label="Preview">
      <h3 lang={language}>{preview.subject}</h3>
      {paragraphs.map(({ text, key }) => {
        const label = buttonOf(text)
        return label === null ? (
          <p key={key} lang={language}>
            {text}
          </p>
        ) : (
          <p key={key} lang={language}>
            <span class="as-button">{label}</span>
          </p>
        )
      })}
    </article>
  )
}

/** A text as a phone shows it. */
export function PhoneText({ preview, language }: Shown) {
  return (
    <article class="bubble" aria-label="Preview">
      <span lang={language}>{preview.body}</span>
    </article>
  )
}
