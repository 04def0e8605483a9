import { endpoints } from '@goodword/contracts'
import type { Ctx } from '../../../shared/context.ts'
import type { RateLimits } from '../../../shared/rateLimits.ts'
import type { Router } from '../../../shared/router.ts'
import { requestOrigin } from '../../../shared/traces.ts'
import { identifiedFriends, identifyVisitor } from './identity.ts'
import { type VerifiedIdentity, verifyIdentity } from './token.ts'

export function identityRoutes(router: Router, limits: RateLimits): Router {
  /** Each person is counted on their own: many customers share a network. */
  const verify = async (ctx: Ctx, token: string): Promise<VerifiedIdentity> => {
    const identity = await verifyIdentity(ctx, token)
    const person = identity.contactId ?? ctx.signer.hash('identity', identity.email ?? '')
    await limits.take('identity', `${ctx.organizationId}:${person}`)
    return identity
  }
  return router
    .on(endpoints.identity.identify, async (ctx, { query, body }, http) => {
      const identity = await verify(ctx, body.token)
      return identifyVisitor(ctx, identity, {
        campaign: body.campaign,
        lang: query.lang,
        from: requestOrigin(http, ctx),
      })
    })
    .on(endpoints.identity.friends, async (ctx, { query, body }) => {
      const identity = await verify(ctx, body.token)
      return identifiedFriends(ctx, identity, { code: body.code, cursor: body.cursor, lang: query.lang })
    })
}
