import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright'

export type Visit = {
  page: Page
  /** Problems on the page since the last call: exceptions, rejected promises, policy violations, logged errors. */
  takeProblems(): Promise<string[]>
  field(label: string): Locator
  send(): Promise<void>
  close(): Promise<void>
}

declare global {
  interface Window {
    problems: string[]
  }
}

/**
 * What browsers log themselves: failed requests, which tests cause on purpose, a cookie for a domain like
 * "com", and patterns of a page's own fields.
 */
const expected =
  /^Failed to load resource|CORS request did not succeed|^Loading failed for the|^Cookie .* invalid domain|^invalid character in class/

/**
 * Opens a page as a friend would, in a browser that has never been there. `before` runs before any script of the
 * page.
 */
export async function visit(
  browser: Browser,
  url: string,
  { before, ...options }: BrowserContextOptions & { before?: () => void } = {},
): Promise<Visit> {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  const logged: string[] = []
  const log = (text: string) => !expected.test(text) && logged.push(text)
  page.on('pageerror', (error) => log(error.message))
  page.on('console', (message) => message.type() === 'error' && log(message.text()))
  await page.addInitScript(() => {
    window.problems = []
    const note = (text: string) => window.problems.push(text)
    addEventListener('error', (event) => {
      if (event instanceof ErrorEvent) note(event.message)
    })
    addEventListener('unhandledrejection', (event) => note(String(event.reason)))
    document.addEventListener('securitypolicyviolation', (event) => note(event.violatedDirective))
  })
  if (before) await page.addInitScript(before)
  await page.goto(url)
  return {
    page,
    takeProblems: async () => [...logged.splice(0), ...(await page.evaluate(() => window.problems.splice(0)))],
    field: (label) => page.getByLabel(label),
    send: () => page.locator('goodword-form').getByRole('button').click(),
    close: () => context.close(),
  }
}

/** A friend's details; every friend is another person. */
export async function fill(
  { field }: Visit,
  values: { name?: string; phone?: string; email?: string; message?: string },
) {
  if (values.name !== undefined) await field('Your name').fill(values.name)
  if (values.phone !== undefined) await field('Phone').fill(values.phone)
  if (values.email !== undefined) {
    // In Firefox, Playwright adds to what is in a field for an email address.
    await field('Email').clear()
    await field('Email').fill(values.email)
  }
  if (values.message !== undefined) await field('What do you need?').fill(values.message)
}
