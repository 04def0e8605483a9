import { catalogFolder, languagesIn, placesIn, readMessages } from './catalogs.ts'
import { placeholdersOf } from './compile.ts'

const title = (place: string) => `${place.charAt(0).toUpperCase()}${place.slice(1)}Keys`

/** The type of one place's keys and their placeholders. */
function keysOf(place: string): string {
  const lines = Object.entries(readMessages(catalogFolder, 'en', place)).map(([key, message]) => {
    const given = [...placeholdersOf(message)].map(([name, filling]) => `${name}: ${filling}`)
    return `  '${key}': ${given.length === 0 ? 'null' : `{ ${given.join('; ')} }`}`
  })
  return [
    `/** Written by \`npm run words\` from catalogs/en/${place}.json. */`,
    `export type ${title(place)} = {`,
    ...lines,
    '}',
    '',
  ].join('\n')
}

/** The type of all keys. */
function catalogOf(places: string[]): string {
  return [
    ...places.map((place) => `import type { ${title(place)} } from './${place}.ts'`),
    '',
    '/** Every key with its placeholders; null for a message without any. Written by `npm run words`. */',
    `export type Catalog = ${places.map(title).join(' & ')}`,
    '',
  ].join('\n')
}

const languageList = (languages: string[]): string =>
  [
    '/** The supported languages: the folders of packages/words/catalogs. Written by `npm run words`. */',
    `export const languages = [${languages.map((language) => `'${language}'`).join(', ')}] as const`,
    'export type Language = (typeof languages)[number]',
    '',
  ].join('\n')

/** The generated files that tell TypeScript about the catalogs, by path from the root. */
export function generatedFiles(): Map<string, string> {
  const places = placesIn(catalogFolder, 'en')
  return new Map([
    ['packages/contracts/src/languages.ts', languageList(languagesIn(catalogFolder))],
    ['packages/words/src/keys/catalog.ts', catalogOf(places)],
    ...places.map((place): [string, string] => [`packages/words/src/keys/${place}.ts`, keysOf(place)]),
  ])
}
