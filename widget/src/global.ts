import type { SubmittedReferral } from '@goodword/contracts'
import type { AttachOptions, Events, IdentitySource, Panel, Person, Referral } from './page.ts'

/** The argument of `submit`: the fields of the form. */
export type Details = Person & {
  message?: string
  answer?: string
  consent?: boolean
  /** The advocate's name, when there is no code. */
  advocateName?: string
  /** The campaign, if several are active and there is no code. */
  campaign?: string
}

/**
 * The single global, `window.Goodword`. Every method returns a promise and may be called through `q` before the tag has
 * loaded.
 */
export type Goodword = {
  ready(): Promise<void>
  /** Resolves to the current code, or null. Never rejects. */
  getReferral(): Promise<Referral | null>
  /** Calls the handler for every `goodword:<name>` event. Late subscribers get the last one. */
  on<Name extends keyof Events>(name: Name, handler: (event: CustomEvent<Events[Name]>) => void): Promise<void>
  off<Name extends keyof Events>(name: Name, handler: (event: CustomEvent<Events[Name]>) => void): Promise<void>
  /** In consent mode nothing is stored before `setConsent(true)`; `setConsent(false)` deletes stored data. */
  setConsent(given: boolean): Promise<void>
  /** Clears the code and the identified person, in memory and in storage. */
  reset(): Promise<void>
  /**
   * With a person, prefills forms on this page and sets the advocate of the share panel. With a signed token, or a function
   * that gets one, the share panel shows the visitor's own link, credit, friends and rewards. null when they sign out: takes
   * everything personal off the page.
   */
  identify(visitor: Person | IdentitySource | null): Promise<void>
  /** Opens the launcher's panel, creating it if the page has none. */
  open(panel?: Panel): Promise<void>
  close(): Promise<void>
  /**
   * From now on, also sends this form's fields to us, in addition to the page's own submission. Takes the form, an
   * element around fields without a form, or a selector, which is also looked for in open shadow roots.
   */
  attachTo(form: HTMLElement | string, options?: AttachOptions): Promise<void>
  /** Sends details from a custom form. Rejects with an error whose `code` is the API's, or `unanswered`. */
  submit(details: Details): Promise<SubmittedReferral>
  /** Calls made before the tag had loaded: `Goodword.q.push(['on', 'submitted', handler])`. */
  q: { push(call: QueuedCall): void }
}

/** `done` receives the promise of the call. */
export type QueuedCall = [string, ...unknown[]] & { done?: (answer: unknown) => void }

declare global {
  interface Window {
    Goodword?: Goodword
  }
}
