import { expect, it } from 'vitest'
import { pixelsOf } from '../../../../test/pixels.ts'
import { createImageCache, hasGlyphs, renderPng, textAt, widthOf } from './images.ts'

it.each([
  ['Polish', 'Łukasz Żółć'],
  ['Vietnamese', 'Nguyễn Thị Ngọc Ánh'],
  ['Turkish', 'Gülşah İğci'],
  ['Cyrillic', 'Анна Ковальська'],
  ['Greek', 'Ελένη Παπαδοπούλου'],
  ['Arabic', 'فاطمة الزهراء'],
  ['Hebrew', 'נועה לוי'],
  ['Devanagari', 'प्रिया शर्मा'],
  ['Thai', 'สมชาย ใจดี'],
  ['French figures', '1 250,50 €'],
  ['a name with a joiner', 'می‌خواهم'],
])('renders %s letters: %s', async (_, text) => {
  expect(hasGlyphs(text)).toBe(true)
  const width = widthOf(text, 40)
  expect(width).toBeGreaterThan(100)
  const paper = '<rect width="600" height="60" fill="#fff"/>'
  const colorAt = pixelsOf(await renderPng(600, 60, paper + textAt(text, { x: 0, y: 45, size: 40 })), 600, 60)
  const columns = Array.from({ length: 600 }, (_, x) => x)
  const inked = columns.filter((x) => columns.slice(0, 60).some((y) => colorAt(x, y)[0] < 128))
  expect(inked.length).toBeGreaterThan(width / 3)
  expect(Math.abs((inked.at(-1) ?? 0) - width)).toBeLessThanOrEqual(2)
})

it('detects letters that no font has', () => {
  for (const text of ['王伟', 'さくら', '김민준', 'Anna 🎉', '\u{10fffd}']) expect(hasGlyphs(text), text).toBe(false)
})

it('treats a name as text, whatever characters are in it', async () => {
  const hostile = '</text><script>"&\'\u0000\u001b]'
  expect(widthOf(hostile, 40)).toBeGreaterThan(widthOf('script', 40))
  await expect(renderPng(9, 9, textAt(hostile, { x: 0, y: 9, size: 9 }))).resolves.toBeInstanceOf(Buffer)
})

it('measures text as it renders it', () => {
  expect(widthOf('mm', 40)).toBeGreaterThan(1.9 * widthOf('m', 40))
  expect(widthOf('mm', 80)).toBeCloseTo(2 * widthOf('mm', 40), 0)
  expect(widthOf('mm', 40, -0.04)).toBeLessThan(widthOf('mm', 40))
  expect(widthOf('', 40)).toBe(0)
})

it('renders an image once, caches a limited number, and retries after a failure', async () => {
  const once = createImageCache(2)
  const drawn: string[] = []
  const ask = (key: string) =>
    once(key, async () => {
      drawn.push(key)
      if (key === 'broken' && drawn.length === 1) throw new Error('No memory.')
      return Buffer.from(key)
    })
  await expect(ask('broken')).rejects.toThrow('No memory.')
  expect((await ask('broken')).toString()).toBe('broken')
  await Promise.all(['a', 'a', 'b', 'a'].map(ask))
  expect(drawn).toEqual(['broken', 'broken', 'a', 'b'])
  await ask('c')
  await ask('a')
  await ask('b')
  expect(drawn.slice(4)).toEqual(['c', 'b'])
})
