import type { FieldError, SubmitReferral } from '@goodword/contracts'
import { campaignOpenness } from '@goodword/domain'
import { type FieldProblem, wordsIn } from '@goodword/words/server'
import { and, eq } from 'drizzle-orm'
import type { Ctx } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import { campaigns } from '../../program/campaigns/campaigns.table.ts'
import { type CampaignContext, type CampaignRow, loadCampaignContext } from '../../program/campaigns/campaigns.ts'

/**
 * The campaign for a friend who names their advocate instead of bringing a code: the requested one if it is open, or
 * the only open one. Null if there is none, or several.
 */
export async function findCampaignByHand(ctx: Ctx, campaignId: string | undefined): Promise<CampaignContext | null> {
  const open = await openCampaigns(ctx)
  const chosen = campaignId === undefined ? open : open.filter(({ id }) => id === campaignId)
  const [only, another] = chosen
  return only && !another ? loadCampaignContext(ctx, only.id) : null
}

/** The campaigns that take referrals now. */
export async function openCampaigns(ctx: Ctx): Promise<CampaignRow[]> {
  const active = await ctx.db
    .select()
    .from(campaigns)
    .where(and(eq(campaigns.organizationId, ctx.organizationId), eq(campaigns.status, 'active')))
  return active.filter((campaign) => campaignOpenness(campaign, ctx.clock()).open)
}

/** Throws validation_failed with every field of the campaign's form that is missing or has an invalid choice. */
export function requireFields({ form }: CampaignRow, input: SubmitReferral, lang: string | undefined): void {
  const words = wordsIn(lang)
  const errors: FieldError[] = []
  const report = (path: keyof SubmitReferral, problem: FieldProblem) =>
    errors.push({ path, message: words.field(problem) })
  for (const name of ['email', 'phone', 'message'] as const)
    if (form[name] === 'required' && !input[name]) report(name, name)
  if (form.question?.required && !input.answer) report('answer', 'question')
  const choices = form.question?.choices ?? []
  if (input.answer && choices.length > 0 && !choices.includes(input.answer)) report('answer', 'choice')
  if (form.consent && !form.consent.texts && input.consent !== true) report('consent', 'consent')
  if (errors.length > 0)
    throw new AppError('validation_failed', { errors, detail: errors.map(({ message }) => message).join(' ') })
}
