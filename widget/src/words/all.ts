import type { bannerWords } from '../banner.words.ts'
import type { formWords } from '../form.words.ts'
import type { launcherWords } from '../launcher.words.ts'
import type { shareWords } from '../share.words.ts'

/** Every word of every part: a language lacks none of them, and has none that is never said. */
export type AllWords = Record<
  keyof typeof bannerWords | keyof typeof formWords | keyof typeof launcherWords | keyof typeof shareWords,
  string
>
