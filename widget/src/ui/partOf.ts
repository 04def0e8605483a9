import type { Page } from '../page.ts'

/**
 * Loads a part that draws with `ui.js`. The build makes it a function of the exports of `ui.js`, because an import has an
 * address, and after a failure either of the two may have come from another one.
 */
export const partOf = async <Part>(page: Page, name: string): Promise<Part> =>
  (await page.part<{ default(ui: unknown): Part }>(name)).default(await page.part('ui'))
