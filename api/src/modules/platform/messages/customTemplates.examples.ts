import type { TemplateName } from '@goodword/contracts'
import { wordsIn } from '@goodword/words/server'
import type { Ctx } from '../../../shared/context.ts'
import { getOrganization } from '../organizations/organizations.ts'
import { exampleAddress, exampleOrganization, examplesIn } from './messages.examples.ts'
import type { TemplateValues } from './messages.templates.ts'

/** Example values of a message, as this organization would send it: with its own name, and links to its own address. */
export async function ownExamples(ctx: Ctx, language: string = 'en') {
  const { name: organization } = await getOrganization(ctx, ctx.organizationId)
  const examples = examplesIn(wordsIn(language))
  const own = (value: unknown) =>
    typeof value === 'string'
      ? value.replaceAll(exampleOrganization, () => organization).replaceAll(exampleAddress, () => ctx.config.publicUrl)
      : value
  return <T extends TemplateName>(template: T): TemplateValues[T] =>
    Object.fromEntries(
      Object.entries(examples[template]).map(([name, value]) => [name, own(value)]),
    ) as unknown as TemplateValues[T]
}
