import { endpoints, type JobTodo } from '@goodword/contracts'
import { type Ctx, transaction } from '../../../shared/context.ts'
import type { Router } from '../../../shared/router.ts'
import { markEventDone } from './attention.ts'
import { convertByTodo, dismissTodo, settleTodo } from './earning/answers.ts'
import { jobsOfReferral } from './earning/referralJobs.queries.ts'
import { listTodos, loadTodo } from './earning/todos.queries.ts'
import { finishJob, previewFinishedJob } from './entering.ts'
import {
  connectionActivity,
  getJobEvent,
  listJobEvents,
  loadJobEvent,
  summarizeJobEvents,
} from './jobEvents.queries.ts'
import { getJob, listJobs } from './jobs.queries.ts'
import { retryConnection, retryEvent } from './retrying.ts'
import { countScores } from './scores.queries.ts'
import { sendTestEvent } from './testing.ts'

const { jobs, jobEvents, jobTodos, referralJobs, connections } = endpoints

/** Answers with the to-do as it stands at the end of the same transaction. */
const answered = (ctx: Ctx, id: string, answer: (tx: Ctx) => Promise<void>): Promise<JobTodo> =>
  transaction(ctx, async (tx) => {
    await answer(tx)
    return loadTodo(tx, id)
  })

export const jobsRoutes = (router: Router) =>
  router
    .on(connections.activity, (ctx, { params }) => connectionActivity(ctx, params.id))
    .on(connections.retry, (ctx, { params }) => retryConnection(ctx, params.id))
    .on(connections.test, (ctx, { params }) => sendTestEvent(ctx, params.id))
    .on(jobEvents.list, (ctx, { query }) => listJobEvents(ctx, query))
    .on(jobEvents.summary, (ctx) => summarizeJobEvents(ctx))
    .on(jobEvents.get, (ctx, { params }) => loadJobEvent(ctx, params.id))
    .on(jobEvents.retry, (ctx, { params }) =>
      transaction(ctx, async (tx) => {
        await retryEvent(tx, params.id)
        return getJobEvent(tx, params.id)
      }),
    )
    .on(jobEvents.done, (ctx, { params }) =>
      transaction(ctx, async (tx) => {
        await markEventDone(tx, params.id)
        return getJobEvent(tx, params.id)
      }),
    )
    .on(jobTodos.list, (ctx, { query }) => listTodos(ctx, query))
    .on(jobTodos.get, (ctx, { params }) => loadTodo(ctx, params.id))
    .on(jobTodos.convert, (ctx, { params, body }) =>
      answered(ctx, params.id, (tx) => convertByTodo(tx, params.id, body)),
    )
    .on(jobTodos.settle, (ctx, { params, body }) => answered(ctx, params.id, (tx) => settleTodo(tx, params.id, body)))
    .on(jobTodos.dismiss, (ctx, { params }) => answered(ctx, params.id, (tx) => dismissTodo(tx, params.id)))
    .on(referralJobs.list, (ctx, { params }) => jobsOfReferral(ctx, params.id))
    .on(jobs.list, (ctx, { query }) => listJobs(ctx, query))
    .on(jobs.scores, (ctx) => countScores(ctx))
    .on(jobs.get, (ctx, { params }) => getJob(ctx, params.id))
    .on(jobs.finish, (ctx, { body }) => finishJob(ctx, body))
    .on(jobs.previewFinish, (ctx, { body }) => previewFinishedJob(ctx, body), { storeResponse: false })
