import { appendFileSync, readdirSync, readFileSync } from 'node:fs'

/** Linux counts in hundredths of a second. */
const ticksPerSecond = 100

/** A process's entry in /proc; null if it has ended, and on systems without /proc. */
function readStat(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name in parentheses may contain anything; the state is the first word after it.
    const [, parent, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const [user, system, childrenUser, childrenSystem] = rest.slice(9, 13).map(Number)
    const own = (user + system) / ticksPerSecond
    return { parent: Number(parent), own, children: (childrenUser + childrenSystem) / ticksPerSecond }
  } catch {
    return null
  }
}

/**
 * Processor seconds, user and system, of this process and its finished children; null if the system doesn't count
 * them.
 */
export function secondsSoFar() {
  const stat = readStat('self')
  return stat && stat.own + stat.children
}

/**
 * Processor seconds of the grandchildren. A browser exits without waiting for its helper processes, so their time
 * is missing from every sum unless it is read while they still run.
 */
function secondsOfGrandchildren() {
  const all = new Map()
  try {
    for (const pid of readdirSync('/proc').map(Number)) {
      const stat = pid ? readStat(pid) : null
      if (stat) all.set(pid, stat)
    }
  } catch {
    return 0
  }
  let sum = 0
  for (const { parent, own, children } of all.values()) {
    let depth = 1
    for (let at = parent; at !== process.pid && depth > 0; depth += 1) {
      const above = all.get(at)
      if (!above) depth = -1
      else at = above.parent
    }
    if (depth > 1) sum += own + children
  }
  return sum
}

/** Saves the processor time of a browser's helper processes before it closes, for the sum that `npm test` prints. */
export function saveGrandchildrenTime() {
  const file = process.env.GOODWORD_PROCESSOR_NOTES
  if (file) appendFileSync(file, `${secondsOfGrandchildren()}\n`)
}

/** The sum of the seconds in a file. */
export function sumSavedSeconds(file) {
  try {
    return readFileSync(file, 'utf8')
      .split('\n')
      .reduce((sum, line) => sum + Number(line), 0)
  } catch {
    return 0
  }
}
