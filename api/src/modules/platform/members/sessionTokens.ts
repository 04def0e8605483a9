import type { DBAdapter, Where } from 'better-auth'
import { hashToken } from '../../../shared/signer.ts'

/**
 * Stores session tokens only as hashes, so that nobody who reads the database can sign in. The library still sees the
 * token it created or received.
 */
export function keepTokensHashed(inner: DBAdapter): DBAdapter {
  const adapter: DBAdapter = {
    ...inner,
    create: async (given) => {
      const token = given.model === 'session' ? tokenOf(given.data) : null
      if (token === null) return inner.create(given)
      const data = { ...given.data, token: hashToken(token) } as typeof given.data
      return withToken(await inner.create({ ...given, data }), token)
    },
    findOne: async (given) => withToken(await inner.findOne({ ...given, where: hashed(given) }), shownIn(given)),
    findMany: (given) =>
      inner.findMany(given.where ? { ...given, where: hashed({ ...given, where: given.where }) } : given),
    update: async (given) => withToken(await inner.update({ ...given, where: hashed(given) }), shownIn(given)),
    updateMany: (given) => inner.updateMany({ ...given, where: hashed(given) }),
    delete: (given) => inner.delete({ ...given, where: hashed(given) }),
    deleteMany: (given) => inner.deleteMany({ ...given, where: hashed(given) }),
    transaction: (work) => work(adapter),
  }
  return adapter
}

type AuthQuery = { model: string; where: Where[] }

const isToken = (model: string, { field }: Where) => model === 'session' && field === 'token'

const hashed = ({ model, where }: AuthQuery): Where[] =>
  where.map((one) =>
    isToken(model, one) && typeof one.value === 'string' ? { ...one, value: hashToken(one.value) } : one,
  )

/** The token in a library query. */
function shownIn({ model, where }: AuthQuery): string | null {
  const value = where.find((one) => isToken(model, one))?.value
  return typeof value === 'string' ? value : null
}

const tokenOf = (data: object): string | null => ('token' in data && typeof data.token === 'string' ? data.token : null)

const withToken = <Row>(row: Row, token: string | null): Row => (row && token !== null ? { ...row, token } : row)
