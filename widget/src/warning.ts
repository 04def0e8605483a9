import { hint } from './hint.ts'
import type { Page } from './page.ts'

/** Says in the browser's console why a tag has no effect. `first` is the key of the tag that was there before. */
export async function mount(first: string | undefined, { key }: Page): Promise<void> {
  hint(
    first
      ? `this page already has a tag with the key ${first}, so the one with ${key} has no effect. Use one of them.`
      : 'the script tag needs data-key="pk_…", a publishable key. Copy the tag from Install in the console.',
  )
}
