import type { SubmitReferral, SubmittedReferral } from '@goodword/contracts'
import type { Details, QueuedCall } from './global.ts'
import type { AttachOptions, IdentitySource, Page, Panel, Person } from './page.ts'
import { embedServer } from './server.ts'
import { createToken } from './token.ts'

// Methods of the global that most pages never call. Loaded on the first call.

/** An API error with its code, or `unanswered`. */
class GoodwordError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message)
  }
}

export async function ready(): Promise<void> {}

export const getReferral = (page: Page) => page.getReferral()

/** Late subscribers get the last event. */
export async function on(page: Page, event: string, handler: (event: CustomEvent) => void): Promise<void> {
  addEventListener.call(document, `goodword:${event}`, handler as EventListener)
  const last = page.last[event]
  if (last) handler(last)
}

export async function off(_page: Page, event: string, handler: EventListener): Promise<void> {
  removeEventListener.call(document, `goodword:${event}`, handler)
}

export async function reset(page: Page): Promise<void> {
  identify(page, null)
  page.memory = null
  await page.draw('capture')
}

export async function setConsent(page: Page, given: boolean): Promise<void> {
  // What is stored has to be read before it is deleted.
  page.kept()
  page.consent = given
  await page.draw('capture')
}

/** Of a token and a code, the one that comes later says whose share panel it is. */
export async function identify(page: Page, visitor: Person | IdentitySource | null): Promise<void> {
  if (visitor && typeof visitor === 'object') {
    const given: Person = {}
    for (const name of ['name', 'email', 'phone', 'code'] as const) {
      const value = Object.hasOwn(visitor, name) ? visitor[name] : undefined
      if (value) given[name] = String(value)
    }
    page.person = given
    if (given.code) page.source = null
  } else {
    page.source = visitor || null
    if (visitor) delete page.person?.code
    else page.person = {}
  }
  page.emit('identified')
}

const overlay = async (page: Page) =>
  (await page.part<typeof import('./ui/ui.ts')>('ui')).partOf<typeof import('./overlay/overlay.ts')>(page, 'overlay')
export const open = async (page: Page, panel?: Panel): Promise<void> => (await overlay(page)).open(page, panel)
export const close = async (page: Page): Promise<void> => (await overlay(page)).close()

export async function attachTo(page: Page, form: HTMLElement | string, options: AttachOptions = {}): Promise<void> {
  ;(await page.part<typeof import('./attach.ts')>('attach')).attachTo(page, form, options)
}

/** Takes at least two seconds: the server assumes that a faster submission wasn't typed by a person. */
export async function submit(page: Page, details: Details): Promise<SubmittedReferral> {
  const { campaign, code: own, ...rest } = details
  const code = own ?? (rest.advocateName ? null : ((await page.getReferral())?.code ?? null))
  const server = embedServer(page, { campaign: campaign ?? null })
  const drawn = await server.form(code)
  const referral: Omit<SubmitReferral, 'formToken'> = {
    ...rest,
    ...(code && { code }),
    ...(campaign && !code && { campaignId: campaign }),
  }
  const token = drawn?.value && createToken(server, { text: drawn.value.formToken, at: Date.now() }, code)
  const answer = token ? await token.send(referral) : null
  if (answer?.value) {
    page.emit('submitted', { code })
    return answer.value
  }
  const problem = answer?.problem
  if (!problem) {
    page.emit('error', { reason: 'unanswered' })
    throw new GoodwordError('unanswered', 'Nothing answered, so the details may not have arrived.')
  }
  page.emit('refused', { code, reason: problem.code })
  throw new GoodwordError(problem.code, problem.detail)
}

/** A call that was queued: `['on', 'submitted', handler]`. Its promise goes to `done`. */
export async function run(page: Page, call: QueuedCall): Promise<void> {
  const [method, ...given] = call
  // A module has no prototype, so that a name from a page is a method of ours or nothing.
  const methods = await page.part<Record<string, (page: Page, ...given: unknown[]) => Promise<unknown>>>('api')
  const answer = methods[method]?.(page, ...given)
  call.done?.(answer)
  answer?.catch(() => {})
}
