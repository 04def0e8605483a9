import { describe, expect, it } from 'vitest'
import { createSending } from './form.ts'
import { createListInput } from './listInput.ts'

const file = (...bytes: number[]) => new File([new Uint8Array(bytes)], 'people.csv')

function open(before = '') {
  const sending = createSending()
  const lines = createListInput(sending, 'text')
  lines.type(before)
  return { lines, said: () => sending.errors.value.text }
}

describe('list input from a file', () => {
  it.each([
    ['the Western code page', [0x5a, 0x6f, 0xeb]],
    ['UTF-8', [0x5a, 0x6f, 0xc3, 0xab]],
    ['UTF-8 with its mark', [0xef, 0xbb, 0xbf, 0x5a, 0x6f, 0xc3, 0xab]],
    ['UTF-16 with its mark', [0xff, 0xfe, 0x5a, 0, 0x6f, 0, 0xeb, 0]],
    ['UTF-16 the other way round', [0xfe, 0xff, 0, 0x5a, 0, 0x6f, 0, 0xeb]],
  ])('decodes %s', async (_, bytes) => {
    const { lines, said } = open()
    expect(await lines.readFile(file(...bytes))).toBe(true)
    expect([lines.text.value, lines.fileName.value, said()]).toEqual(['Zoë', 'people.csv', undefined])
  })

  it('drops the file name once the text is edited', async () => {
    const { lines } = open()
    await lines.readFile(file(0x5a))
    lines.type('Zoe')
    expect(lines.fileName.value).toBeNull()
  })

  it.each([
    ['that is too large', new File([new Uint8Array(1_000_001).fill(0x5a)], 'all.csv'), /^Use a file of 1 MB or less\./],
    // The first bytes of a zip file, as in a workbook.
    ['that is a workbook', file(0x50, 0x4b, 3, 4, 0x14, 0, 6, 0), /is not text\. Save it as CSV/],
    ['that is empty', file(0x0d, 0x0a), /^That file is empty\./],
  ])(
    'keeps the rows if a file is chosen %s, and clears the error once a valid one is chosen',
    async (_, wrong, why) => {
      const { lines, said } = open('Anna')
      expect(await lines.readFile(wrong)).toBe(false)
      expect(said()).toMatch(why)
      expect([lines.text.value, lines.fileName.value]).toEqual(['Anna', null])
      await lines.readFile(file(0x5a))
      expect([lines.text.value, said()]).toEqual(['Z', undefined])
    },
  )

  it('reports a file that can no longer be opened', async () => {
    const { lines, said } = open('Anna')
    const gone = file(0x5a)
    gone.arrayBuffer = () => Promise.reject(new DOMException('It changed after it was chosen.', 'NotReadableError'))
    expect(await lines.readFile(gone)).toBe(false)
    expect(said()).toBe('That file can’t be opened. Save it again and choose it.')
    expect(lines.text.value).toBe('Anna')
  })
})
