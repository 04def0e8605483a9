import type { Message } from './outgoing.queries.ts'

/** The URL of a friend's page in the language of the message that links to it. For English, the browser decides. */
export const inLanguageOf = ({ language }: Pick<Message, 'language'>, address: string): string =>
  language === null || language === 'en' ? address : `${address}?lang=${language}`
