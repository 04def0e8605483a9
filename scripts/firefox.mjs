import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

const apps = ['/Applications/Firefox.app/Contents/MacOS/firefox', 'C:/Program Files/Mozilla Firefox/firefox.exe']

/** The path of an installed Firefox, or GOODWORD_FIREFOX; null if there is none. */
export function findFirefox() {
  const chosen = process.env.GOODWORD_FIREFOX
  if (chosen) return isProgram(chosen) ? chosen : null
  return findOnPath(['firefox-esr', 'firefox']) ?? apps.find(isProgram) ?? null
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
