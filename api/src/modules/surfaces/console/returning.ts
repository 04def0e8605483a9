import { type Ctx, transaction } from '../../../shared/context.ts'

/**
 * Verbs that return the changed resource as staff see it. The change and the read share one transaction, so that the
 * response contains no later change by somebody else.
 */
export const returningChanged =
  <Answer>(load: (ctx: Ctx, id: string) => Promise<Answer>) =>
  <Rest extends unknown[]>(verb: (ctx: Ctx, id: string, ...rest: Rest) => Promise<unknown>) =>
  (ctx: Ctx, id: string, ...rest: Rest): Promise<Answer> =>
    transaction(ctx, async (tx) => {
      await verb(tx, id, ...rest)
      return load(tx, id)
    })

/** The same for verbs that create a resource. */
export const returningCreated =
  <Answer>(load: (ctx: Ctx, id: string) => Promise<Answer>) =>
  <Input extends unknown[]>(verb: (ctx: Ctx, ...input: Input) => Promise<{ id: string }>) =>
  (ctx: Ctx, ...input: Input): Promise<Answer> =>
    transaction(ctx, async (tx) => load(tx, (await verb(tx, ...input)).id))
