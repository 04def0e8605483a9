import { type Ctx, transaction } from '../../../shared/context.ts'

/**
 * Verbs that answer with what they changed, as staff see it: the change and the read are one transaction, so that the
 * answer holds nobody else's later change.
 */
export const answering =
  <Answer>(load: (ctx: Ctx, id: string) => Promise<Answer>) =>
  <Rest extends unknown[]>(verb: (ctx: Ctx, id: string, ...rest: Rest) => Promise<unknown>) =>
  (ctx: Ctx, id: string, ...rest: Rest): Promise<Answer> =>
    transaction(ctx, async (tx) => {
      await verb(tx, id, ...rest)
      return load(tx, id)
    })

/** The same for verbs that make something. */
export const answeringNew =
  <Answer>(load: (ctx: Ctx, id: string) => Promise<Answer>) =>
  <Input extends unknown[]>(verb: (ctx: Ctx, ...input: Input) => Promise<{ id: string }>) =>
  (ctx: Ctx, ...input: Input): Promise<Answer> =>
    transaction(ctx, async (tx) => load(tx, (await verb(tx, ...input)).id))
