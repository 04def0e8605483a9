import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

const apps = ['/Applications/Firefox.app/Contents/MacOS/firefox', 'C:/Program Files/Mozilla Firefox/firefox.exe']

/** The oldest Firefox that answers everything Playwright asks of it. Debian's older one, 140, doesn't start. */
const oldest = 153

/** The path of an installed Firefox that is new enough, or GOODWORD_FIREFOX; null if there is none. */
export function findFirefox() {
  const chosen = process.env.GOODWORD_FIREFOX
  if (chosen) return isProgram(chosen) ? chosen : null
  const found = findOnPath(['firefox-esr', 'firefox']) ?? apps.find(isProgram) ?? null
  return found && majorVersion(found) >= oldest ? found : null
}

function majorVersion(program) {
  const { stdout } = spawnSync(program, ['--version'], { encoding: 'utf8', timeout: 20_000 })
  return Number(/ (\d+)\./.exec(stdout ?? '')?.[1] ?? 0)
}

/** The path of the first of these programs that is installed; null if none is. */
export function findOnPath(programs) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  return folders.flatMap((folder) => programs.map((name) => join(folder, name))).find(isProgram) ?? null
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
