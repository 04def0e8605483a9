import type { MessageTemplate, TemplateLanguage } from '@goodword/contracts'
import { useRef } from 'preact/hooks'
import { Select } from '../../shared/ui/select.tsx'
import { languageOptions, optionLabel } from '../contact/contact.labels.ts'
import type { MessageTemplatesModel, TemplateSource } from './messageTemplates.model.ts'

const nameOf = (language: TemplateLanguage) => optionLabel<TemplateLanguage>(languageOptions, language)

/** "German", "German and French". */
const formatList = (names: string[]) => new Intl.ListFormat('en').format(names)

/** Who gets the template in the editor, and what everyone else gets. */
export function audienceHint(
  { languages, own }: MessageTemplate,
  language: TemplateLanguage,
  source: TemplateSource,
): string {
  const others = languages.filter((one) => one.own !== null).map((one) => nameOf(one.language))
  const except =
    others.length === 0 ? '' : ` Friends who read ${formatList(others)} get the template you wrote for them.`
  if (language === 'all') {
    return own
      ? `Everyone gets this template as you wrote it, in any language.${except}`
      : `Until you change it, people get the default in their own language. What you save here goes to everyone, as you wrote it.${except}`
  }
  const readers = `friends who read ${nameOf(language)}`
  if (source === 'own') return `Only ${readers} get this template.`
  return source === 'everyone'
    ? `Now ${readers} get your template for everyone. What you save here goes only to them.`
    : `Now ${readers} get the default. What you save here goes only to them.`
}

/** Chooses everyone or friends who read one language. Hidden when no friend gets the message. */
export function AudienceSelect({
  model,
  template,
  onChoose,
}: {
  model: MessageTemplatesModel
  template: MessageTemplate
  onChoose: (language: TemplateLanguage) => void
}) {
  const box = useRef<HTMLDivElement>(null)
  const reading = model.reading.value
  if (template.languages.length === 0 || !reading) return null
  const language = model.language.value
  const customizedMark = (own: unknown) => (own === null ? '' : ' (customized)')
  const options = [
    { value: 'all' as const, label: `Everyone${customizedMark(template.own)}` },
    ...template.languages.map((one) => ({
      value: one.language,
      label: `Friends who read ${nameOf(one.language)}${customizedMark(one.own)}`,
    })),
  ]
  return (
    <div ref={box}>
      <Select<TemplateLanguage>
        label="Recipients"
        value={language}
        options={options}
        hint={audienceHint(template, language, reading.source)}
        onChange={(next) => {
          onChoose(next)
          // If the user stays with unsaved changes, show the language they are still on.
          const select = box.current?.querySelector('select')
          if (select) select.value = language
        }}
      />
    </div>
  )
}
