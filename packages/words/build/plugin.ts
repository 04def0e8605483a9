import type { Plugin } from 'vite'
import { widgetParts } from '../src/widgetParts.ts'
import { catalogFolder, fileOf, languagesIn, type Messages, readMessages } from './catalogs.ts'
import { asNumberedText, compileMessages, placeholdersOf } from './compile.ts'

const prefix = 'virtual:words/'

/**
 * Compiles the catalogs into modules:
 *
 * - `virtual:words/one/de/email+hosted`: the messages of these places in one language, one function each;
 * `email.signIn` instead of a place selects the messages below that key
 * - `virtual:words/all/email+hosted`: the same in every language, by language
 * - `virtual:words/others/portal`: by language, a function that loads the messages, for every language but English
 * - `virtual:words/text/de/form`: the texts of one widget part with {0}, {1}…; `text/de` for all parts
 * - `virtual:words/languages`: the list of languages
 *
 * `folder` contains one folder per language. The language list in packages/contracts, which TypeScript reads,
 * follows it too, even before `npm run words` has written it.
 */
export function words(folder: string = catalogFolder): Plugin {
  const spoken = () => languagesIn(folder)
  return {
    name: 'goodword-words',
    enforce: 'pre',
    transform: (_, id) =>
      id.endsWith('/packages/contracts/src/languages.ts')
        ? { code: `export const languages = ${JSON.stringify(spoken())}`, map: null }
        : null,
    resolveId: (id) => (id.startsWith(prefix) ? `\0${id}` : null),
    load(id) {
      if (!id.startsWith(`\0${prefix}`)) return null
      const [kind, first = '', second = ''] = id.slice(prefix.length + 1).split('/')
      const read = (language: string, places: string[]) => {
        return Object.assign(
          {},
          ...places.map((at) => {
            const [place = ''] = at.split('.')
            this.addWatchFile(fileOf(folder, language, place))
            return below(readMessages(folder, language, place), at)
          }),
        )
      }
      if (kind === 'one') return compileMessages(first, read(first, second.split('+')))
      if (kind === 'all') return everyLanguage(spoken(), (language) => `${prefix}one/${language}/${first}`)
      if (kind === 'others') return loaders(spoken(), (language) => `${prefix}one/${language}/${first}`)
      if (kind === 'text') return `export default ${JSON.stringify(numbered(read, first, second))}`
      if (kind === 'languages') return `export default ${JSON.stringify(spoken())}`
      throw new Error(`There are no messages at ${id.slice(1)}`)
    },
  }
}

const below = (messages: Messages, at: string): Messages =>
  Object.fromEntries(Object.entries(messages).filter(([key]) => `${key}.`.startsWith(`${at}.`)))

const key = (language: string) => JSON.stringify(language)

const loaders = (languages: string[], address: (language: string) => string) =>
  `export default {${languages
    .filter((language) => language !== 'en')
    .map((language) => `${key(language)}: () => import('${address(language)}')`)}}`

const everyLanguage = (languages: string[], address: (language: string) => string) =>
  [
    ...languages.map((language, index) => `import words${index} from '${address(language)}'`),
    `export default {${languages.map((language, index) => `${key(language)}: words${index}`)}}`,
  ].join('\n')

/** The texts of one or all widget parts, by the names that the part and the page's `words` attribute use. */
function numbered(
  read: (language: string, places: string[]) => Record<string, string>,
  language: string,
  part: string,
): Record<string, string> {
  const places = ['friend', 'widget', 'portal']
  const [english, messages] = [read('en', places), read(language, places)]
  const keys = Object.entries(widgetParts)
    .filter(([name]) => part === '' || part === name)
    .flatMap(([, names]) => Object.entries(names))
  return Object.fromEntries(
    keys.map(([name, at]) => {
      const [ours, theirs] = [english[at], messages[at]]
      if (ours === undefined || theirs === undefined) throw new Error(`The widget's "${name}" has no message at ${at}`)
      return [name, asNumberedText(theirs, [...placeholdersOf(ours).keys()])]
    }),
  )
}
