import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** The fenced blocks of a README, in order, with their language. */
export function blocksOf(readme: URL): { language: string; text: string }[] {
  const fences = readFileSync(readme, 'utf8').matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)
  return [...fences].map(([, language = '', text = '']) => ({ language, text: text.trim() }))
}

/** A README's command and its expected output, with the reader's values in place of the examples. */
export function commandOf(readme: URL, containing: string, values: Record<string, string>) {
  const blocks = blocksOf(readme)
  const at = blocks.findIndex(({ language, text }) => language === 'sh' && text.includes(containing))
  const filled = (text: string) =>
    Object.entries(values).reduce((result, [example, own]) => result.replaceAll(example, own), text)
  const command = filled(blocks[at]?.text ?? '')
  if (command === '') throw new Error(`The README has no command with "${containing}".`)
  return { command, prints: filled(blocks[at + 1]?.text ?? '') }
}

export type Run = { child: ChildProcess; output: () => string; ended: Promise<number | null> }

/** Runs a README's command in a shell, like a reader. */
export function runShell(command: string, cwd: URL, settings: Record<string, string> = {}): Run {
  const child = spawn('sh', ['-c', command], { cwd, env: { ...process.env, ...settings }, detached: true })
  let output = ''
  const keep = (text: Buffer) => {
    output += text
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  return { child, output: () => output, ended }
}

/** The expected text as a pattern in which … matches the rest of an id. */
export function patternOf(expected: string): RegExp {
  const literal = expected.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`^${literal.replaceAll('…', '[0-9a-z]+')}\\s*$`)
}
