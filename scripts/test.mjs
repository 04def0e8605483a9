import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { findFirefox } from './firefox.mjs'
import { binary, prepare, root, runHere } from './prepare.mjs'
import { secondsSoFar, sumSavedSeconds } from './processorTime.mjs'
import { findWebkit } from './webkit.mjs'

/** The budget of the whole suite in processor minutes, without installation: every change waits for this. */
const budgetMinutes = 17

const node = process.execPath
const reports = mkdtempSync(join(tmpdir(), 'goodword-test-'))
const notes = join(reports, 'processor-seconds')
process.env.GOODWORD_PROCESSOR_NOTES = notes
const sum = { passed: 0, failed: 0, skipped: 0 }
const failures = []
const secondTries = []

let prepared = false

// Printed on every exit, even if the installation or build fails.
process.once('exit', (code) => {
  if (!prepared) sum.failed += 1
  printList('Passed only on the second try', secondTries)
  printList('Failed', failures)
  const skipped = sum.skipped ? `, ${sum.skipped} skipped` : ''
  console.log(`\n${sum.passed} passed, ${sum.failed} failed${skipped}`)
  process.exitCode = code || (sum.failed ? 1 : 0)
})

await prepare()
prepared = true
await check('Types', [node, binary('tsc'), '--noEmit'])
await check('Lint', [node, binary('biome'), 'check', '.'])
const withBrowser = await hasBrowser()
await runTests(['unit', 'api', ...(withBrowser ? ['language', 'browser'] : [])])
printProcessorTime()
await runEngine('Firefox', findFirefox())
await runEngine('WebKit', findWebkit())
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
  if (code !== 0) failures.push(title)
}

/**
 * Runs the tests of the widget and the hosted page in another engine, where it is installed. Its processor time is apart
 * from the budget, because most machines have none.
 */
async function runEngine(name, installed) {
  if (!installed) {
    console.log(`\n${name} is not installed, or too old: the tests in it were skipped.`)
    sum.skipped += 1
    return
  }
  const [engine, before] = [name.toLowerCase(), secondsSoFar() ?? 0]
  const leftOut = join(reports, `${engine}-left-out`)
  process.env.GOODWORD_LEFT_OUT = leftOut
  process.env.GOODWORD_PROCESSOR_NOTES = join(reports, `${engine}-processor-seconds`)
  await runTests([engine], ['--passWithNoTests'])
  if (existsSync(leftOut)) {
    const reasons = [...new Set(readFileSync(leftOut, 'utf8').trim().split('\n'))]
    console.log(`\nLeft out in ${name}:\n${reasons.map((reason) => `  ${reason}`).join('\n')}`)
  }
  const seconds = (secondsSoFar() ?? 0) - before + sumSavedSeconds(process.env.GOODWORD_PROCESSOR_NOTES)
  if (seconds > 0)
    console.log(`\nProcessor time in ${name}, apart from the budget: ${(seconds / 60).toFixed(1)} minutes`)
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

async function runTests(names, options = []) {
  const report = join(reports, `${names.join('-')}.json`)
  const projects = names.flatMap((name) => ['--project', name])
  const reporters = ['--reporter', 'default', '--reporter', 'json', `--outputFile.json=${report}`]
  const code = await runHere([
    node,
    binary('vitest'),
    'run',
    '--root',
    root,
    ...projects,
    ...reporters,
    ...options,
    ...process.argv.slice(2),
  ])
  const failedBefore = sum.failed
  for (const file of filesOf(report)) {
    const results = file.assertionResults
    // A file that failed to load has no results of its own.
    if (file.status === 'failed' && !results.some((result) => result.status === 'failed')) {
      sum.failed += 1
      failures.push(`${relative(root, file.name)}: could not be loaded`)
    }
    for (const result of results) {
      count(result.status)
      if (result.failureMessages.length === 0) continue
      const list = result.status === 'failed' ? failures : secondTries
      list.push(describeFailure(names, file.name, result))
    }
  }
  if (code !== 0 && sum.failed === failedBefore) sum.failed += 1
}

function printList(title, items) {
  if (items.length > 0) console.log(`\n${title}:\n${items.map((item) => `  ${item}`).join('\n')}`)
}

/** The end of the output is all that some machines keep, so it says what failed and why. */
function describeFailure(projects, file, { fullName, failureMessages }) {
  const reason = stripVTControlCharacters(failureMessages.join('\n')).split('\n').slice(0, 12)
  return [`[${projects.join(', ')}] ${relative(root, file)}: ${fullName}`, ...reason].join('\n      ')
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
