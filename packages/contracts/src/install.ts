import * as z from 'zod'
import { EmbedOutcome, embedEventKinds, embedOutcomes, FormReport } from './embed.ts'
import { Code, id, Moment, PageQuery } from './primitives.ts'
import { Site } from './sites.ts'

/** An event from a website and its outcome. Kept for 30 days. */
export const EmbedEvent = z
  .strictObject({
    id: id('embedEvent'),
    kind: z.enum(embedEventKinds),
    mode: z.enum(['live', 'test']),
    /** Scheme, host and port of the page; null when a program sent it. */
    origin: z.string().nullable(),
    version: z.string().nullable(),
    /** Of an unknown code only the first two characters, because anything can be in an address. */
    code: Code.nullable(),
    advocate: z.strictObject({ id: id('enrollment'), name: z.string() }).nullable(),
    referralId: id('referral').nullable(),
    /** "attributed", or the exact reason it was not. */
    outcome: EmbedOutcome,
    /** The outcome as text: "Test: would be attributed to Anna Kowalski". */
    title: z.string(),
    /** How to fix it; null when there is nothing to do. */
    cure: z.string().nullable(),
    /** The invalid fields; their values are not stored. */
    fields: z.array(z.string()),
    /** How often the same event was rejected within the minute; 1 for everything else. */
    times: z.number().int().min(1),
    at: Moment,
  })
  .meta({ id: 'EmbedEvent' })
export type EmbedEvent = z.infer<typeof EmbedEvent>

export const EmbedEventQuery = PageQuery.extend({
  kind: z.enum(embedEventKinds).optional(),
  outcome: z.enum([...embedOutcomes, 'not_attributed']).optional(),
  /** The origin of a website: https://harborsons.example */
  site: z.string().max(300).optional(),
})
export type EmbedEventQuery = z.infer<typeof EmbedEventQuery>

/** A form of a website with what the tag understood of it when it was last seen. Kept for 30 days. */
export const WebsiteForm = FormReport.extend({
  id: id('embedEvent'),
  mode: z.enum(['live', 'test']),
  /** Scheme, host and port of the page; null when a program sent it. */
  origin: z.string().nullable(),
  version: z.string().nullable(),
  at: Moment,
}).meta({ id: 'WebsiteForm' })
export type WebsiteForm = z.infer<typeof WebsiteForm>

/** The state of the installation. */
export const InstallCheck = z.strictObject({
  sites: z.array(
    Site.extend({
      /** When each of these was last requested, within the newest thousand events. */
      formAt: Moment.nullable(),
      visitAt: Moment.nullable(),
      submitAt: Moment.nullable(),
    }),
  ),
  /** Websites that sent events within the last day and are not on the list. */
  refused: z.array(z.strictObject({ origin: z.string(), at: Moment })),
  /** Websites last seen with a test key, within the last day. */
  testing: z.array(z.string()),
})
export type InstallCheck = z.infer<typeof InstallCheck>
