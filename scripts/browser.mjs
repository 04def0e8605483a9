import { spawn } from 'node:child_process'
import { access, constants, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { delimiter, dirname, join } from 'node:path'
import { chromium } from 'playwright'

const programs = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge']

/** Usual install locations of Chromium and its relatives, most common first. */
function commonPaths() {
  const onPath = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  if (process.platform === 'darwin') {
    const apps = ['Google Chrome', 'Chromium', 'Microsoft Edge']
    return apps.map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`)
  }
  if (process.platform === 'win32') {
    const roots = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA].filter(Boolean)
    const inside = ['Google/Chrome/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe']
    return roots.flatMap((root) => inside.map((path) => join(root, path)))
  }
  return ['/usr/bin', '/usr/local/bin', '/snap/bin', ...onPath].flatMap((folder) =>
    programs.map((program) => join(folder, program)),
  )
}

async function isProgram(path) {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  )
}

async function found() {
  const chosen = process.env.GOODWORD_BROWSER
  if (chosen) {
    if (await isProgram(chosen)) return chosen
    throw new Error(`GOODWORD_BROWSER is ${chosen}, which cannot be run. Correct or unset it.`)
  }
  for (const path of [...commonPaths(), chromium.executablePath()]) if (path && (await isProgram(path))) return path
  return null
}

/**
 * The path of a Chromium: GOODWORD_BROWSER if set, or an installed one, or one that was downloaded for the tests.
 * Throws one sentence if there is none.
 */
export async function findBrowser() {
  const path = await found()
  if (path) return path
  throw new Error('No Chromium was found. Install Chromium or Chrome, or set GOODWORD_BROWSER to the path of one.')
}

/** Like findBrowser, but downloads or installs one if there is none. This can take minutes and needs the network. */
export async function ensureBrowser() {
  const path = await found()
  if (path) return path
  for (const attempt of [download, installFromDebian]) {
    await attempt()
    const installed = await found()
    if (installed) return installed
  }
  throw new Error(
    'No Chromium was found and none could be downloaded. Install Chromium or Chrome, or set GOODWORD_BROWSER to the path of one.',
  )
}

async function download() {
  const manifest = createRequire(import.meta.url).resolve('playwright/package.json')
  await run(process.execPath, [join(dirname(manifest), 'cli.js'), 'install', 'chromium'], 300)
}

async function installFromDebian() {
  const isDebian = await readFile('/etc/debian_version').catch(() => null)
  if (!isDebian || process.getuid?.() !== 0) return
  if (await run('apt-get', ['update'], 120)) await run('apt-get', ['install', '-y', 'chromium'], 600)
}

/** Resolves to whether the command succeeded within this many seconds. */
function run(command, args, seconds) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: 'inherit',
      timeout: seconds * 1_000,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
    child.once('error', () => resolve(false))
    child.once('exit', (code) => resolve(code === 0))
  })
}
