import type { EmbedForm, EmbedLeaderboard, EmbedShare } from '@goodword/contracts'
import type { FunctionComponent } from 'preact'
import type { Page } from '../page.ts'
import { type Say, speak, type Words } from './language.ts'
import { show } from './surface.ts'

/** Everything an element is drawn from. */
export type Given = {
  host: HTMLElement
  page: Page
  /** The code the element was asked for: its own or the visitor's. */
  code: string | null
  campaign: string | null
  lang: string
  words: Words
  /** When our server answered, in milliseconds since 1970. */
  at: number
  /** What the server says of the visitor's code, if the element needs it. */
  form: EmbedForm | null
  /** What it says of the advocate's code. null for a code that nobody has. */
  share: EmbedShare | null
  /** null unless it is the leaderboard, and the business shows it to everyone. */
  leaderboard: EmbedLeaderboard | null
}
export type Shown = Given & { say: Say }

/** Draws an element. False if there is nothing to show. */
export type Draw = (given: Given) => Promise<boolean>

/** `parts` selects what the view shows, or null if there is nothing. */
export function element<Props extends object>(
  look: { english: Words; css: string },
  View: FunctionComponent<Shown & Props>,
  parts: (given: Given) => (Props & { brandColor: string }) | null,
): Draw {
  return async (given) => {
    const { host, lang, words } = given
    const props = parts(given)
    if (!props) return false
    const say = speak(host, look.english, words)
    await show(host, <View {...given} {...props} say={say} />, { css: look.css, lang, brandColor: props.brandColor })
    return true
  }
}
