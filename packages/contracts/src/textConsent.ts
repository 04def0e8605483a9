import * as z from 'zod'
import { Moment } from './primitives.ts'

/**
 * How a contact agreed to texts: they ticked a box, the job system said so, an imported file did, or the owner stated it
 * for everyone they entered.
 */
export const textConsentSources = ['form', 'connection', 'import', 'statement'] as const

export const TextConsent = z
  .strictObject({
    source: z.enum(textConsentSources),
    at: Moment,
    /** The words they agreed to, or what the owner stated. */
    wording: z.string().trim().min(1, 'Say what they agreed to.').max(300, 'Use 300 characters or fewer.'),
  })
  .meta({ id: 'TextConsent' })
export type TextConsent = z.infer<typeof TextConsent>

/** What an owner stated for every customer whom their team or their systems enter, when, and who. */
export const TextStatement = z
  .strictObject({ wording: TextConsent.shape.wording, at: Moment, by: z.string() })
  .meta({ id: 'TextStatement' })
export type TextStatement = z.infer<typeof TextStatement>
