import type { SubmittedReferral } from '@goodword/contracts'
import type { Events, Panel, Person, Referral } from './page.ts'

/** What `submit` takes: the fields of the form. */
export type Details = Person & {
  name: string
  message?: string
  answer?: string
  consent?: boolean
  /** Who sent them, when there is no code. */
  advocateName?: string
  /** The campaign, when several are open and there is no code. */
  campaign?: string
}

/** The one global, `window.Goodword`. Every method returns a promise and may be called through `q` before the tag has loaded. */
export type Goodword = {
  ready(): Promise<void>
  /** Resolves to the code in force, or null. Never rejects. */
  getReferral(): Promise<Referral | null>
  /** Calls the handler with every `goodword:<name>` event; one who comes late gets the last there was. */
  on<Name extends keyof Events>(name: Name, handler: (event: CustomEvent<Events[Name]>) => void): Promise<void>
  off<Name extends keyof Events>(name: Name, handler: (event: CustomEvent<Events[Name]>) => void): Promise<void>
  /** In consent mode nothing is stored before `setConsent(true)`; `setConsent(false)` deletes what was. */
  setConsent(given: boolean): Promise<void>
  /** Forgets the code and the person, here and in storage. */
  reset(): Promise<void>
  /** Fills in forms on this page, and names the advocate to the share panel. */
  identify(person: Person): Promise<void>
  /** Opens the panel of the launcher, making one where the page has none. */
  open(panel?: Panel): Promise<void>
  close(): Promise<void>
  /** Sends the details of this form beside the page's own submission, from now on. */
  attachTo(form: HTMLFormElement): Promise<void>
  /** Sends details from a form of the page's own making. Rejects with an error whose `code` is the API's, or `unanswered`. */
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
