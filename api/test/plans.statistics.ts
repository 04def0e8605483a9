import Libsql from 'libsql'

/** A column with fewer distinct values than one in this many rows is taken to keep them as the business grows. */
const distinctive = 1_000

/**
 * Leaves the statistics in the file that ANALYZE would collect at `factor` times as many rows. What few rows share, such
 * as an organization or a status, is shared by more; what tells rows apart, such as an id, still does.
 */
export function growStatistics(file: string, factor: number, rowsPerIndex: number): void {
  const database = new Libsql(file)
  try {
    database.exec(`PRAGMA analysis_limit = ${rowsPerIndex}`)
    database.exec('ANALYZE')
    const rows = database.prepare('SELECT rowid, stat FROM sqlite_stat1').raw().all() as [number, string][]
    const update = database.prepare('UPDATE sqlite_stat1 SET stat = ? WHERE rowid = ?')
    database.exec('BEGIN')
    for (const [rowid, stat] of rows) update.run([grown(stat, factor, rowsPerIndex), rowid])
    database.exec('COMMIT')
  } finally {
    database.close()
  }
}

/** "rows, then the average of rows with the same first column, the same first two columns, …", and then flags. */
function grown(stat: string, factor: number, rowsPerIndex: number): string {
  const [rows = 0] = stat.split(' ').map(Number)
  if (rows < 50) return stat
  return stat
    .split(' ')
    .map((word, index) => {
      const value = Number(word)
      if (!Number.isInteger(value)) return word
      // A limited analysis never sees more rows with the same values.
      const shared = index === 0 || (rowsPerIndex === 0 && value * distinctive > rows)
      return String(shared && value > 2 ? value * factor : value)
    })
    .join(' ')
}
