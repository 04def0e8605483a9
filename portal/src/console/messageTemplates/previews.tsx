import type { MessageTemplatePreview } from '@goodword/contracts'

/** A line "Label:" followed by a line with a URL is shown as a button in an email. */
function buttonLabel(paragraph: string): string | null {
  const [label, url, ...rest] = paragraph.split('\n')
  return label?.endsWith(':') && url && rest.length === 0 && /^https?:\/\/\S+$/.test(url)
    ? label.slice(0, -1).trim()
    : null
}

/** `language` is undefined when it is unknown. */
type PreviewProps = { preview: MessageTemplatePreview; language: string | undefined }

/** Preview of an email. */
export function EmailPreview({ preview, language }: PreviewProps) {
  const paragraphs = preview.body.split('\n\n').map((text, index) => ({ text, key: `${index}:${text}` }))
  return (
    <article class="paper" aria-label="Preview">
      <h3 lang={language}>{preview.subject}</h3>
      {paragraphs.map(({ text, key }) => {
        const label = buttonLabel(text)
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

/** Preview of a text message. */
export function TextPreview({ preview, language }: PreviewProps) {
  return (
    <article class="bubble" aria-label="Preview">
      <span lang={language}>{preview.body}</span>
    </article>
  )
}
