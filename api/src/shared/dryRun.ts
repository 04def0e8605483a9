import { type Ctx, transaction } from './context.ts'

class DryRunRollback extends Error {
  override readonly name = 'DryRunRollback'
  constructor(readonly result: unknown) {
    super('A dry run leaves nothing behind.')
  }
}

/**
 * Runs `work` in a transaction of its own, rolls it back, and returns the result. Within a running transaction, which
 * could not be rolled back alone, it throws: a route of it needs `storeResponse: false`.
 */
export async function dryRun<T>(ctx: Ctx, work: (tx: Ctx) => Promise<T>): Promise<T> {
  if (ctx.inTransaction) throw new Error('A dry run needs a transaction of its own.')
  try {
    return await transaction<T>(ctx, async (tx) => {
      throw new DryRunRollback(await work(tx))
    })
  } catch (error) {
    if (error instanceof DryRunRollback) return error.result as T
    throw error
  }
}
