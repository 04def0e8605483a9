import { appendFileSync } from 'node:fs'

const said = new Set<string>()

/** Whether this runs in Firefox. If so, what is left out and why is printed after the tests. */
export function leftOutInFirefox(what: string, reason: string): boolean {
  if (globalThis.engine !== 'firefox') return false
  const line = `${what}: ${reason}\n`
  if (said.has(line)) return true
  said.add(line)
  const notes = process.env.GOODWORD_LEFT_OUT
  if (notes) appendFileSync(notes, line)
  else process.stderr.write(`Left out in Firefox: ${line}`)
  return true
}

export const noAxe = 'its content process crashes (Firefox 153, signal 11) in axe on a page with a shadow root'
export const noAxeHosted = 'WebDriver cannot bypass the policy of the page, which keeps axe out'
export const noScheme = 'its WebDriver cannot set a color scheme'

/** The looks that a browser can be told to have. */
export const possible = <Look extends { colorScheme: 'light' | 'dark' }>(looks: readonly Look[]): Look[] =>
  looks.filter(({ colorScheme }) => colorScheme === 'light' || !leftOutInFirefox('hosted pages in dark', noScheme))
