import type { pagesEn } from './pagesEn.ts'

type Slots<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Slots<Rest> : never
type Given<Text extends string> = [Slots<Text>] extends [never] ? [] : [Record<Slots<Text>, string>]

/** The texts of `English` in one language. */
export type Texts<English> = Record<keyof English, string>
/** A text of them with its places filled in. */
export type SayOf<English extends Record<string, string>> = <Name extends keyof English>(
  name: Name,
  ...given: Given<English[Name]>
) => string

/** Every text of the pages in one language. */
export type PageTexts = Texts<typeof pagesEn>
export type Say = SayOf<typeof pagesEn>

export const sayIn =
  <English extends Record<string, string>>(texts: Texts<English>): SayOf<English> =>
  (name, ...given) => {
    const values = new Map<string, string>(Object.entries(given[0] ?? {}))
    return texts[name].replace(/\{(\w+)\}/g, (_, slot: string) => values.get(slot) ?? '')
  }
