import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { binary, prepare, root, runHere } from './prepare.mjs'
import { secondsSoFar, sumSavedSeconds } from './processorTime.mjs'

/** The budget of the whole suite in processor minutes, without installation: every change waits for this. */
const budgetMinutes = 14

const node = process.execPath
const reports = mkdtempSync(join(tmpdir(), 'goodword-test-'))
const notes = join(reports, 'processor-seconds')
process.env.GOODWORD_PROCESSOR_NOTES = notes
const sum = { passed: 0, failed: 0, skipped: 0 }

let prepared = false

// Printed on every exit, even if the installation or build fails.
process.once('exit', (code) => {
  if (!prepared) sum.failed += 1
  const skipped = sum.skipped ? `, ${sum.skipped} skipped` : ''
  console.log(`\n${sum.passed} passed, ${sum.failed} failed${skipped}`)
  process.exitCode = code || (sum.failed ? 1 : 0)
})

await prepare()
prepared = true
await check('Types', [node, binary('tsc'), '--noEmit'])
await check('Lint', [node, binary('biome'), 'check', '.'])
await runTests(await hasBrowser())
printProcessorTime()
rmSync(reports, { recursive: true, force: true })

/** Everything takes longer on a busy machine, so this is only a message and not a failure. */
function printProcessorTime() {
  const seconds = secondsSoFar()
  if (seconds === null) return
  const minutes = (seconds + sumSavedSeconds(notes)) / 60
  const over = minutes > budgetMinutes ? ': too much' : ''
  console.log(`\nProcessor time: ${minutes.toFixed(1)} of ${budgetMinutes} minutes${over}`)
}

/** A check without parts counts as one test. */
async function check(title, command) {
  const started = performance.now()
  const code = await runHere(command)
  console.log(
    `${title}: ${code === 0 ? 'in order' : 'NOT in order'} (${((performance.now() - started) / 1000).toFixed(1)} s)`,
  )
  sum[code === 0 ? 'passed' : 'failed'] += 1
}

async function hasBrowser() {
  const { ensureBrowser } = await import('./browser.mjs')
  try {
    process.env.GOODWORD_BROWSER = await ensureBrowser()
    return true
  } catch (error) {
    console.error(`The browser tests cannot run: ${error.message}`)
    sum.failed += 1
    return false
  }
}

async function runTests(withBrowser) {
  const report = join(reports, 'vitest.json')
  const projects = withBrowser ? [] : ['--project', 'unit', '--project', 'api']
  const reporters = ['--reporter', 'default', '--reporter', 'json', `--outputFile.json=${report}`]
  const code = await runHere([
    node,
    binary('vitest'),
    'run',
    '--root',
    root,
    ...projects,
    ...reporters,
    ...process.argv.slice(2),
  ])
  const failedBefore = sum.failed
  for (const file of filesOf(report)) {
    const results = file.assertionResults
    // A file that failed to load has no results of its own.
    if (file.status === 'failed' && !results.some((result) => result.status === 'failed')) sum.failed += 1
    for (const result of results) count(result.status)
  }
  if (code !== 0 && sum.failed === failedBefore) sum.failed += 1
}

function count(status) {
  if (status === 'passed') sum.passed += 1
  else if (status === 'failed') sum.failed += 1
  else sum.skipped += 1
}

function filesOf(report) {
  try {
    return JSON.parse(readFileSync(report, 'utf8')).testResults
  } catch (error) {
    console.error(`The tests wrote no report: ${error.message}`)
    return []
  }
}
