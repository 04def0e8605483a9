import {
  type Language,
  languages,
  type MessageTemplate,
  type MessageTemplateKey,
  type MessageTemplatePreview,
  type SaveMessageTemplate,
  type TemplateLanguage,
  type TemplateName,
  templateNames,
} from '@goodword/contracts'
import { supportedLanguage } from '@goodword/words'
import { wordsIn } from '@goodword/words/server'
import { and, eq, sql } from 'drizzle-orm'
import { prepared } from '../../../database/prepared.ts'
import { transactionCache } from '../../../database/transactionCache.ts'
import { actorKey, type Ctx, transaction } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { iso } from '../../../shared/pages.ts'
import { ownExamples } from './customTemplates.examples.ts'
import { defaultTemplate, renderCustom, tokensOf, unknownTokens } from './customTemplates.render.ts'
import { needsLink, titles } from './customTemplates.titles.ts'
import { writeAudit } from './messages.audit.ts'
import { messageTemplates } from './messages.table.ts'
import { addToOutbox } from './outbox.ts'

type Channel = MessageTemplateKey['channel']
type Mailbox = { name: string; email: string }
type Stored = typeof messageTemplates.$inferSelect

const channels: Channel[] = ['email', 'sms']
const smsMost = 480

/** Every message an organization can customize, with the default and, if there is one, its own template. */
export async function listTemplates(ctx: Ctx): Promise<{ items: MessageTemplate[] }> {
  const rows = await ctx.db
    .select()
    .from(messageTemplates)
    .where(eq(messageTemplates.organizationId, ctx.organizationId))
  const examplesOf = await ownExamples(ctx)
  const items = templateNames.flatMap((template) =>
    channels.flatMap((channel) => {
      const shown = toTemplate(template, channel, rows, examplesOf(template))
      return shown ? [shown] : []
    }),
  )
  return { items }
}

function toTemplate(
  template: TemplateName,
  channel: Channel,
  rows: Stored[],
  examples: object,
): MessageTemplate | null {
  const title = titles[template]
  if (!title) return null
  const exampleOf = new Map(Object.entries(examples))
  const ownIn = (language: TemplateLanguage) => {
    const own = rows.find((row) => row.template === template && row.channel === channel && row.language === language)
    return own ? { subject: own.subject, body: own.body, updatedAt: iso(own.updatedAt) } : null
  }
  return {
    template,
    channel,
    ...title,
    tokens: tokensOf(template).map((name) => ({ name, example: String(exampleOf.get(name)) })),
    linkRequired: needsLink(template),
    ours: defaultTemplate(template, channel),
    own: ownIn('all'),
    languages: languages.map((language) => ({
      language,
      ours: defaultTemplate(template, channel, language),
      own: ownIn(language),
    })),
  }
}

/** Saves a template. Messages already queued keep their text. Throws validation_failed. */
export function saveTemplate(ctx: Ctx, input: SaveMessageTemplate): Promise<MessageTemplate> {
  assertUsable(input)
  const { template, channel, language = 'all', subject, body } = input
  return transaction(ctx, async (tx) => {
    const words = { subject, body, updatedBy: actorKey(tx.actor), updatedAt: tx.clock() }
    const [row] = await tx.db
      .insert(messageTemplates)
      .values({ id: tx.newId('wording'), organizationId: tx.organizationId, template, channel, language, ...words })
      .onConflictDoUpdate({
        target: [
          messageTemplates.organizationId,
          messageTemplates.template,
          messageTemplates.channel,
          messageTemplates.language,
        ],
        set: words,
      })
      .returning()
    await writeAudit(tx, { action: 'wording.saved', subjectId: row?.id ?? '', data: { template, channel, language } })
    return loadTemplate(tx, template, channel)
  })
}

/** Deletes the template, so that the default applies again. */
export function resetTemplate(
  ctx: Ctx,
  { template, channel, language = 'all' }: MessageTemplateKey,
): Promise<MessageTemplate> {
  return transaction(ctx, async (tx) => {
    const [row] = await tx.db
      .delete(messageTemplates)
      .where(
        and(
          eq(messageTemplates.organizationId, tx.organizationId),
          eq(messageTemplates.template, template),
          eq(messageTemplates.channel, channel),
          eq(messageTemplates.language, language),
        ),
      )
      .returning({ id: messageTemplates.id })
    if (row) await writeAudit(tx, { action: 'wording.reset', subjectId: row.id, data: { template, channel, language } })
    return loadTemplate(tx, template, channel)
  })
}

async function loadTemplate(tx: Ctx, template: TemplateName, channel: Channel): Promise<MessageTemplate> {
  const { items } = await listTemplates(tx)
  const wording = items.find((one) => one.template === template && one.channel === channel)
  if (!wording) throw new AppError('not_found')
  return wording
}

/** Renders a preview with an example for each placeholder. Stores nothing. */
export async function previewTemplate(ctx: Ctx, input: SaveMessageTemplate): Promise<MessageTemplatePreview> {
  assertUsable(input)
  const { template, channel, language = 'all' } = input
  const words = wordsIn(language === 'all' ? 'en' : language)
  const { subject, body } = renderCustom(input, (await ownExamples(ctx, words.language))(template), {
    channel,
    withLink: true,
    words,
  })
  return { subject, body: body.replaceAll('{{link}}', `${ctx.config.publicUrl}/portal`) }
}

/** Sends the preview to the caller and returns the address. Throws forbidden for a key, which has no mailbox. */
export async function sendTestMessage(ctx: Ctx, input: SaveMessageTemplate, person: Mailbox): Promise<{ to: string }> {
  const words = await previewTemplate(ctx, input)
  await transaction(ctx, (tx) =>
    addToOutbox(
      tx,
      {
        organizationId: tx.organizationId,
        mentions: [],
        channel: 'email',
        template: input.template,
        to: person.email,
        name: person.name,
      },
      { subject: `Test: ${words.subject}`, body: words.body, language: supportedLanguage(input.language ?? '') },
    ),
  )
  return { to: person.email }
}

/** Throws validation_failed with what to fix, or not_found for a message that can't be customized. */
function assertUsable(input: SaveMessageTemplate): void {
  if (!titles[input.template]) throw new AppError('not_found')
  const unknown = unknownTokens(input.template, input)
  const [first] = unknown
  if (first !== undefined) refuse('body', `There is no {{${first}}} in this message. Use those that are listed.`)
  if (needsLink(input.template) && !/\{\{\s*link\s*\}\}/.test(input.body))
    refuse('body', 'Keep {{link}} in it: without the link nobody can sign in.')
  if (input.channel === 'sms' && input.body.length > smsMost)
    refuse('body', `Use ${smsMost} characters or fewer: a longer text arrives in pieces.`)
}

function refuse(path: string, message: string): never {
  throw new AppError('validation_failed', { detail: message, errors: [{ path, message }] })
}

const findCustomTemplate = prepared((db) =>
  db
    .select({ subject: messageTemplates.subject, body: messageTemplates.body, language: messageTemplates.language })
    .from(messageTemplates)
    .where(
      and(
        eq(messageTemplates.organizationId, sql.placeholder('organizationId')),
        eq(messageTemplates.template, sql.placeholder('template')),
        eq(messageTemplates.channel, sql.placeholder('channel')),
        eq(messageTemplates.language, sql.placeholder('language')),
      ),
    )
    .prepare(),
)

const customizedTemplates = prepared((db) =>
  db
    .select({
      template: messageTemplates.template,
      channel: messageTemplates.channel,
      language: messageTemplates.language,
    })
    .from(messageTemplates)
    .where(eq(messageTemplates.organizationId, sql.placeholder('organizationId')))
    .prepare(),
)

/** Which messages an organization has customized. Most have none. */
const written = transactionCache((db, organizationId) => customizedTemplates(db).all({ organizationId }))

/** The template for readers of `language`: the one in that language, or else the one for every language. */
export async function customTemplateFor(
  db: Ctx['db'],
  organizationId: string,
  template: TemplateName,
  channel: Channel,
  language: Language,
): Promise<{ subject: string; body: string; language: TemplateLanguage } | undefined> {
  const all = await written(db, organizationId)
  const own = all.filter((one) => one.template === template && one.channel === channel)
  const best = own.find((one) => one.language === language) ?? own.find((one) => one.language === 'all')
  return best && findCustomTemplate(db).get({ organizationId, template, channel, language: best.language })
}
