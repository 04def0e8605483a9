import type { pagesEn } from './pagesEn.ts'

type English = typeof pagesEn
type Slots<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Slots<Rest> : never
type Given<Text extends string> = [Slots<Text>] extends [never] ? [] : [Record<Slots<Text>, string>]

/** Every text of the pages in one language. */
export type PageTexts = Record<keyof English, string>
/** A text of the pages with its places filled in. */
export type Say = <Name extends keyof English>(name: Name, ...given: Given<English[Name]>) => string

export const sayIn =
  (texts: PageTexts): Say =>
  (name, ...given) => {
    const values = new Map<string, string>(Object.entries(given[0] ?? {}))
    return texts[name].replace(/\{(\w+)\}/g, (_, slot: string) => values.get(slot) ?? '')
  }
