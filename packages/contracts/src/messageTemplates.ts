import * as z from 'zod'
import { languages } from './languages.ts'
import { TemplateName } from './messages.ts'
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

/** The audience of a template: readers of one language, or everyone without a template of their own. */
export const templateLanguages = ['all', ...languages] as const
export const TemplateLanguage = z.enum(templateLanguages)
export type TemplateLanguage = z.infer<typeof TemplateLanguage>

/** The template of a message. `{{token}}` is a placeholder. */
export const MessageTemplate = z
  .strictObject({
    template: TemplateName,
    channel,
    /** "Reward earned", and when it is sent. */
    title: z.string(),
    when: z.string(),
    tokens: z.array(z.strictObject({ name: z.string(), example: z.string() })),
    /** Whether {{link}} is required. */
    linkRequired: z.boolean(),
    /** The English default, for readers without another one. */
    ours: Words,
    /** The custom template for everyone; null while the default is used. */
    own: OwnWords.nullable(),
    /** The templates per language for a message to friends; empty for other messages. */
    languages: z.array(z.strictObject({ language: z.enum(languages), ours: Words, own: OwnWords.nullable() })),
  })
  .meta({ id: 'MessageTemplate' })
export type MessageTemplate = z.infer<typeof MessageTemplate>

/** Without a language, the template is for everyone. */
const which = { template: TemplateName, channel, language: TemplateLanguage.optional() }
export const MessageTemplateKey = z.strictObject(which)
export type MessageTemplateKey = z.infer<typeof MessageTemplateKey>
export const SaveMessageTemplate = z.strictObject({ ...which, subject, body })
export type SaveMessageTemplate = z.infer<typeof SaveMessageTemplate>

/** A preview with example values in place of the placeholders. */
export const MessageTemplatePreview = z.strictObject({ subject: z.string(), body: z.string() })
export type MessageTemplatePreview = z.infer<typeof MessageTemplatePreview>
