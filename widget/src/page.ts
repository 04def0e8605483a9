import type { RecordedVisit } from '@goodword/contracts'

/** A captured code and the time, in milliseconds since 1970. */
export type Referral = {
  code: string
  at: number
  /** For how many days after `at` the campaign attributes a friend; absent until the server has confirmed the code. */
  days?: number
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
  /** A visitor was identified, or nobody is any longer; their data is not in the event. */
  identified: undefined
  /** The identity token expires in half a minute or less: call `identify` with a new one. Never for a function. */
  expiring: undefined
}

export type Panel = 'form' | 'share'

/** The visitor as identified by the page. Kept in memory, prefills forms, and is sent only when the visitor submits. */
export type Person = { name?: string; email?: string; phone?: string; code?: string }

/**
 * A token that the business's server signed for the visitor (see the guide Signed identity), or a function that gets one:
 * it is asked again before a token expires, and null means that nobody is signed in.
 */
export type IdentitySource = string | (() => string | null | undefined | Promise<string | null | undefined>)

/** Which field of a form is which, as a selector within the form or an element, and the campaign, as in `submit`. */
export type AttachOptions = {
  fields?: {
    [field in 'name' | 'first' | 'last' | 'email' | 'phone' | 'message' | 'answer' | 'consent' | 'code' | 'advocate']?:
      | string
      | Element
  }
  campaign?: string
}

/** A visit through a link. The first to ask our server something takes it along, and says what was answered. */
export type Landing = Partial<Referral> & {
  /** The likeliest of the codes in the address. */
  code: string
  /** All of them; undefined once somebody took the visit. */
  codes: string[] | undefined
  /** The visitor's code before. */
  kept: string | undefined
  /** Without an answer, the visit is told on its own. */
  told(answer: RecordedVisit | undefined): void
}

/** What the loader passes to every part. */
export type Page = {
  /** The publishable key. */
  key: string
  /** The script element with our attributes. */
  tag: HTMLScriptElement
  /** The visitor, once the page has identified them. */
  person?: Person
  /** Who signed for the visitor; null once nobody is signed in, undefined if the page never said. */
  source?: IdentitySource | null
  /** Whether anything may be stored on the device. */
  consent: unknown
  /**
   * The code in memory, current or not, which `draw('capture')` stores. Without a code if there is none, undefined or null
   * until storage is read.
   */
  memory: Partial<Referral> | null | undefined
  /** The last event of each name. */
  last: Record<string, CustomEvent | undefined>
  /** Elements that are shown or about to be, so that each is shown once. */
  shown?: WeakMap<Element, Promise<void>>
  /** Loads another file of this version, once. One that failed to load can be asked for again. */
  part<Part>(name: string): Promise<Part>
  /**
   * Loads a part and hands `subject` to its `mount`. If either fails, tries again when the network returns, and until then
   * ever less often. Resolves after the first attempt. `capture` without a subject stores what is in memory.
   */
  draw(part: string, subject?: unknown): Promise<unknown>
  /** The last visit through a link on this page. */
  landing?: Landing
  /** Elements wait until the address turns out to have a code. */
  landed?: Promise<void> | undefined
  land?(): void
  /** The current code, after the one of the page's address was looked up. Never rejects, and waits at most 3 seconds. */
  getReferral(): Promise<Referral | null>
  /** The current code, at once. */
  kept(): Referral | null
  emit<Name extends keyof Events>(name: Name, detail?: Events[Name]): void
}

/** Origin of the Goodword server, without a trailing slash. */
export const serverOf = ({ tag }: { tag: Pick<HTMLScriptElement, 'src' | 'getAttribute'> }): string =>
  new URL(tag.getAttribute('data-server') || tag.src).origin

/** The elements. */
export const kinds = ['form', 'share', 'banner', 'launcher', 'leaderboard'] as const
export type Kind = (typeof kinds)[number]
/** What an element is: `<goodword-form>`, or one of the page's with `data-goodword="form"`. */
export const kindOf = (host: Element): Kind | undefined =>
  kinds.find((kind) => host.localName === `goodword-${kind}` || host.getAttribute('data-goodword') === kind)

/** A part that sets up an element of the page. */
export type ElementPart = { mount(host: HTMLElement, page: Page): Promise<void> }
