import type { Catalog } from './keys/catalog.ts'

/** Every message by its place: `email.welcome.subject`. */
export type Key = keyof Catalog
export type Place = Key extends `${infer First}.${string}` ? First : never
type KeyOf<Places extends Place> = Extract<Key, `${Places}.${string}`>

/** Returns a message of these places with its placeholders filled in. */
export type Say<Places extends Place> = SayKeys<KeyOf<Places>>

/** The same for single messages. */
export type SayKeys<Keys extends Key> = <K extends Keys>(
  key: K,
  ...given: Catalog[K] extends null ? [] : [given: Catalog[K]]
) => string

/** The compiled messages of one language, for the given places. */
export function createSay<Keys extends Key>(messages: CompiledWords): SayKeys<Keys> {
  return (key, ...given) => {
    const message = messages[key]
    if (!message) throw new Error(`There is no message ${key}.`)
    return message(given[0] ?? {})
  }
}
