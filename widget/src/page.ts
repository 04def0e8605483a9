/** A captured code and when it was captured, in milliseconds since 1970. */
export type Referral = {
  code: string
  at: number
  /** The banner was put away. */
  dismissed?: true
}

/** What each event of the page carries. No event carries personal data: other scripts of the page can read it. */
export type Events = {
  /** The tag works. Once. */
  ready: undefined
  /** A code is in force: kept from before, or new and known to the server. */
  referral: Referral
  /** `code` is null where the friend typed a name. */
  submitted: { code: string | null }
  /** The server said no; the reason is a code of the API. */
  refused: { code: string | null; reason: string }
  /** Nothing answered, or the page forbids us. */
  error: { reason: 'unanswered' }
  /** The panel of the launcher. */
  open: { panel: Panel }
  close: { panel: Panel }
  /** Someone said who the visitor is; what was said stays with us. */
  identified: undefined
}

export type Panel = 'form' | 'share'

/** Who the visitor is, as the page knows it. Lives in memory, fills in forms, is sent only when the visitor sends a form. */
export type Person = { name?: string; email?: string; phone?: string; code?: string }

/** What the loader hands to every part. */
export type Page = {
  /** The publishable key. */
  key: string
  /** Origin of the Goodword server, without a slash at the end. */
  server: string
  person: Person
  /** Loads another part: its file lies beside the tag's. */
  part<Name extends keyof Parts>(name: Name): Promise<Parts[Name]>
  getReferral(): Promise<Referral | null>
  /** Keeps this code, or none: in memory, and in storage as far as consent goes. */
  keep(referral: Referral | null): void
  emit<Name extends keyof Events>(name: Name, detail?: Events[Name]): void
}

type RareMethod = 'ready' | 'off' | 'reset' | 'identify' | 'open' | 'close' | 'attachTo' | 'submit'

/** Every part is a file of its own, loaded when it is needed. */
export type Parts = {
  form: ElementPart
  share: ElementPart
  banner: ElementPart
  launcher: ElementPart & { open(page: Page, panel?: Panel): Promise<void>; close(): Promise<void> }
  attach: ElementPart & { attach(form: HTMLFormElement, page: Page): void }
  /** The methods of the global that few pages use, by name. */
  api: Record<RareMethod, (page: Page, ...given: never[]) => unknown>
}

export type ElementPart = { mount(host: HTMLElement, page: Page): Promise<void> }
