import { endpoints } from '@goodword/contracts'
import type { Ctx } from '../../../shared/context.ts'
import { AppError } from '../../../shared/errors.ts'
import type { Router } from '../../../shared/router.ts'
import { memberIdentity } from '../../platform/members/members.ts'
import { sendTestMessage } from '../../platform/messages/customTemplates.ts'

export const messageRoutes = (router: Router) =>
  router.on(endpoints.messageTemplates.test, async (ctx, { body }) => sendTestMessage(ctx, body, await ownMailbox(ctx)))

/** The caller's email address. Throws forbidden for a key, which has no mailbox. */
export async function ownMailbox(ctx: Ctx) {
  if (ctx.actor.type === 'member') return memberIdentity(ctx, ctx.actor.id)
  throw new AppError('forbidden', { detail: 'A test goes to the member who asks for it. Sign in to send one.' })
}
