import { appendFileSync, readdirSync, readFileSync } from 'node:fs'

/** Linux counts in hundredths of a second. */
const ticksPerSecond = 100

/** What /proc says of a process; null when it is gone, and on systems without /proc. */
function statOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name in parentheses may hold anything; the state is the first word after it.
    const [, parent, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const [user, system, childrenUser, childrenSystem] = rest.slice(9, 13).map(Number)
    const own = (user + system) / ticksPerSecond
    return { parent: Number(parent), own, children: (childrenUser + childrenSystem) / ticksPerSecond }
  } catch {
    return null
  }
}

/** Processor seconds, user and system, of this process and of all that it waited for; null where nobody counts them. */
export function secondsSoFar() {
  const stat = statOf('self')
  return stat && stat.own + stat.children
}

/**
 * Processor seconds of what the children of this process started. A browser ends without waiting for its helpers, and what
 * they took is then in nobody's sum, so this is asked while they still run.
 */
function secondsOfGrandchildren() {
  const all = new Map()
  try {
    for (const pid of readdirSync('/proc').map(Number)) {
      const stat = pid ? statOf(pid) : null
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

/** Notes the helpers of a browser that is about to be closed, for the sum that `npm test` prints. */
export function noteGrandchildren() {
  const file = process.env.GOODWORD_PROCESSOR_NOTES
  if (file) appendFileSync(file, `${secondsOfGrandchildren()}\n`)
}

/** The sum of what was noted in a file. */
export function secondsNoted(file) {
  try {
    return readFileSync(file, 'utf8')
      .split('\n')
      .reduce((sum, line) => sum + Number(line), 0)
  } catch {
    return 0
  }
}
