import type { MessageWording, WordingLanguage } from '@goodword/contracts'
import { useRef } from 'preact/hooks'
import { Select } from '../../shared/ui/select.tsx'
import { languageWords, wordOf } from '../contact/contact.words.ts'
import type { Whose, WordingsModel } from './wordings.model.ts'

const nameOf = (language: WordingLanguage) => wordOf<WordingLanguage>(languageWords, language)

/** "German", "German and French". */
const listed = (names: string[]) => new Intl.ListFormat('en').format(names)

/** Who gets the words in the editor, and what the others get. */
export function hintFor({ languages, own }: MessageWording, language: WordingLanguage, whose: Whose): string {
  const others = languages.filter((one) => one.own !== null).map((one) => nameOf(one.language))
  const except = others.length === 0 ? '' : ` Friends who read ${listed(others)} get the words you wrote for them.`
  if (language === 'all') {
    return own
      ? `Everyone gets these words as you wrote them, whatever they read.${except}`
      : `Until you change them, friends read our words in their own language. What you save here goes to everyone, as you wrote it.${except}`
  }
  const readers = `friends who read ${nameOf(language)}`
  if (whose === 'own') return `Only ${readers} get these words.`
  return whose === 'everyone'
    ? `Now ${readers} get your words for everyone. What you save here goes to them alone.`
    : `Now ${readers} get our words. What you save here goes to them alone.`
}

/** For everyone, or for friends who read one language. Nothing to choose where no friend reads the message. */
export function Readers({
  model,
  wording,
  onChoose,
}: {
  model: WordingsModel
  wording: MessageWording
  onChoose: (language: WordingLanguage) => void
}) {
  const box = useRef<HTMLDivElement>(null)
  const reading = model.reading.value
  if (wording.languages.length === 0 || !reading) return null
  const language = model.language.value
  const yours = (own: unknown) => (own === null ? '' : ' (your words)')
  const options = [
    { value: 'all' as const, label: `Everyone${yours(wording.own)}` },
    ...wording.languages.map((one) => ({
      value: one.language,
      label: `Friends who read ${nameOf(one.language)}${yours(one.own)}`,
    })),
  ]
  return (
    <div ref={box}>
      <Select<WordingLanguage>
        label="Who gets these words"
        value={language}
        options={options}
        hint={hintFor(wording, language, reading.whose)}
        onChange={(next) => {
          onChoose(next)
          // Whoever stays with what is not saved sees where they are.
          const select = box.current?.querySelector('select')
          if (select) select.value = language
        }}
      />
    </div>
  )
}
