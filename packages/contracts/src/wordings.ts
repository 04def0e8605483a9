import * as z from 'zod'
import { languages } from './languages.ts'
import { MessageTemplate } from './messages.ts'
import { Moment } from './primitives.ts'

const channel = z.enum(['email', 'sms'])
const subject = z
  .string()
  .trim()
  .min(1, 'Write a subject.')
  .max(150, 'Use 150 characters or fewer.')
  .regex(/^[^\r\n]*$/, 'Keep the subject on one line.')
const body = z.string().trim().min(1, 'Write what the message says.').max(4_000, 'Use 4,000 characters or fewer.')

const Words = z.strictObject({ subject: z.string(), body: z.string() })
const OwnWords = Words.extend({ updatedAt: Moment })

/** Whose words: of those who read this language, or of everyone for whom there are no others. */
export const wordingLanguages = ['all', ...languages] as const
export const WordingLanguage = z.enum(wordingLanguages)
export type WordingLanguage = z.infer<typeof WordingLanguage>

/** A message's words. `{{token}}` stands for what differs from person to person. */
export const MessageWording = z
  .strictObject({
    template: MessageTemplate,
    channel,
    /** "Reward earned", and when it goes out. */
    title: z.string(),
    when: z.string(),
    tokens: z.array(z.strictObject({ name: z.string(), example: z.string() })),
    /** Whether {{link}} has to be in it. */
    linkRequired: z.boolean(),
    /** In English, as everyone reads it for whom there are no others. */
    ours: Words,
    /** For everyone; null while ours is used. */
    own: OwnWords.nullable(),
    /** What a friend reads in each of their languages; empty for a message that goes to no friend. */
    languages: z.array(z.strictObject({ language: z.enum(languages), ours: Words, own: OwnWords.nullable() })),
  })
  .meta({ id: 'MessageWording' })
export type MessageWording = z.infer<typeof MessageWording>

/** Without a language the words are for everyone. */
const which = { template: MessageTemplate, channel, language: WordingLanguage.optional() }
export const WhichWording = z.strictObject(which)
export type WhichWording = z.infer<typeof WhichWording>
export const SaveWording = z.strictObject({ ...which, subject, body })
export type SaveWording = z.infer<typeof SaveWording>

/** As somebody would get it, with the examples in place of the tokens. */
export const WordingPreview = z.strictObject({ subject: z.string(), body: z.string() })
export type WordingPreview = z.infer<typeof WordingPreview>
