import type { Message } from './outgoing.queries.ts'

/** A page of a friend's, in the language of the message that leads there; after English the browser decides. */
export const inLanguageOf = ({ language }: Pick<Message, 'language'>, address: string): string =>
  language === null || language === 'en' ? address : `${address}?lang=${language}`
