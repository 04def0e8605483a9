import { endpoints } from '@goodword/contracts'
import { transaction } from '../../../shared/context.ts'
import type { Router } from '../../../shared/router.ts'
import { getJob } from '../jobs/jobs.queries.ts'
import { askAdvocate, askAdvocates } from './byHand.ts'
import { holdBack } from './holding.ts'
import { getAsk } from './invitations.queries.ts'

const { advocates, jobs } = endpoints

export const invitationsRoutes = (router: Router) =>
  router
    .on(advocates.ask, (ctx, { params }) =>
      transaction(ctx, async (tx) => getAsk(tx, (await askAdvocate(tx, params.id)).id)),
    )
    .on(advocates.askMany, (ctx, { body }) => askAdvocates(ctx, body.ids))
    .on(jobs.holdBack, (ctx, { params, body }) =>
      transaction(ctx, async (tx) => {
        await holdBack(tx, params.id, body.dontAsk)
        return getJob(tx, params.id)
      }),
    )
