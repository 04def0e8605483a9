/** A captured code and when it was captured, in milliseconds since 1970. */
export type Referral = { code: string; at: number }

/** What each event of the page carries. No event carries personal data: other scripts of the page can read it. */
export type Events = {
  ready: undefined
  submitted: { code: string }
  refused: { code: string; reason: string }
}

/** What the loader hands to the form. */
export type Page = {
  /** The publishable key. */
  key: string
  /** Origin of the Goodword server, without a slash at the end. */
  server: string
  getReferral(): Promise<Referral | null>
  emit<Name extends keyof Events>(name: Name, detail?: Events[Name]): void
}

/** The one global, `window.Goodword`. */
export type Goodword = {
  /** Resolves to the code in force, or null. Never rejects. */
  getReferral(): Promise<Referral | null>
  /** Calls the handler with the detail of every `goodword:<name>` event. A handler for `ready` runs even when it comes late. */
  on<Name extends keyof Events>(name: Name, handler: (detail: Events[Name]) => void): void
  /** Calls made before the tag had loaded: `Goodword.q.push(['on', 'submitted', handler])`. */
  q: { push(call: [string, ...unknown[]]): void }
}

export type FormModule = { mount(host: HTMLElement, page: Page): Promise<void> }
