#!/usr/bin/env node
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { WebSocket, WebSocketServer } from 'ws'
import { findFirefox } from '../../scripts/firefox.mjs'

/** Commands of Playwright that Firefox doesn't have, and that change nothing our tests look at. */
const unknown = ['emulation.setMediaFeaturesOverride']

/**
 * Starts Firefox with the given arguments as its own program does, and passes WebDriver BiDi on. Playwright takes this
 * file for the browser's program.
 */
function run() {
  const program = findFirefox()
  if (!program) throw new Error('No Firefox was found. Install it or set GOODWORD_FIREFOX.')
  const firefox = spawn(program, process.argv.slice(2), { stdio: ['ignore', 'inherit', 'pipe'] })
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => firefox.kill(signal))
  firefox.once('exit', (code) => process.exit(code ?? 1))
  createInterface(firefox.stderr).on('line', (line) => {
    const address = /WebDriver BiDi listening on (ws:\/\/\S+)/.exec(line)?.[1]
    if (address) pass(address)
    else process.stderr.write(`${line}\n`)
  })
}

function pass(address) {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  server.once('listening', () => {
    process.stderr.write(`WebDriver BiDi listening on ws://127.0.0.1:${server.address().port}\n`)
  })
  server.on('connection', (playwright, { url }) => {
    const firefox = new WebSocket(address + url)
    const waiting = []
    const send = (text) => (firefox.readyState === WebSocket.OPEN ? firefox.send(text) : waiting.push(text))
    firefox.on('open', () => waiting.splice(0).forEach(send))
    playwright.on('message', (data) => {
      const { id, method } = JSON.parse(data)
      if (unknown.includes(method)) playwright.send(JSON.stringify({ type: 'success', id, result: {} }))
      else send(String(data))
    })
    firefox.on('message', (data) => playwright.send(String(data)))
    firefox.on('close', () => playwright.close())
    playwright.on('close', () => firefox.close())
    for (const side of [firefox, playwright]) side.on('error', () => side.terminate())
  })
}

run()
