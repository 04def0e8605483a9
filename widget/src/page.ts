import type { TryPanel, Understood } from './try.ts'

/** A captured code and the time, in milliseconds since 1970. */
export type Referral = {
  code: string
  at: number
  /** The banner was dismissed. */
  dismissed?: true
}

/** The payload of each page event. None has personal data, because other scripts on the page can read it. */
export type Events = {
  /** The tag is ready. Fires once. */
  ready: undefined
  /** A code is active: stored earlier, or new and confirmed by the server. */
  referral: Referral
  /** `code` is null if the friend typed a name. */
  submitted: { code: string | null }
  /** The server rejected the submission; the reason is an API error code. */
  refused: { code: string | null; reason: string }
  /** The server did not respond, or the page's policy blocks it. */
  error: { reason: 'unanswered' }
  /** The panel of the launcher. */
  open: { panel: Panel }
  close: { panel: Panel }
  /** A visitor was identified; their data is not in the event. */
  identified: undefined
}

export type Panel = 'form' | 'share'

/** The visitor as identified by the page. Kept in memory, prefills forms, and is sent only when the visitor submits. */
export type Person = { name?: string; email?: string; phone?: string; code?: string }

/** Which field of a form is which, as a selector within the form or an element, and the campaign, as in `submit`. */
export type AttachOptions = {
  fields?: {
    [field in 'name' | 'first' | 'last' | 'email' | 'phone' | 'message' | 'answer' | 'consent' | 'code' | 'advocate']?:
      | string
      | Element
  }
  campaign?: string
}

/** What the loader passes to every part. */
export type Page = {
  /** The publishable key. */
  key: string
  /** Origin of the Goodword server, without a trailing slash. */
  server: string
  person: Person
  /** Loads another part from the folder of the tag's file. */
  part<Name extends keyof Parts>(name: Name): Promise<Parts[Name]>
  getReferral(): Promise<Referral | null>
  /** Sets or clears the code, in memory and, as far as consent allows, in storage. */
  keep(referral: Referral | null): void
  emit<Name extends keyof Events>(name: Name, detail?: Events[Name]): void
}

type RareMethod = 'ready' | 'off' | 'reset' | 'identify' | 'open' | 'close' | 'attachTo' | 'submit'

/** Each part is its own file, loaded on demand. */
export type Parts = {
  form: ElementPart
  share: ElementPart
  banner: ElementPart
  launcher: ElementPart & { open(page: Page, panel?: Panel): Promise<void>; close(): Promise<void> }
  attach: ElementPart & {
    attachTo(page: Page, form: HTMLElement | string, options: AttachOptions): void
  }
  /** The page's own forms, for friends. */
  forms: { attach(form: HTMLElement, page: Page, options: AttachOptions): void }
  /** For whoever installs the widget. */
  try: { show(form: HTMLElement, look: () => Understood): TryPanel }
  /** The rarely used methods of the global, by name. */
  api: Record<RareMethod, (page: Page, ...given: never[]) => unknown>
}

export type ElementPart = { mount(host: HTMLElement, page: Page): Promise<void> }
