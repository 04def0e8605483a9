import { templateNames } from '@goodword/contracts'
import { and, desc, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestServices, createWorld, type TestServices, type World } from '../../../../test/harness.ts'
import { type Ctx, transaction } from '../../../shared/context.ts'
import { ownMailbox } from '../../surfaces/console/messages.routes.ts'
import { defaultTemplate, renderCustom, tokensOf } from './customTemplates.render.ts'
import { listTemplates, previewTemplate, resetTemplate, saveTemplate, sendTestMessage } from './customTemplates.ts'
import { exampleValues } from './messages.examples.ts'
import { messages } from './messages.table.ts'
import type { TemplateValues } from './messages.templates.ts'
import { queueMessage } from './messages.ts'

let test: TestServices
let world: World
let other: World
beforeAll(async () => {
  test = await createTestServices()
  world = await createWorld(test.services)
  other = await createWorld(test.services, 'Oak Street Dental')
})
afterAll(() => test.close())

const earned = { template: 'reward_earned', channel: 'email' } as const
const own = {
  ...earned,
  subject: '{{amount}} for you, {{advocateFirstName}}',
  body: 'Well done, {{advocateFirstName}}.\n\nWait until {{until}}.\n\nLook here:\n{{link}}',
}
const mail = { channel: 'email', withLink: true } as const

async function renderedFor(of: World, values: TemplateValues['reward_earned']) {
  await transaction(of.ctx, (tx) =>
    queueMessage(tx, {
      organizationId: tx.organizationId,
      mentions: [],
      channel: 'email',
      template: 'reward_earned',
      to: 'anna@mail.example',
      name: 'Anna Kowalski',
      values,
      link: 'portal_view',
    }),
  )
  const [row] = await test.services.database.read
    .select({ subject: messages.subject, body: messages.body })
    .from(messages)
    .where(and(eq(messages.organizationId, of.ctx.organizationId), eq(messages.template, 'reward_earned')))
    .orderBy(desc(messages.id))
    .limit(1)
  return row
}

describe("an organization's template", () => {
  it('replaces the default in its own messages only, until it is deleted', async () => {
    const values = { ...exampleValues.reward_earned, until: null }
    const ours = await renderedFor(world, values)
    await saveTemplate(world.ctx, own)
    expect(await renderedFor(world, values)).toEqual({
      subject: '$112.50 for you, Anna',
      body: 'Well done, Anna.\n\nLook here:\n{{link}}',
    })
    expect((await renderedFor(other, values))?.subject).toBe(ours?.subject)
    await resetTemplate(world.ctx, earned)
    expect(await renderedFor(world, values)).toEqual(ours)
  })

  it('can be saved again, and is shown beside the default', async () => {
    await saveTemplate(world.ctx, own)
    await saveTemplate(world.ctx, { ...own, subject: 'Again' })
    const { items } = await listTemplates(world.ctx)
    const shown = items.find(({ template, channel }) => template === 'reward_earned' && channel === 'email')
    expect(shown?.own).toMatchObject({ subject: 'Again', body: own.body })
    expect(shown?.tokens.map(({ name }) => name)).toEqual(['organizationName', 'advocateFirstName', 'amount', 'until'])
    expect((await listTemplates(other.ctx)).items.every((item) => item.own === null)).toBe(true)
    await resetTemplate(world.ctx, earned)
  })

  it('leaves out a paragraph whose placeholder is empty', () => {
    const without = renderCustom(
      own,
      { ...exampleValues.reward_earned, until: null },
      { channel: 'email', withLink: false },
    )
    expect(without.body).toBe('Well done, Anna.')
  })

  it("never lets a stranger's name add a link, a placeholder or a paragraph", () => {
    for (const name of ['https://evil.example', '{{link}}', 'a\n\nPay here:\nevil.example', '\u202eevil.example']) {
      const { subject, body } = renderCustom(own, { ...exampleValues.reward_earned, advocateFirstName: name }, mail)
      expect(`${subject}\n${body}`).not.toMatch(/evil|\{\{(?!link)/)
      expect(body.match(/\{\{link\}\}/g)).toHaveLength(1)
    }
  })

  it('is rejected with an unknown placeholder, without its link, or if too long for a text', () => {
    const refusals = [
      [
        { ...own, body: 'Hi {{friendPhone}}' },
        'There is no {{friendPhone}} in this message. Use those that are listed.',
      ],
      [
        { template: 'portal_sign_in', channel: 'email', subject: 'Link', body: 'Hi' },
        'Keep {{link}} in it: without the link nobody can sign in.',
      ],
      [
        { ...own, channel: 'sms', body: 'x'.repeat(481) },
        'Use 480 characters or fewer: a longer text arrives in pieces.',
      ],
    ] as const
    for (const [input, message] of refusals) {
      expect(() => saveTemplate(world.ctx, input)).toThrow(message)
    }
    expect(() => saveTemplate(world.ctx, { ...own, template: 'member_sign_in' })).toThrow()
  })
})

describe('the default template with its placeholders', () => {
  it('renders the same text as the built-in message, for every message and channel', () => {
    for (const template of templateNames) {
      const { subject, body } = defaultTemplate(template, 'email')
      expect(`${subject}${body}`).not.toMatch(/[⟦⟧]|undefined|null/)
      for (const name of body.match(/\{\{(\w+)\}\}/g) ?? []) {
        expect([...tokensOf(template), 'link']).toContain(name.slice(2, -2))
      }
    }
    expect(
      renderCustom(defaultTemplate('reward_released', 'email'), exampleValues.reward_released, mail).body,
    ).toContain('You can use $112.50 at Harbor & Sons starting today.')
  })
})

describe('before it is saved', () => {
  it('a template can be previewed with example values, in the name of the organization that will send it', async () => {
    expect(await previewTemplate(world.ctx, own)).toEqual({
      subject: '$112.50 for you, Anna',
      body: `Well done, Anna.\n\nWait until Jun 12.\n\nLook here:\n${test.services.config.publicUrl}/portal`,
    })
    const asked = { template: 'invitation_ask', channel: 'sms', subject: 'A link' } as const
    expect(await previewTemplate(world.ctx, { ...asked, body: '{{organizationName}}: {{shareLink}}' })).toMatchObject({
      body: `${world.organization.name}: ${test.services.config.publicUrl}/r/ANNA234`,
    })
    const { items } = await listTemplates(world.ctx)
    const shown = items.find(({ template, channel }) => template === 'invitation_ask' && channel === 'sms')
    expect(shown?.tokens[0]).toEqual({ name: 'organizationName', example: world.organization.name })
  })

  it('a template can be sent to its author, and to nobody else', async () => {
    const { to } = await sendTestMessage(world.ctx, own, await ownMailbox(world.ctx))
    expect(to).toBe(world.owner.email)
    const [row] = await test.services.database.read
      .select()
      .from(messages)
      .where(eq(messages.to, to))
      .orderBy(desc(messages.id))
      .limit(1)
    expect(row).toMatchObject({ subject: 'Test: $112.50 for you, Anna', state: 'queued', contactId: null })
    const key: Ctx = { ...world.ctx, actor: { type: 'key', id: 'key_1', scopes: [] } }
    await expect(ownMailbox(key)).rejects.toMatchObject({ code: 'forbidden' })
  })
})
