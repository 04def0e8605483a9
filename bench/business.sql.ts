export const day = 86_400_000
export const span = 730 * day

/** The people and times in the rows. `campaigns` must be four; the last one has rewards other than credit. */
export type BusinessSpec = {
  /** Tells the businesses of one database apart: ids, codes and hashes of each are its own. */
  number: number
  organizationId: string
  memberId: string
  endpointId: string
  connectionId: string
  campaigns: string[]
  referrals: number
  now: number
}

export const text = (value: string) => `'${value.replaceAll("'", "''")}'`
export const oneOf = (words: string[], which: string) =>
  `CASE (${which}) % ${words.length} ${words.map((word, n) => `WHEN ${n} THEN ${text(word)}`).join(' ')} END`
export const below = (count: number) =>
  `WITH RECURSIVE seq(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM seq WHERE i < ${count - 1})`
/** A deterministic number between 0 and 1 that looks random. Each odd `stream` gives a different one. */
export const chance = (n: string, stream: number) => `((${n}) * ${stream} % 4294967296 / 4294967296.0)`
export const perBusiness = 10_000_000
/** Ids that sort by time, and are as long as the product's. */
export const idsOf = (business: number) => (prefix: string, at: string, n: string) =>
  `'${prefix}_' || ${[45, 40, 35, 30, 25, 20, 15, 10, 5, 0]
    .map((bits) => `substr('0123456789abcdefghjkmnpqrstvwxyz', ((${at} >> ${bits}) & 31) + 1, 1)`)
    .join(' || ')} || printf('%010d', ${n} + ${business * perBusiness})`
